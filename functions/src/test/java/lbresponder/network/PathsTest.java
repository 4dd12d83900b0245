package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Facts;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Path.Control;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

class PathsTest {
  private static List<Path> paths(Paths paths, Facts facts) {
    TargetGroup group = facts.targetGroups().orElse(List.of()).getFirst();
    Target target = group.targets().orElse(List.of()).getFirst();
    return paths.to(group, target, 8080);
  }

  @Test
  void everyBlockerIsTold() {
    Facts facts = RecordedFacts.of("several/two-walls-one-behind-the-other");
    assertThat(paths(new Paths(facts), facts))
        .extracting(path -> path.blockers().stream().map(Path.Step::control).toList())
        .contains(List.of(Control.TARGET_ACL_IN, Control.TARGET_GROUPS));
  }

  @Test
  void thereAndBackInTheOrderAPacketMeetsThem() {
    Facts facts = RecordedFacts.of("NoRoute/all-within-the-network");
    assertThat(paths(new Paths(facts), facts).getFirst().steps())
        .extracting(Path.Step::control)
        .containsExactly(Control.values());
  }

  /// A prober that does not wear the load balancer's groups is not admitted where the load balancer
  /// is: what it meets there is its own path's.
  @Test
  void theProbersOwnPathIsJudgedByItsOwnGroups() {
    Facts facts = RecordedFacts.of("NoRoute/all-within-the-network");
    NetworkInterface prober =
        new NetworkInterface(
            "eni-1",
            "prober",
            false,
            null,
            false,
            "subnet-0aa11bb22cc33dd44",
            List.of("10.0.1.99"),
            List.of(),
            List.of("sg-0aaaaaaaaaaaaaaaa"));
    assertThat(paths(new Paths(facts), facts))
        .allSatisfy(path -> assertThat(path.blockers()).isEmpty());
    List<Path> own = paths(Paths.from(facts, prober), facts);
    assertThat(own).hasSize(1);
    assertThat(own.getFirst().from()).isEqualTo(Cidr.parse("10.0.1.99"));
    assertThat(own.getFirst().blockers())
        .extracting(Path.Step::control)
        .containsExactly(Control.TARGET_GROUPS);
  }
}
