package lbresponder.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the runbook makes of the facts.
///
/// @param causes the best first; empty: nothing is wrong now, or nothing could be shown
/// @param sideFindings faults that are there, and cannot be the reason for this alarm
public record Diagnosis(
    Trouble trouble,
    List<Finding> causes,
    List<Finding> sideFindings,
    List<RuledOut> ruledOut,
    List<Unknown> unknown) {

  /// An accusation with what the runbook adds to it.
  ///
  /// @param fix whether the repair was tried on the model
  /// @param aside why it is a side finding; null where it is a cause
  public record Finding(Check check, Verdict.Cause cause, Fix fix, @Nullable String aside) {}

  /// What trying the repair on the model said.
  public enum Fix {
    /// There is no repair to offer.
    NONE,
    /// With the repair the accusation falls.
    CHECKED,
    /// The model cannot tell, e.g. because it does not know load.
    NOT_CHECKED
  }

  public record RuledOut(Check check, String because) {}

  public record Unknown(Check check, String missing) {}
}
