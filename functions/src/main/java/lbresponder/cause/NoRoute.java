package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.PathCheck;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.Repair;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.Kind;

/// The route table of the load balancer's subnet has no way to the target, or the target's none
/// back; a blackhole is no way either.
final class NoRoute extends PathCheck {
  NoRoute() {
    super(
        "There is no route to the targets, or none back",
        "Add or correct the route; where it should lead only the owner of the network knows.",
        Ports.EITHER,
        "routes");
  }

  @Override
  protected boolean concerns(Control control) {
    return control.kind() == Kind.ROUTE;
  }

  /// Answers come back by one way; of the others only the tables tell.
  @Override
  protected void besidePaths(Case current, Findings findings) {
    findings.require(current.facts().network().routeTables());
  }

  @Override
  protected List<Repair> opening(Facts facts, RegisteredTarget target, Path path, Path.Step step) {
    return List.of();
  }
}
