package lbresponder.cause;

import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.facts.LoadBalancer;

/// The provider says that the load balancer itself is not in order: it is being set up, could not
/// be, or cannot grow with its load. Which requests that costs it does not say: it is reported
/// beside the cause.
final class LoadBalancerImpaired extends Check {
  /// Where all is well.
  private static final String ACTIVE = "active";

  LoadBalancerImpaired() {
    super(
        "The provider says that the load balancer itself is not in order",
        "Look at its subnets' free addresses and at the provider's own status.");
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    String state = findings.read(current.loadBalancer().map(LoadBalancer::state)).orElse("");
    if (!state.isEmpty() && !state.equals(ACTIVE)) {
      findings.cause(
          Verdict.Cause.of(
              Confidence.PROVEN,
              current.id().name(),
              "the load balancer's state is %s".formatted(state)));
    }
    return findings.orRuledOut(
        state.isEmpty() ? "it has no state of its own" : "the load balancer's state is " + state);
  }
}
