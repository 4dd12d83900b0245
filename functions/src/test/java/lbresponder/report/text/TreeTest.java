package lbresponder.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Protocol;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.Wiring;
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
               │  └─ web-api (machine HTTP:8080), 0 of 2 healthy
               │     ├─ i-0b2c3d4e5f6071829:8080 in eu-west-1b: unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [404]; machine running
               │     └─ i-0c3d4e5f607182930:8080 in eu-west-1a: unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [404]; machine running
               └─ otherwise
                  └─ web-blue (address HTTP:8080), service web, 0 of 1 healthy
                     └─ 10.0.1.21:8080 in eu-west-1a: unhealthy Target.FailedHealthChecks Health checks failed
            """);
  }

  @Test
  void countsWhatDoesNotFit() {
    Facts facts = RecordedFacts.of("CrashLoop/the-old-release-still-runs");
    TargetGroup group = facts.targetGroups().getFirst();
    Target failing = group.targets().orElse(List.of()).getLast();
    List<Target> many =
        IntStream.range(0, 1000)
            .mapToObj(i -> new Target("10.0.3." + i, 80, null, null, failing.health()))
            .toList();
    String tree =
        Tree.write(withGroups(facts, Collections.nCopies(30, group.withTargets(Known.of(many)))));
    assertThat(tree.lines()).hasSizeLessThan(50);
    assertThat(tree).contains("0 of 1000 healthy", "and 994 more targets");
  }

  @Test
  void namesWhatIsRegisteredInPlainWords() {
    Facts facts = RecordedFacts.of("CrashLoop/the-old-release-still-runs");
    TargetGroup group = facts.targetGroups().getFirst().withTargets(Known.of(List.of()));
    List<TargetGroup> groups =
        List.of(
            group.withId("1").withName("m").withTargetType(TargetType.MACHINE),
            group.withId("2").withName("a").withTargetType(TargetType.ADDRESS),
            group
                .withId("3")
                .withName("f")
                .withTargetType(TargetType.FUNCTION)
                .withProtocol(Protocol.NONE),
            group.withId("4").withName("l").withTargetType(TargetType.LOAD_BALANCER));
    assertThat(Tree.write(withGroups(facts, groups)))
        .contains(
            "m (machine HTTP:8080), no target",
            "a (address HTTP:8080), no target",
            "f (function), no target",
            "l (load balancer HTTP:8080), no target");
  }

  @Test
  void whereNoLoadBalancerIsTheTreeIsOneLine() {
    Facts facts = RecordedFacts.of("TargetStopped/only-one-of-three");
    Facts gone =
        facts.withWiring(
            new Wiring(
                Known.none("web does not exist"),
                Known.none("web does not exist"),
                Known.none("web does not exist")));
    assertThat(Tree.write(gone)).isEqualTo("web (application): web does not exist\n");
  }

  private static Facts withGroups(Facts facts, List<TargetGroup> groups) {
    return facts.withWiring(facts.wiring().withTargetGroups(Known.of(groups)));
  }
}
