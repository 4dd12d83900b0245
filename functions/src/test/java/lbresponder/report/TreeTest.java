package lbresponder.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

class TreeTest {
  @Test
  void showsWhatIsWiredToWhat() {
    assertThat(
            Tree.write(
                RecordedFacts.of("traps/crash-loop-in-one-group-and-a-wrong-path-in-another")))
        .isEqualTo(
            """
            web (application, internet-facing) in eu-west-1a, eu-west-1b
            └─ HTTPS:443
               ├─ rule 10: path-pattern /api/*
               │  └─ web-api (instance HTTP:8080), 0 of 2 healthy
               │     ├─ i-0b2c3d4e5f6071829:8080 in eu-west-1b: unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [404]; instance running
               │     └─ i-0c3d4e5f607182930:8080 in eu-west-1a: unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [404]; instance running
               └─ otherwise
                  └─ web-blue (ip HTTP:8080), service web, 0 of 1 healthy
                     └─ 10.0.1.21:8080 in eu-west-1a: unhealthy Target.FailedHealthChecks Health checks failed
            """);
  }

  @Test
  void countsWhatDoesNotFit() {
    Facts facts = RecordedFacts.of("CrashLoop/the-old-release-still-runs");
    TargetGroup group = facts.targetGroups().orElse(List.of()).getFirst();
    Target failing = group.targets().orElse(List.of()).getLast();
    List<Target> many =
        IntStream.range(0, 1000)
            .mapToObj(i -> new Target("10.0.3." + i, 80, null, failing.health()))
            .toList();
    String tree =
        Tree.write(
            facts.withTargetGroups(
                Known.of(Collections.nCopies(30, group.withTargets(Known.of(many))))));
    assertThat(tree.lines()).hasSizeLessThan(50);
    assertThat(tree).contains("0 of 1000 healthy", "and 994 more targets");
  }
}
