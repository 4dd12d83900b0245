package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.network.Openings;
import lbresponder.network.Path.Control;

/// No rule of the target's security groups admits the load balancer on the traffic port: its
/// packets are dropped without a word.
final class SecurityGroupBlocks implements Check {

  @Override
  public String title() {
    return "The target's security group does not admit the load balancer";
  }

  @Override
  public String advice() {
    return "Admit the load balancer's group on the traffic port, and nothing wider.";
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
        Blockades.Port.TRAFFIC,
        "security groups of the targets",
        Openings::intoTarget);
  }
}
