package lbresponder.diagnosis;

import java.util.List;
import java.util.Set;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;

/// Holds causes against the zones that the alarms are limited to.
record Scope(Case current) {
  private Set<String> zones() {
    return current.scope().zones();
  }

  /// Why a cause with these targets is out of scope; empty: it may be within, as where a target's
  /// zone is not known.
  String objection(List<RegisteredTarget> targets) {
    boolean mayTouch =
        isEverywhere(targets)
            || targets.stream()
                .map(current::zone)
                .anyMatch(zone -> zone == null || zones().contains(zone));
    return mayTouch
        ? ""
        : "it is outside " + String.join(", ", zones()) + ", which the alarm is about";
  }

  /// A cause of which it is not known that it touches the zones in question is possible at most.
  Verdict.Cause weigh(Verdict.Cause cause) {
    boolean touches =
        isEverywhere(cause.targets())
            || cause.targets().stream()
                .map(current::zone)
                .anyMatch(zone -> zone != null && zones().contains(zone));
    return touches ? cause : cause.atMost(Confidence.POSSIBLE);
  }

  private boolean isEverywhere(List<RegisteredTarget> targets) {
    return zones().isEmpty() || targets.isEmpty();
  }
}
