package lbresponder.cause;

import java.util.List;
import java.util.Objects;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Overload;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Repair;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.Service;

/// More comes than the targets can take. Metrics only correlate, so this is LIKELY at most until a
/// host is read.
final class TargetOverloaded extends Check {
  TargetOverloaded() {
    super(
        "More load arrives than the targets can take",
        "Add capacity or shed load, then find what raised the demand.",
        Symptom.TIMEOUT,
        Symptom.NO_TARGET,
        Symptom.SILENT,
        Symptom.OVERFLOW,
        Symptom.TLS,
        Symptom.TARGET_ERROR,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    if (current.facts().load() instanceof Known.None<Load>(String why)) {
      return new Verdict.NotApplicable(why);
    }
    Overload overload = current.overload();
    return switch (overload.level()) {
      case WITNESSED -> cause(current, Confidence.LIKELY);
      case POSSIBLE -> cause(current, Confidence.POSSIBLE);
      case ABSENT -> new Verdict.RuledOut(overload.decides());
      case UNKNOWN -> new Verdict.Unknown(overload.decides());
    };
  }

  private static Verdict.Cause cause(Case current, Confidence confidence) {
    return Verdict.Cause.of(confidence, current.id().name(), current.overload().signs())
        .repairedBy(repairs(current));
  }

  /// Half as much again, where one scaling group or one service keeps them all.
  private static List<Repair> repairs(Case current) {
    List<Service> services = current.facts().fleet().services().orElse(List.of());
    if (services.size() == 1 && !current.rollouts().targets(services.getFirst()).isEmpty()) {
      Service only = services.getFirst();
      return List.of(new Repair.SetTasks(only.cluster(), only.name(), more(only.desired())));
    }
    List<Instance> instances = current.facts().fleet().instances().orElse(List.of());
    List<String> groups =
        instances.stream().map(Instance::scalingGroup).filter(Objects::nonNull).distinct().toList();
    boolean keepsAll = instances.stream().allMatch(machine -> machine.scalingGroup() != null);
    return groups.size() == 1 && keepsAll ? List.of(grow(current, groups.getFirst())) : List.of();
  }

  /// Beyond what it wants now, which may be more than is registered yet.
  private static Repair grow(Case current, String name) {
    return current.facts().fleet().scalingGroups().orElse(List.of()).stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .<Repair>map(TargetOverloaded::grow)
        .orElse(
            new Repair.Decide(
                "Raise what %s wants above what it wants now, which could not be read, or shed load."
                    .formatted(name)));
  }

  private static Repair grow(ScalingGroup group) {
    int wanted = more(group.desired());
    return new Repair.SetCapacity(group.name(), wanted, group.maximum() < wanted ? wanted : null);
  }

  private static int more(int now) {
    return now + Math.max(1, now / 2);
  }
}
