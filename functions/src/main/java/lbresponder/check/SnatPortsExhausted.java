package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// Too many connections at once from one address of the load balancer to one target: about 55,000
/// fit.
final class SnatPortsExhausted implements Check {

  @Override
  public String title() {
    return "The Network Load Balancer runs out of source ports towards its targets";
  }

  @Override
  public String advice() {
    return "Register more targets, or give the load balancer more addresses in each zone.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.PORTS);
  }

  @Override
  public Verdict examine(Facts facts) {
    return Counted.verdict(
        facts,
        Measure.PORT_ALLOCATION_ERRORS,
        Metrics.total(facts, Measure.PORT_ALLOCATION_ERRORS, null),
        EnumSet.of(Kind.NETWORK),
        "connections without a source port");
  }
}
