package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// The load balancer has as many connections as it can hold and turns new ones away: no target has
/// a part in it.
final class LoadBalancerAtCapacity implements Check {

  @Override
  public String title() {
    return "The load balancer itself is full";
  }

  @Override
  public String advice() {
    return "Spread the connections over more load balancers, or ask AWS for more capacity.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.REJECTED);
  }

  @Override
  public Verdict examine(Facts facts) {
    return Counted.verdict(
        facts,
        Measure.REJECTED_CONNECTIONS,
        Metrics.total(facts, Measure.REJECTED_CONNECTIONS, null),
        EnumSet.of(Kind.APPLICATION),
        "connections rejected at the load balancer's own maximum");
  }
}
