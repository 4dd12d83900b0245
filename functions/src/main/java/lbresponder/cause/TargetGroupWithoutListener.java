package lbresponder.cause;

import java.util.ArrayList;
import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.evidence.Routing.ForwardRef;
import lbresponder.evidence.Routing.Use;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;

/// No listener sends to the group: its targets are well and get nothing.
final class TargetGroupWithoutListener extends Check {
  TargetGroupWithoutListener() {
    super(
        "No listener sends to the target group",
        "Let a listener or rule forward to the group, or move its targets to the one in use.",
        Symptom.NO_TARGET,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    for (TargetGroup group : findings.read(current.targetGroups()).orElse(List.of())) {
      switch (current.routing().of(group)) {
        case Use.Sent _ -> {}
        case Use.Idle(List<ForwardRef> zero) -> idle(current, group, zero, findings);
        case Use.Unread(String why) -> unread(group, why, findings);
      }
    }
    return findings.orRuledOut("a listener sends to every target group in question");
  }

  private static void idle(
      Case current, TargetGroup group, List<ForwardRef> zero, Findings findings) {
    if (!zero.isEmpty()) {
      zero.forEach(ref -> weightless(group, ref, findings));
    } else if (group.loadBalancers().stream().allMatch(current.id().arn()::equals)) {
      int listeners = current.listeners().map(List::size).orElse(0);
      findings.cause(
          unreferenced(
              group,
              "none of the rules and default actions of %s names %s"
                  .formatted(Phrases.count(listeners, "listener"), group.name())));
    }
  }

  /// The rules could not be read; the load balancer itself may say that nothing sends to the group.
  private static void unread(TargetGroup group, String why, Findings findings) {
    if (!withoutListener(group).isEmpty()) {
      findings.cause(unreferenced(group, "the rules themselves could not be read: " + why));
    }
    findings.missing(why);
  }

  private static List<RegisteredTarget> withoutListener(TargetGroup group) {
    return RegisteredTarget.of(group).stream()
        .filter(target -> target.hasReason(Reason.NO_LISTENER))
        .toList();
  }

  private static Verdict.Cause unreferenced(TargetGroup group, String read) {
    List<String> because = new ArrayList<>();
    List<RegisteredTarget> idle = withoutListener(group);
    if (!idle.isEmpty()) {
      because.add(
          "%s of %s: %s"
              .formatted(
                  Phrases.count(idle.size(), "target"),
                  group.name(),
                  Phrases.health(idle.getFirst().target())));
    }
    because.add(read);
    return Verdict.Cause.of(Confidence.PROVEN, group.id(), because)
        .about(RegisteredTarget.of(group));
  }

  /// Weight 0 beside a group that takes the requests is how traffic is shifted on purpose; where
  /// all weights are 0, what matches goes nowhere.
  private static void weightless(TargetGroup group, ForwardRef ref, Findings findings) {
    if (ref.action() instanceof Listener.Forward(List<WeightedTargetGroup> weights)
        && weights.stream().allMatch(weight -> weight.weight() == 0)) {
      Listener.Rule rule = ref.rule();
      findings.cause(
          Verdict.Cause.of(
                  Confidence.LIKELY,
                  group.id(),
                  "%s forwards to %s with weight 0 only: what matches it has nowhere to go"
                      .formatted(ref.name(), group.name()))
              .repairedBy(
                  new Repair.Forward(
                      ref.listener().id(),
                      rule == null ? null : rule.id(),
                      weights.stream().map(weight -> restored(weight, group)).toList()))
              .showingAs(Symptom.NO_TARGET));
    }
  }

  private static WeightedTargetGroup restored(WeightedTargetGroup weight, TargetGroup group) {
    return weight.targetGroup().equals(group.id())
        ? new WeightedTargetGroup(group.id(), 1)
        : weight;
  }
}
