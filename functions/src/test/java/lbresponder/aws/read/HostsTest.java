package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `10.0.11.1` and `10.0.11.2` do not take traffic.
class HostsTest {
  private static final List<TargetGroup> GROUPS =
      new Situation()
          .group("tg", group -> group.withTargetType(TargetType.ADDRESS))
          .target("i-1", target -> target.withId("10.0.11.1"))
          .target("i-2", target -> target.withId("10.0.11.2"))
          .target("i-3", target -> target.withId("10.0.12.3"))
          .failing(Reason.TIMED_OUT, "10.0.11.1", "10.0.11.2")
          .facts()
          .targetGroups();

  private static final List<Subnet> SUBNETS =
      new Situation().facts().network().subnets().orElse(List.of());

  @Test
  void carriesAnAddressOfItsOwnOrOutOfItsPrefix() {
    assertThat(
            Hosts.carried(
                GROUPS,
                List.of(
                    carrier("i-8", "targets-a", List.of("10.0.11.1"), List.of()),
                    carrier("i-9", "targets-a", List.of(), List.of("10.0.11.0/28"))),
                SUBNETS))
        .containsOnlyKeys("i-8", "i-9")
        .containsEntry("i-8", List.of("10.0.11.1"))
        .containsEntry("i-9", List.of("10.0.11.2"));
  }

  /// Other networks have the same addresses.
  @Test
  void anotherNetworksInterfaceIsNone() {
    assertThat(
            Hosts.carried(
                GROUPS,
                List.of(
                    carrier("i-8", "elsewhere", List.of("10.0.11.1"), List.of()),
                    carrier(null, "targets-a", List.of("10.0.11.2"), List.of())),
                SUBNETS))
        .isEmpty();
  }

  private static NetworkInterface carrier(
      @Nullable String instance, String subnet, List<String> addresses, List<String> prefixes) {
    return new NetworkInterface(
        "eni-" + instance, "", false, instance, true, subnet, null, addresses, prefixes, List.of());
  }
}
