package lbresponder.check;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;

/// What the alarms are about. An alarm on one target group says nothing of the others: a fault
/// there is worth telling, and is not its cause.
///
/// @param facts only the target groups in question
/// @param beyond only the others; the same as `facts` where there are none
/// @param zones the zones the alarms are limited to; empty: not limited
record Scope(Facts facts, Facts beyond, Set<String> zones) {

  static Scope of(Facts facts) {
    Set<String> groups = Metrics.namedGroups(facts);
    if (groups.isEmpty()) {
      return new Scope(facts, facts, zones(facts));
    }
    return new Scope(with(facts, groups, true), with(facts, groups, false), zones(facts));
  }

  /// Whether a cause with these targets may touch the zones in question; where it is not known, it
  /// may.
  boolean touches(List<Member> targets) {
    return isEverywhere(targets)
        || targets.stream()
            .map(member -> facts.zoneOf(member.target()))
            .anyMatch(zone -> zone == null || zones.contains(zone));
  }

  /// A cause of which it is not known that it touches the zones in question is possible at most.
  Verdict.Cause weigh(Verdict.Cause cause) {
    return isEverywhere(cause.targets())
            || cause.targets().stream()
                .map(member -> facts.zoneOf(member.target()))
                .anyMatch(zone -> zone != null && zones.contains(zone))
        ? cause
        : cause.with(Confidence.POSSIBLE);
  }

  private boolean isEverywhere(List<Member> targets) {
    return zones.isEmpty() || targets.isEmpty();
  }

  private static Facts with(Facts facts, Set<String> groups, boolean named) {
    return facts.withTargetGroups(
        facts
            .targetGroups()
            .map(
                all ->
                    all.stream().filter(group -> groups.contains(group.id()) == named).toList()));
  }

  private static Set<String> zones(Facts facts) {
    List<Alarm> alarms = facts.incident().alarms();
    if (alarms.stream().anyMatch(alarm -> alarm.watched().zone() == null)) {
      return Set.of();
    }
    return alarms.stream()
        .map(alarm -> Objects.requireNonNull(alarm.watched().zone()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
