package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// Requests never reach a target: they are malformed, incomplete, or the client gave up.
final class ClientRequestsRejected implements Check {

  @Override
  public String title() {
    return "The load balancer refuses what clients send";
  }

  @Override
  public String advice() {
    return "Look at the load balancer's access log for the code: 400 malformed, 408 silent, 460 the"
        + " client gave up, 463 and 464 by header or protocol.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.CLIENT_ERROR);
  }

  @Override
  public Verdict examine(Facts facts) {
    return Counted.verdict(
        facts,
        Measure.LB_4XX,
        Metrics.total(facts, Measure.LB_4XX, null),
        EnumSet.of(Kind.APPLICATION, Kind.CLASSIC),
        "client errors answered by the load balancer itself");
  }
}
