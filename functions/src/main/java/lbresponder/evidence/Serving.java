package lbresponder.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;

/// Who still serves when some targets do not.
public final class Serving {
  private final Case current;
  private final Map<String, Long> serving = new HashMap<>();

  Serving(Case current) {
    this.current = current;
  }

  /// Whether every group that lost these targets still has one that may serve: then no request is
  /// left without a target. With cross-zone off, each zone that lost a target must have its own; so
  /// it must where cross-zone could not be read. A target of unknown health may serve.
  public boolean remainsWithout(List<RegisteredTarget> lost) {
    Map<String, List<RegisteredTarget>> byGroup = new LinkedHashMap<>();
    lost.forEach(
        target -> byGroup.computeIfAbsent(target.group().id(), _ -> new ArrayList<>()).add(target));
    return byGroup.values().stream().allMatch(this::remainsInGroup);
  }

  /// Whether some target of a group takes traffic.
  public boolean remainsIn(TargetGroup group) {
    return in(group) > 0;
  }

  /// How many targets of a group take traffic; counted once, as many ask for each of its targets.
  public long in(TargetGroup group) {
    return serving.computeIfAbsent(
        group.id(),
        _ -> RegisteredTarget.of(group).stream().filter(RegisteredTarget::takesTraffic).count());
  }

  private boolean remainsInGroup(List<RegisteredTarget> lost) {
    TargetGroup group = lost.getFirst().group();
    Set<String> gone = lost.stream().map(RegisteredTarget::label).collect(Collectors.toSet());
    Set<String> zones =
        RegisteredTarget.of(group).stream()
            .filter(target -> !gone.contains(target.label()))
            .filter(target -> target.health().map(this::mayServe).orElse(true))
            .map(this::zone)
            .collect(Collectors.toSet());
    return group.crossZone().orElse(false)
        ? !zones.isEmpty()
        : lost.stream().map(this::zone).allMatch(zones::contains);
  }

  private String zone(RegisteredTarget target) {
    return Objects.toString(current.zone(target), "");
  }

  /// Where no target is healthy, a load balancer that fails open sends to the unhealthy ones all
  /// the same.
  private boolean mayServe(TargetHealth health) {
    return switch (health.state()) {
      case HEALTHY -> true;
      case UNHEALTHY, UNHEALTHY_DRAINING, INITIAL, UNAVAILABLE -> current.traits().failsOpen();
      case UNUSED, DRAINING -> false;
    };
  }
}
