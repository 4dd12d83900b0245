package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.evidence.Routing.Use;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.State;

/// Requests go to a group in which nobody is: it is empty, or all of it is being taken out.
final class NoTargets extends Check {
  NoTargets() {
    super(
        "The target group has no target",
        "Register targets, or point the listener at a group that has some.",
        Symptom.NO_TARGET,
        Symptom.OVERFLOW);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    for (TargetGroup group : findings.read(current.targetGroups()).orElse(List.of())) {
      if (findings.read(group.targets()).isPresent()
          && RegisteredTarget.of(group).stream().allMatch(NoTargets::mayBeLeaving)) {
        judge(current, group, findings);
      }
    }
    return findings.orRuledOut("every target group that gets requests has targets");
  }

  private static boolean mayBeLeaving(RegisteredTarget target) {
    return target.isIn(State.DRAINING) || target.health() instanceof Known.Unknown<TargetHealth>;
  }

  private static void judge(Case current, TargetGroup group, Findings findings) {
    switch (current.routing().of(group)) {
      case Use.Sent(String by) -> {
        List<RegisteredTarget> targets = RegisteredTarget.of(group);
        targets.forEach(target -> findings.require(target.health()));
        if (targets.stream().allMatch(target -> target.isIn(State.DRAINING))) {
          findings.cause(
              Verdict.Cause.of(Confidence.PROVEN, group.id(), state(group) + "; " + by)
                  .about(targets)
                  .repairedBy(new Repair.RegisterTargets(group.id())));
        }
      }
      case Use.Idle _ -> {}
      case Use.Unread(String why) -> findings.missing(why);
    }
  }

  private static String state(TargetGroup group) {
    int leaving = RegisteredTarget.of(group).size();
    return leaving == 0
        ? "%s has no registered target".formatted(group.name())
        : "all of %s's %s drain: none takes new requests"
            .formatted(group.name(), Phrases.count(leaving, "target"));
  }
}
