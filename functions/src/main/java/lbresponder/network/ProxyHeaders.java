package lbresponder.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// What becomes of the facts when the proxy protocol's header is sent to a group, or no more.
final class ProxyHeaders {
  private ProxyHeaders() {}

  /// What a prober met when it spoke in the other way is what the load balancer meets then.
  static Facts sent(Facts facts, Repair.SendProxyHeader repair) {
    String key =
        facts.incident().loadBalancer().kind() == Kind.CLASSIC
            ? "proxy_protocol_v1.enabled"
            : "proxy_protocol_v2.enabled";
    List<TargetGroup> groups = facts.targetGroups().orElse(List.of());
    Set<String> labels =
        groups.stream()
            .filter(one -> one.id().equals(repair.targetGroup()))
            .flatMap(one -> one.targets().orElse(List.of()).stream())
            .map(Target::label)
            .collect(Collectors.toSet());
    return facts
        .withTargetGroups(
            facts
                .targetGroups()
                .map(
                    all ->
                        all.stream()
                            .map(
                                one ->
                                    one.id().equals(repair.targetGroup())
                                        ? set(one, key, repair.on())
                                        : one)
                            .toList()))
        .withDials(
            facts
                .dials()
                .map(
                    all ->
                        all.stream()
                            .map(one -> labels.contains(one.target()) ? turned(one) : one)
                            .toList()));
  }

  private static TargetGroup set(TargetGroup group, String key, boolean on) {
    return group.withAttributes(
        group
            .attributes()
            .map(
                (Map<String, String> all) -> {
                  Map<String, String> changed = new HashMap<>(all);
                  changed.put(key, String.valueOf(on));
                  return Map.copyOf(changed);
                }));
  }

  private static Dial turned(Dial dial) {
    return switch (dial.purpose()) {
      case TRAFFIC -> dial.with(Dial.Purpose.OTHERWISE);
      case OTHERWISE -> dial.with(Dial.Purpose.TRAFFIC);
      case HEALTH_CHECK, KEEP_ALIVE, FRONT_DOOR -> dial;
    };
  }
}
