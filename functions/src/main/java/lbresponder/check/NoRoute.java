package lbresponder.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.network.Path.Control;

/// The route table of the load balancer's subnet has no way to the target, or the target's none
/// back; a blackhole is no way either.
final class NoRoute implements Check {

  @Override
  public String title() {
    return "There is no route to the targets, or none back";
  }

  @Override
  public String advice() {
    return "Add or mend the route; where it should lead only the owner of the network knows.";
  }

  @Override
  public Set<Symptom> shows() {
    return Blockades.shows();
  }

  @Override
  public Verdict examine(Facts facts) {
    return Blockades.judge(
        facts,
        EnumSet.of(Control.ROUTE, Control.RETURN_ROUTE),
        Blockades.Port.EITHER,
        "routes",
        (_, _, _) -> List.of());
  }
}
