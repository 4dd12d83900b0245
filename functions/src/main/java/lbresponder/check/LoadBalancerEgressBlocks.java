package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.network.Openings;
import lbresponder.network.Path.Control;

/// The load balancer's own security groups let nothing out to the target.
final class LoadBalancerEgressBlocks implements Check {

  @Override
  public String title() {
    return "The load balancer's security group lets nothing out to the targets";
  }

  @Override
  public String advice() {
    return "Let the load balancer's group out to the targets' group on their ports.";
  }

  @Override
  public Set<Symptom> shows() {
    return Blockades.shows();
  }

  @Override
  public Verdict examine(Facts facts) {
    return Blockades.judge(
        facts,
        EnumSet.of(Control.BALANCER_GROUPS),
        Blockades.Port.EITHER,
        "security groups of the load balancer",
        Openings::outOfBalancer);
  }
}
