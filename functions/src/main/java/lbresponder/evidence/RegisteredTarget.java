package lbresponder.evidence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import org.jspecify.annotations.Nullable;

/// A target as part of a target group: the same machine and port may be in several.
public record RegisteredTarget(TargetGroup group, Target target) {

  /// Two are the same by group, id and port: comparing all that is in them would take the square of
  /// a group's size.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RegisteredTarget(TargetGroup otherGroup, Target otherTarget)
        && group.id().equals(otherGroup.id())
        && target.id().equals(otherTarget.id())
        && Objects.equals(target.port(), otherTarget.port());
  }

  @Override
  public int hashCode() {
    return Objects.hash(group.id(), target.id(), target.port());
  }

  /// The targets of a group, as far as they could be read.
  public static List<RegisteredTarget> of(TargetGroup group) {
    return group.targets().orElse(List.of()).stream()
        .map(target -> new RegisteredTarget(group, target))
        .toList();
  }

  /// Takes each out of the group that it is in: one repair for each group.
  public static List<Repair.Deregister> deregister(List<RegisteredTarget> targets) {
    return targets.stream()
        .collect(
            Collectors.groupingBy(
                target -> target.group().id(),
                LinkedHashMap::new,
                Collectors.mapping(RegisteredTarget::target, Collectors.toList())))
        .entrySet()
        .stream()
        .map(group -> new Repair.Deregister(group.getKey(), group.getValue()))
        .toList();
  }

  public Known<TargetHealth> health() {
    return target.health();
  }

  /// The id as it is registered.
  public String id() {
    return target.id();
  }

  public String label() {
    return target.label();
  }

  /// As {@link TargetGroup#checkedPort}.
  public @Nullable Integer checkedPort() {
    return group.checkedPort(target);
  }

  /// Whether the load balancer gives this reason; false where its health is not known.
  public boolean hasReason(Reason reason) {
    return health().map(health -> health.reason() == reason).orElse(false);
  }

  /// Whether it is in this state; false where its health is not known.
  public boolean isIn(State state) {
    return health().map(health -> health.state() == state).orElse(false);
  }

  /// Whether the load balancer sends new requests to it; false where its health is not known.
  public boolean takesTraffic() {
    return health().map(TargetHealth::takesTraffic).orElse(false);
  }

  /// Whether it fails though nobody takes it out; false where its health is not known.
  public boolean fails() {
    return health().map(TargetHealth::fails).orElse(false);
  }

  /// What it answered to the health check instead of the expected; empty where it is not known to
  /// have answered.
  public List<Integer> unexpectedStatuses() {
    return health()
        .map(
            health ->
                health.reason() == Reason.UNEXPECTED_STATUS
                    ? health.statusCodes()
                    : List.<Integer>of())
        .orElse(List.of());
  }
}
