package lbresponder.check;

import java.util.EnumSet;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.network.Openings;
import lbresponder.network.Path.Control;

/// A network ACL denies one of the four directions between the load balancer's subnet and the
/// target's. Answers need an entry of their own, for the ports that nodes connect from.
final class NetworkAclBlocks implements Check {

  @Override
  public String title() {
    return "A network ACL denies the way to the targets, or back";
  }

  @Override
  public String advice() {
    return "Allow the traffic port one way and 1024-65535 the other, before the entry that denies"
        + " it.";
  }

  @Override
  public Set<Symptom> shows() {
    return Blockades.shows();
  }

  @Override
  public Verdict examine(Facts facts) {
    return Blockades.judge(
        facts,
        EnumSet.of(
            Control.BALANCER_ACL_OUT,
            Control.TARGET_ACL_IN,
            Control.TARGET_ACL_OUT,
            Control.BALANCER_ACL_IN),
        Blockades.Port.EITHER,
        "network ACLs",
        Openings::throughAcl);
  }
}
