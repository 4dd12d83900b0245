package lbresponder.cause;

import lbresponder.diagnosis.ProbeCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.evidence.Probes;
import lbresponder.facts.Connection;

/// The target accepts, then closes or resets before any answer.
final class TargetResetsConnections extends ProbeCheck {
  TargetResetsConnections() {
    super(
        "The target closes or resets connections before it answers",
        "Look at the application's log for crashes, and for limits or lists by which it turns"
            + " clients away.",
        "closes or resets connections before any answer",
        Symptom.RESET,
        Symptom.UNHEALTHY);
  }

  @Override
  protected boolean shows(Connection result) {
    return result instanceof Connection.Reset || result instanceof Connection.Closed;
  }

  @Override
  protected boolean refutes(Connection result) {
    return Probes.answers(result);
  }
}
