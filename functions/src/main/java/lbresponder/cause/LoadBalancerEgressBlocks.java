package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.PathCheck;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.Repair;
import lbresponder.network.MinimalRule;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Kind;

/// The load balancer's own security groups let nothing out to the target.
final class LoadBalancerEgressBlocks extends PathCheck {
  LoadBalancerEgressBlocks() {
    super(
        "The load balancer's security group lets nothing out to the targets",
        "Let the load balancer's group out to the targets' group on their ports.",
        Ports.EITHER,
        "security groups of the load balancer");
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
