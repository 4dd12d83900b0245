package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.PathCheck;
import lbresponder.diagnosis.PreservedClients;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.Repair;
import lbresponder.network.MinimalRule;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.Kind;

/// A network ACL denies one of the four directions between the load balancer's subnet and the
/// target's. Answers need an entry of their own, for the ports that nodes connect from. Where
/// targets see the clients' own addresses, the ACL must let these pass as well.
final class NetworkAclBlocks extends PathCheck {
  NetworkAclBlocks() {
    super(
        "A network ACL denies the way to the targets, or back",
        "Allow the traffic port one way and the load balancer's source ports the other, before the"
            + " entry that denies it.",
        Ports.EITHER,
        "network ACLs");
  }

  @Override
  protected boolean concerns(Control control) {
    return control.kind() == Kind.NETWORK_ACL;
  }

  @Override
  protected void besidePaths(Case current, Findings findings) {
    PreservedClients.stoppedByAcls(PreservedClients.targets(current, findings), current, findings);
  }

  @Override
  protected List<Repair> opening(Facts facts, RegisteredTarget target, Path path, Path.Step step) {
    return MinimalRule.throughAcl(facts, path, step);
  }
}
