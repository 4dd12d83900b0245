package lbresponder.diagnosis;

import java.util.List;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.ProbeResult;

/// How sure a check is, the surest first.
public enum Confidence {
  /// A fact was read that by itself breaks the connection, and it can produce the symptom.
  PROVEN,
  /// Independent witnesses agree.
  LIKELY,
  /// It fits, and nothing that was read refutes it.
  POSSIBLE;

  /// The less sure of the two.
  public Confidence atMost(Confidence other) {
    return compareTo(other) > 0 ? this : other;
  }

  /// How sure a probe of which every try ended the same makes.
  public static Confidence of(RegisteredTarget target, ProbeResult probe) {
    return of(target, probe, List.of());
  }

  /// As {@link #of(RegisteredTarget, ProbeResult)}.
  ///
  /// @param others results of other targets that were the same
  public static Confidence of(
      RegisteredTarget target, ProbeResult probe, List<ProbeResult> others) {
    if (!Probes.isOften(probe, others) || !Probes.isInUse(target)) {
      return POSSIBLE;
    }
    return Probes.isShownWell(target, probe) ? LIKELY.atMost(ofPlace(probe)) : ofPlace(probe);
  }

  /// How sure the place it was made from can make a probe at most.
  public static Confidence ofPlace(ProbeResult probe) {
    return switch (probe.from()) {
      case LOAD_BALANCER -> PROVEN;
      case NETWORK -> LIKELY;
      case HERE -> POSSIBLE;
    };
  }
}
