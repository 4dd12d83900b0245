package lbresponder.network;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// What becomes of the facts when the proxy protocol's header is sent to a group, or no more.
final class ProxyHeaders {
  private ProxyHeaders() {}

  /// The load balancer then speaks as the probes of the other protocol did: their results and those
  /// of the traffic change places.
  static Facts sent(Facts facts, Repair.SendProxyHeader repair) {
    Set<String> labels =
        facts.targetGroups().stream()
            .filter(group -> group.id().equals(repair.targetGroup()))
            .flatMap(group -> group.targets().orElse(List.of()).stream())
            .map(Target::label)
            .collect(Collectors.toSet());
    return facts
        .mapTargetGroups(
            group -> group.id().equals(repair.targetGroup()) ? sent(group, repair.on()) : group)
        .withProbes(
            Repairs.each(
                facts.evidence().probes(),
                probe -> labels.contains(probe.target()) ? swapped(probe) : probe));
  }

  private static TargetGroup sent(TargetGroup group, boolean on) {
    return group.withProxyProtocol(group.proxyProtocol().map(header -> header.withSent(on)));
  }

  private static ProbeResult swapped(ProbeResult probe) {
    return switch (probe.purpose()) {
      case TRAFFIC -> probe.withPurpose(Purpose.ALTERNATE_PROTOCOL);
      case ALTERNATE_PROTOCOL -> probe.withPurpose(Purpose.TRAFFIC);
      case HEALTH_CHECK, KEEP_ALIVE, LISTENER -> probe;
    };
  }
}
