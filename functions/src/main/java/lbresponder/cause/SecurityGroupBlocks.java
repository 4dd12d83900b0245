package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.PathCheck;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.Repair;
import lbresponder.network.MinimalRule;
import lbresponder.network.NodeReplacementRisk;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Kind;

/// No rule of the target's security groups admits the load balancer on the traffic port: its
/// packets are dropped silently.
final class SecurityGroupBlocks extends PathCheck {
  SecurityGroupBlocks() {
    super(
        "The target's security group does not admit the load balancer",
        "Admit the load balancer's group on the traffic port, and nothing wider.",
        Ports.TRAFFIC,
        "security groups of the targets");
  }

  @Override
  protected boolean concerns(Control control) {
    return control.kind() == Kind.SECURITY_GROUPS && control.end() == End.TARGET;
  }

  @Override
  protected List<Repair> opening(Facts facts, Path path, Path.Step step) {
    return MinimalRule.intoTarget(facts, path, step);
  }

  @Override
  protected List<String> risks(Case current, RegisteredTarget target, int port) {
    return NodeReplacementRisk.of(current.paths(), target.group(), target.target(), port);
  }
}
