package lbresponder.diagnosis;

import java.util.List;
import lbresponder.evidence.Case;
import lbresponder.facts.Facts;
import lbresponder.facts.Repair;
import lbresponder.network.MinimalRule;
import lbresponder.network.NodeReplacementRisk;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Kind;

/// The security groups at the targets do not admit the load balancer: its packets are dropped
/// silently.
public abstract class AdmissionCheck extends PathCheck {
  protected AdmissionCheck(String title, String advice, Ports ports) {
    super(title, advice, ports, "security groups of the targets");
  }

  @Override
  protected final boolean concerns(Control control) {
    return control.kind() == Kind.SECURITY_GROUPS && control.end() == End.TARGET;
  }

  @Override
  protected final List<Repair> opening(Facts facts, Path path, Path.Step step) {
    return MinimalRule.intoTarget(facts, path, step);
  }

  @Override
  protected final List<String> risks(Case current, List<Path> paths) {
    return NodeReplacementRisk.of(current.paths(), paths);
  }
}
