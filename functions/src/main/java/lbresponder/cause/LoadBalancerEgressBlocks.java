package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.PathCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.BlockedFlows;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.network.MinimalRule;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Kind;

/// The load balancer's own security groups let nothing out to the target. Some load balancers count
/// what these drop: of all targets together, so that beside rules that let everything out it is no
/// more than possible.
final class LoadBalancerEgressBlocks extends PathCheck {
  LoadBalancerEgressBlocks() {
    super(
        "The load balancer's security group lets nothing out to the targets",
        "Let the load balancer's group out to the targets' group on their ports.",
        Ports.EITHER,
        "security groups of the load balancer");
  }

  @Override
  public Verdict examine(Case current) {
    BlockedFlows dropped = BlockedFlows.in(current, Measure.BLOCKED_OUTBOUND);
    Verdict byRules = super.examine(current);
    if (dropped.risen().isPresent()) {
      return switch (byRules) {
        case Verdict.Cause cause -> cause.and(dropped.sentence());
        case Verdict.RuledOut(String because) ->
            counted(current, dropped, Confidence.POSSIBLE, "as they are now, " + because);
        case Verdict.NotApplicable(String because) ->
            counted(current, dropped, Confidence.POSSIBLE, because);
        case Verdict.Unknown(String missing) ->
            counted(current, dropped, Confidence.LIKELY, "which rules: " + missing);
      };
    }
    boolean idle = current.counts().ofLoadBalancer(Measure.REQUESTS).map(n -> n == 0).orElse(true);
    return byRules instanceof Verdict.Cause cause && dropped.areNone() && !idle
        ? cause.and("but " + dropped.sentence()).atMost(Confidence.LIKELY)
        : byRules;
  }

  private static Verdict counted(
      Case current, BlockedFlows dropped, Confidence confidence, String beside) {
    return Verdict.Cause.of(
            confidence,
            current
                .loadBalancer()
                .flatMap(LoadBalancer::securityGroups)
                .map(groups -> String.join(", ", groups))
                .orElse(current.id().name()),
            dropped.sentence(),
            beside)
        .showingAs(Symptom.TIMEOUT, Symptom.UNHEALTHY)
        .accountingFor(dropped.risen().map(Count::excess).orElse(0.0));
  }

  @Override
  protected boolean concerns(Control control) {
    return control.kind() == Kind.SECURITY_GROUPS && control.end() == End.LOAD_BALANCER;
  }

  @Override
  protected List<Repair> opening(Facts facts, RegisteredTarget target, Path path, Path.Step step) {
    return MinimalRule.outOfLoadBalancer(facts, target.group(), path, step);
  }
}
