package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.network.Openings;
import lbresponder.network.Path.Control;

/// The target's security groups admit the load balancer on the traffic port and not on the port its
/// health checks ask on.
final class SecurityGroupBlocksHealthCheck implements Check {

  @Override
  public String title() {
    return "The target's security group does not admit the health checks";
  }

  @Override
  public String advice() {
    return "Admit the load balancer's group on the health check's port, or let the check ask on the"
        + " traffic port.";
  }

  @Override
  public Set<Symptom> shows() {
    return Blockades.shows();
  }

  @Override
  public Verdict examine(Facts facts) {
    return Blockades.judge(
        facts,
        EnumSet.of(Control.TARGET_GROUPS),
        Blockades.Port.HEALTH_CHECK,
        "security groups of the targets",
        Openings::intoTarget);
  }
}
