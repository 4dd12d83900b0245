package lbresponder.cause;

import lbresponder.diagnosis.ProbeCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.evidence.Probes;
import lbresponder.facts.Connection;
import lbresponder.facts.TargetGroup;

/// The target answers what is no HTTP. Targets that are spoken to in HTTP/2 may only not speak it:
/// that is {@link ProtocolVersionMismatch}.
final class MalformedResponse extends ProbeCheck {
  MalformedResponse() {
    super(
        "The target answers what the load balancer cannot use",
        "Ask the target directly and look at the first bytes of its answer: it may be another"
            + " protocol on that port.",
        "answers what is no HTTP",
        Symptom.BAD_ANSWER,
        Symptom.UNHEALTHY);
  }

  @Override
  protected boolean concerns(TargetGroup group) {
    return !group.speaksHttp2();
  }

  @Override
  protected boolean shows(Connection result) {
    return result instanceof Connection.Malformed;
  }

  @Override
  protected boolean refutes(Connection result) {
    return Probes.answers(result);
  }
}
