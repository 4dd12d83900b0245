package lbresponder.diagnosis;

import java.util.List;
import lbresponder.evidence.Case;
import lbresponder.evidence.Elimination;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;

/// A cause on the host itself, which is told by what comes back from a port of it, once nothing on
/// the way there is left to blame.
public abstract class HostCheck extends Check {
  private final String otherwise;

  /// @param otherwise what every target does where this is not the cause, as the predicate of a
  ///   sentence about one
  protected HostCheck(String title, String advice, String otherwise, Symptom... symptoms) {
    super(title, advice, symptoms);
    this.otherwise = otherwise;
  }

  /// Whether a try shows that this is not the cause.
  protected abstract boolean refutes(Connection result);

  /// Adds what the tries of one port say of which none refutes it.
  protected abstract void judge(
      RegisteredTarget target, ProbeResult probe, Elimination elimination, Findings findings);

  @Override
  public final Verdict examine(Case current) {
    Findings findings = new Findings();
    if (findings.read(current.probes().read()).isEmpty()) {
      return findings.verdict();
    }
    findings.missing(current.targets().missing());
    for (RegisteredTarget target : current.targets().all()) {
      List<ProbeResult> own = current.probes().ofPorts(target);
      if (current.probes().of(target, Purpose.TRAFFIC).isEmpty() && Probes.matters(target)) {
        findings.missing(target.label() + " was not probed");
      }
      own.stream()
          .filter(probe -> !Probes.any(probe, this::refutes) && Probes.speaks(target, probe))
          .forEach(probe -> judge(target, probe, current.elimination(), findings));
    }
    return findings.orRuledOut("every target that was probed " + otherwise);
  }

  /// The host is silent, as far as its machine is up and the way there is shown to be open.
  protected static Verdict.Cause silent(
      RegisteredTarget target, ProbeResult probe, Elimination elimination) {
    return Verdict.Cause.of(Confidence.PROVEN, target.id(), elimination.signs(target, probe))
        .about(target);
  }
}
