package lbresponder.diagnosis;

import java.util.HashSet;
import java.util.List;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Diagnosis.Fix;
import lbresponder.evidence.Case;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.network.Repairs;
import org.jspecify.annotations.Nullable;

/// Tries the repairs of a cause on the model: what leaves the cause standing is not offered.
final class RepairTrial {
  private RepairTrial() {}

  /// @param aside why it is a side finding; null where it is a cause
  static Finding finding(Check check, Verdict.Cause cause, Case current, @Nullable String aside) {
    if (cause.repairs().isEmpty()) {
      return new Finding(check, cause, Fix.NONE, aside);
    }
    Known<Facts> repaired = Known.of(current.facts());
    for (Repair repair : cause.repairs()) {
      repaired = repaired.flatMap(before -> Repairs.apply(before, repair));
    }
    return repaired
        .map(
            after ->
                stands(check, cause, current.on(after))
                    ? new Finding(check, cause.repairedBy(List.of()), Fix.NONE, aside)
                    : new Finding(check, cause, Fix.CHECKED, aside))
        .orElse(new Finding(check, cause, Fix.NOT_CHECKED, aside));
  }

  /// Whether the cause holds as before: as sure, and of no fewer targets.
  private static boolean stands(Check check, Verdict.Cause before, Case repaired) {
    return Weighing.examine(check, repaired) instanceof Verdict.Cause after
        && after.confidence().compareTo(before.confidence()) <= 0
        && (before.targets().isEmpty()
            ? after.component().equals(before.component())
            : new HashSet<>(after.targets()).containsAll(before.targets()));
  }
}
