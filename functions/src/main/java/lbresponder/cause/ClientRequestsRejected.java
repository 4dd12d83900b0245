package lbresponder.cause;

import lbresponder.diagnosis.CountCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.facts.Measure;

/// Requests never reach a target: they are malformed, incomplete, or the client gave up.
final class ClientRequestsRejected extends CountCheck {
  ClientRequestsRejected() {
    super(
        "The load balancer refuses what clients send",
        "Look at the load balancer's access log for the code: 400 malformed, 408 silent, 460 the"
            + " client gave up, 463 and 464 by header or protocol.",
        Measure.LB_4XX,
        "client errors answered by the load balancer itself",
        Symptom.CLIENT_ERROR);
  }
}
