package lbresponder.cause;

import lbresponder.diagnosis.CountCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.facts.Measure;

/// The load balancer has as many connections as it can hold and turns new ones away: no target has
/// a part in it.
final class LoadBalancerAtCapacity extends CountCheck {
  LoadBalancerAtCapacity() {
    super(
        "The load balancer itself is full",
        "Spread the connections over more load balancers, or ask its provider for more capacity.",
        Measure.REJECTED_CONNECTIONS,
        "connections rejected at the load balancer's own maximum",
        Symptom.REJECTED);
  }
}
