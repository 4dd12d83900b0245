package lbresponder.diagnosis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Repair;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.Service;
import lbresponder.facts.TargetGroup;

/// What no repair may do, whatever it repairs.
final class RepairLimits {
  private static final int HIGHEST_ENTRY = 32_766;
  private static final int HIGHEST_PORT = 65_535;
  private static final int HIGHEST_WEIGHT = 999;

  private RepairLimits() {}

  /// Whether every number is one that can be, and no capacity becomes less than is wished for now.
  static boolean hold(List<Repair> repairs, Facts facts) {
    return repairs.stream().allMatch(repair -> holds(repair, facts));
  }

  private static boolean holds(Repair repair, Facts facts) {
    return switch (repair) {
      case Repair.AllowEntry(_, int number, _, _, int from, int to) ->
          1 <= number && number <= HIGHEST_ENTRY && 0 <= from && from <= to && to <= HIGHEST_PORT;
      case Repair.Forward(_, _, List<WeightedTargetGroup> weights) ->
          weights.stream()
                  .allMatch(group -> 0 <= group.weight() && group.weight() <= HIGHEST_WEIGHT)
              && weights.stream().anyMatch(group -> group.weight() > 0);
      case Repair.SetCapacity capacity ->
          facts.fleet().scalingGroups().orElse(List.of()).stream()
              .filter(group -> group.name().equals(capacity.scalingGroup()))
              .anyMatch(group -> isMore(capacity, group));
      case Repair.SetTasks(String cluster, String name, int tasks) ->
          facts.fleet().services().orElse(List.of()).stream()
              .filter((Service one) -> one.cluster().equals(cluster) && one.name().equals(name))
              .anyMatch(service -> tasks > service.desired());
      default -> true;
    };
  }

  private static boolean isMore(Repair.SetCapacity capacity, ScalingGroup group) {
    int limit = capacity.maximum() == null ? group.maximum() : capacity.maximum();
    return capacity.instances() > group.desired()
        && capacity.instances() <= limit
        && limit >= group.maximum();
  }

  /// Whether two of them want different things of one object.
  static boolean contradict(List<Repair> repairs) {
    Map<String, String> wanted = new HashMap<>();
    return repairs.stream()
        .flatMap(repair -> wishes(repair).entrySet().stream())
        .anyMatch(
            wish -> {
              String before = wanted.putIfAbsent(wish.getKey(), wish.getValue());
              return before != null && !before.equals(wish.getValue());
            });
  }

  /// What a repair wants, by the object that it touches.
  private static Map<String, String> wishes(Repair repair) {
    String wish = repair.toString();
    return switch (repair) {
      case Repair.Forward(String listener, String rule, _) ->
          Map.of("action %s %s".formatted(listener, rule), wish);
      case Repair.EnableZone zone -> Map.of("zone " + zone.zone(), zone.subnet());
      case Repair.ChangeHealthCheck change -> Map.of("check " + change.targetGroup(), wish);
      case Repair.SendProxyHeader header -> Map.of("header " + header.targetGroup(), wish);
      case Repair.SetCapacity capacity -> Map.of("capacity " + capacity.scalingGroup(), wish);
      case Repair.SetTasks tasks -> Map.of("tasks " + tasks.service(), wish);
      case Repair.AllowEntry entry ->
          Map.of("entry %s %s %d".formatted(entry.acl(), entry.egress(), entry.number()), wish);
      case Repair.StartInstances(List<String> ids) -> ofEach(ids.stream(), "start");
      case Repair.RestartInstances(List<String> ids, boolean elsewhere) ->
          ofEach(ids.stream(), "restart " + elsewhere);
      case Repair.Deregister leaving ->
          ofEach(leaving.targets().stream().map(target -> target.id()), "leave");
      default -> Map.of();
    };
  }

  private static Map<String, String> ofEach(Stream<String> instances, String wish) {
    return instances.distinct().collect(Collectors.toMap(id -> "instance " + id, _ -> wish));
  }

  /// Whether a target that takes traffic no longer would, or a group is left without any target.
  static boolean harmsTargets(Facts before, Facts after) {
    Set<RegisteredTarget> serving = new HashSet<>(serving(after));
    Set<String> filled =
        after.targetGroups().stream()
            .filter(group -> !RegisteredTarget.of(group).isEmpty())
            .map(TargetGroup::id)
            .collect(Collectors.toSet());
    return !serving.containsAll(serving(before))
        || before.targetGroups().stream()
            .anyMatch(
                group -> !RegisteredTarget.of(group).isEmpty() && !filled.contains(group.id()));
  }

  private static List<RegisteredTarget> serving(Facts facts) {
    return facts.targetGroups().stream()
        .flatMap(group -> RegisteredTarget.of(group).stream())
        .filter(RegisteredTarget::takesTraffic)
        .toList();
  }
}
