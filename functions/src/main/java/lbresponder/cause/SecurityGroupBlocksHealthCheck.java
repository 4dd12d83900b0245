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

/// The target's security groups admit the load balancer on the traffic port and not on the port its
/// health checks ask on.
final class SecurityGroupBlocksHealthCheck extends PathCheck {
  SecurityGroupBlocksHealthCheck() {
    super(
        "The target's security group does not admit the health checks",
        "Admit the load balancer's group on the health check's port, or let the check ask on the"
            + " traffic port.",
        Ports.HEALTH_CHECK,
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
