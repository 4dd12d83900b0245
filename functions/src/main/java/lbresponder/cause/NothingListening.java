package lbresponder.cause;

import lbresponder.diagnosis.ProbeCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.evidence.Probes;
import lbresponder.facts.Connection;

/// The port refuses connections. A dead process, one bound to loopback and a rejecting firewall on
/// the host look the same from outside.
final class NothingListening extends ProbeCheck {
  NothingListening() {
    super(
        "The target refuses connections on its port",
        "See on the host whether anything listens on the port: a dead process, one bound to"
            + " 127.0.0.1, and a firewall that rejects look the same from outside.",
        "refuses connections",
        Symptom.REFUSED,
        Symptom.UNHEALTHY);
  }

  @Override
  protected boolean shows(Connection result) {
    return result instanceof Connection.Refused;
  }

  @Override
  protected boolean refutes(Connection result) {
    return Probes.accepts(result);
  }
}
