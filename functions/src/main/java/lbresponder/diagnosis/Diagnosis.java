package lbresponder.diagnosis;

import java.util.List;
import lbresponder.evidence.Case;
import org.jspecify.annotations.Nullable;

/// What the checks make of the facts.
///
/// @param current what they looked at
/// @param causes the best first; empty: nothing is wrong now, or nothing could be shown
/// @param sideFindings faults that are there, or probably are, and are not the reason for this
///   alarm
/// @param notApplicable causes that this load balancer cannot have
public record Diagnosis(
    Case current,
    Impact impact,
    List<Finding> causes,
    List<Finding> sideFindings,
    List<RuledOut> ruledOut,
    List<RuledOut> notApplicable,
    List<Unknown> unknown) {
  public Diagnosis {
    causes = List.copyOf(causes);
    sideFindings = List.copyOf(sideFindings);
    ruledOut = List.copyOf(ruledOut);
    notApplicable = List.copyOf(notApplicable);
    unknown = List.copyOf(unknown);
  }

  /// A cause with what weighing adds to it.
  ///
  /// @param fix whether the repair was tried on the model
  /// @param aside why it is a side finding; null where it is a cause
  /// @param link how much of the alarm it explains
  public record Finding(
      Check check, Verdict.Cause cause, Fix fix, @Nullable String aside, Link link) {
    Finding(Check check, Verdict.Cause cause, Fix fix, @Nullable String aside) {
      this(check, cause, fix, aside, Link.UNTOLD);
    }

    Finding with(Link told) {
      return new Finding(check, cause, fix, aside, told);
    }
  }

  /// What trying the repair on the model showed.
  public enum Fix {
    /// There is no repair to offer.
    NONE,
    /// With the repair the cause is gone.
    CHECKED,
    /// The model cannot tell, e.g. because it does not know load.
    NOT_CHECKED
  }

  public record RuledOut(Check check, String because) {}

  public record Unknown(Check check, String missing) {}
}
