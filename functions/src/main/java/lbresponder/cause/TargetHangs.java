package lbresponder.cause;

import lbresponder.diagnosis.ProbeCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.evidence.Probes;
import lbresponder.facts.Connection;

/// The target accepts and never answers.
final class TargetHangs extends ProbeCheck {
  TargetHangs() {
    super(
        "The target accepts connections and does not answer",
        "Look at what its threads or workers wait for.",
        "accepts and does not answer",
        Symptom.SILENT,
        Symptom.TIMEOUT,
        Symptom.TLS,
        Symptom.UNHEALTHY);
  }

  @Override
  protected boolean shows(Connection result) {
    return result instanceof Connection.Silent;
  }

  @Override
  protected boolean refutes(Connection result) {
    return Probes.answers(result);
  }
}
