package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.HopPart;
import lbresponder.report.Report.RuledOutPart;
import lbresponder.report.Report.TargetPart;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

/// That nothing of a kind blocks is said only where all of that kind was read and lets everything
/// pass on the ways that the same report lists.
class NothingBlocksTest {
  /// The kind of hop, and the end of the way where it stands or both, that a check speaks of.
  private static final Map<String, String> SPEAKS_OF =
      Map.of(
          "SecurityGroupBlocks", "SECURITY_GROUPS TARGET",
          "LoadBalancerEgressBlocks", "SECURITY_GROUPS LOAD_BALANCER",
          "NetworkAclBlocks", "NETWORK_ACL",
          "NoRoute", "ROUTE");

  /// As recorded, and with a part of the network unread.
  private static Stream<Facts> variants(Path file) {
    Facts facts = RecordedFacts.of(RecordedFacts.name(file));
    Network network = facts.network();
    return Stream.of(
        facts,
        facts.withNetwork(network.withSecurityGroups(Known.unknown("denied"))),
        facts.withNetwork(network.withNetworkAcls(Known.unknown("denied"))),
        facts.withNetwork(network.withRouteTables(Known.unknown("denied"))),
        facts.withNetwork(network.withSubnets(Known.unknown("denied"))),
        facts.withNetwork(Network.unknown("denied")));
  }

  @Test
  void isSaidOnlyOfWhatWasReadAndLetsAllPass() {
    int said = 0;
    for (Path file : RecordedFacts.files()) {
      for (Facts facts : variants(file).toList()) {
        Report report = RecordedFacts.report(facts);
        for (RuledOutPart part : report.ruledOut()) {
          if (part.because().matches(".*\\bno .* block .*")) {
            said++;
            assertThat(hops(report, part.id()))
                .as("%s: %s", RecordedFacts.name(file), part)
                .allMatch(hop -> hop.state().equals("open"));
            assertThat(report.causes().stream().map(CausePart::id))
                .as("%s: %s", RecordedFacts.name(file), part)
                .doesNotContainAnyElementsOf(
                    part.because().contains("what the load balancer sends")
                        ? List.of(part.id(), part.id() + "HealthCheck")
                        : List.of(part.id()));
          }
        }
      }
    }
    assertThat(said).isGreaterThan(100);
  }

  /// On the ways to targets that the load balancer sends to.
  private static List<HopPart> hops(Report report, String id) {
    String spoken = SPEAKS_OF.getOrDefault(id, "nothing");
    Set<String> unused =
        report.targets().stream()
            .filter(target -> target.health().state().equals("unused"))
            .map(TargetPart::id)
            .collect(Collectors.toSet());
    return report.ways().stream()
        .filter(way -> !unused.containsAll(way.targets()))
        .flatMap(way -> way.hops().stream())
        .filter(hop -> "%s %s".formatted(hop.kind(), hop.end()).startsWith(spoken))
        .toList();
  }
}
