package lbresponder.cause;

import lbresponder.diagnosis.CountCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.facts.Measure;

/// Too many connections at once from one address of the load balancer to one target: about 55,000
/// fit.
final class SnatPortsExhausted extends CountCheck {
  SnatPortsExhausted() {
    super(
        "The load balancer runs out of source ports towards its targets",
        "Register more targets, or give the load balancer more addresses in each zone.",
        Measure.PORT_ALLOCATION_ERRORS,
        "connections without a source port",
        Symptom.PORTS);
  }
}
