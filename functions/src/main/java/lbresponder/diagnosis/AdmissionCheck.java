package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
  protected final List<Repair> opening(
      Facts facts, RegisteredTarget target, Path path, Path.Step step) {
    return MinimalRule.intoTarget(facts, target.group(), path, step);
  }

  /// Where a target lacks the group by which its healthy siblings are admitted, it is given that.
  @Override
  final List<Repair> repairs(Case current, List<PathBlock> blocks) {
    SiblingGroups siblings = new SiblingGroups(current);
    Set<Repair> repairs = new LinkedHashSet<>();
    List<PathBlock> left = new ArrayList<>();
    for (PathBlock block : blocks) {
      siblings.lackedBy(block).ifPresentOrElse(repairs::add, () -> left.add(block));
    }
    repairs.addAll(super.repairs(current, left));
    return List.copyOf(repairs);
  }

  @Override
  protected final List<String> risks(Case current, List<Path> paths) {
    return NodeReplacementRisk.of(current.paths(), paths);
  }
}
