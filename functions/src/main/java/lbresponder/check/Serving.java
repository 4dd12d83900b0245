package lbresponder.check;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;

/// Who still serves when some targets do not.
final class Serving {
  private Serving() {}

  /// Whether every group that lost these targets still has one that may serve: then no request is
  /// left without a target. With cross-zone off, each zone that lost a target must have its own. A
  /// target of unknown health may serve.
  static boolean remains(Facts facts, List<Member> lost) {
    return lost.stream().allMatch(one -> remains(facts, one, lost));
  }

  private static boolean remains(Facts facts, Member one, List<Member> lost) {
    boolean anyZone = crossZone(facts, one.group());
    Set<String> gone =
        lost.stream()
            .filter(other -> other.group().id().equals(one.group().id()))
            .map(Member::label)
            .collect(Collectors.toSet());
    String zone = facts.zoneOf(one.target());
    return one.group().targets().orElse(List.of()).stream()
        .filter(target -> !gone.contains(target.label()))
        .filter(target -> target.health().map(health -> mayServe(health, facts)).orElse(true))
        .anyMatch(target -> anyZone || Objects.equals(zone, facts.zoneOf(target)));
  }

  /// Where no target is healthy, Application and Network Load Balancers send to the unhealthy ones
  /// all the same; Classic does not.
  private static boolean mayServe(TargetHealth health, Facts facts) {
    return switch (health.state()) {
      case HEALTHY -> true;
      case UNHEALTHY, UNHEALTHY_DRAINING, INITIAL, UNAVAILABLE ->
          facts.incident().loadBalancer().kind() != Kind.CLASSIC;
      case UNUSED, DRAINING -> false;
    };
  }

  /// Whether nodes send to targets in other zones. Application: on unless the group turns it off;
  /// Network and Classic: off unless turned on.
  static boolean crossZone(Facts facts, TargetGroup group) {
    String key = "load_balancing.cross_zone.enabled";
    String ofGroup = group.attributes().map(all -> all.getOrDefault(key, "")).orElse("");
    if (ofGroup.equals("true") || ofGroup.equals("false")) {
      return ofGroup.equals("true");
    }
    if (facts.incident().loadBalancer().kind() == Kind.APPLICATION) {
      return true;
    }
    return facts
        .loadBalancer()
        .flatMap(LoadBalancer::attributes)
        .map(all -> all.getOrDefault(key, "false").equals("true"))
        .orElse(false);
  }
}
