package lbresponder.diagnosis;

import java.util.List;
import java.util.Set;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Measure;

/// Holds causes against the zones that the alarms are limited to.
record Scope(Case current) {
  private Set<String> zones() {
    return current.scope().zones();
  }

  /// Why a cause with these targets is out of scope; empty: it may be within, as where a target's
  /// zone is not known.
  String objection(List<RegisteredTarget> targets) {
    return isEverywhere(targets) || targets.stream().anyMatch(this::mayBeWithin)
        ? ""
        : "it is outside " + String.join(", ", zones()) + ", which the alarm is about";
  }

  /// A cause of which it is not known that it touches the zones in question is possible at most.
  Verdict.Cause weigh(Verdict.Cause cause) {
    return isEverywhere(cause.targets()) || cause.targets().stream().anyMatch(this::isWithin)
        ? cause
        : cause.atMost(Confidence.POSSIBLE);
  }

  private boolean isEverywhere(List<RegisteredTarget> targets) {
    return zones().isEmpty() || targets.isEmpty();
  }

  private boolean mayBeWithin(RegisteredTarget target) {
    return current.zone(target) == null || isWithin(target) || !keepsToZones(target);
  }

  private boolean isWithin(RegisteredTarget target) {
    String zone = current.zone(target);
    return (zone != null && zones().contains(zone)) || sendsEverywhere(target);
  }

  /// Errors are counted where the node is that met them: one that sends to all zones meets those of
  /// all targets. How many targets are well is counted where they are.
  private boolean sendsEverywhere(RegisteredTarget target) {
    return isOfErrors() && target.group().crossZone().orElse(false);
  }

  private boolean keepsToZones(RegisteredTarget target) {
    return !isOfErrors() || target.group().crossZone().map(everywhere -> !everywhere).orElse(false);
  }

  private boolean isOfErrors() {
    return current.alarmed().stream().anyMatch(Measure::countsErrors);
  }
}
