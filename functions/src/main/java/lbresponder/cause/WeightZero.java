package lbresponder.cause;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.evidence.Routing.ForwardRef;
import lbresponder.evidence.Routing.Use;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.State;

/// The target group the alarm is about gets no requests, because others of the same rule get them
/// all: traffic was shifted on purpose, and no client notices what fails there. It is no reason for
/// a check to fail: a group without weight is checked like any other.
final class WeightZero extends Check {
  WeightZero() {
    super(
        "The target group is weighted out: no request is sent to it",
        "Nothing is wrong for clients; silence the alarm on the group while it is out.",
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Set<String> named = current.scope().targetGroups();
    if (named.isEmpty()) {
      return new Verdict.RuledOut("the alarm is not about one target group");
    }
    Findings findings = new Findings();
    for (TargetGroup group : findings.read(current.targetGroups()).orElse(List.of())) {
      if (named.contains(group.id())) {
        judge(current, group, findings);
      }
    }
    return findings.orRuledOut("no rule sends past the target group on purpose");
  }

  private static void judge(Case current, TargetGroup group, Findings findings) {
    switch (current.routing().of(group)) {
      case Use.Sent _ -> {}
      case Use.Unread(String why) -> findings.missing(why);
      case Use.Idle(List<ForwardRef> zero) -> {
        if (!zero.isEmpty() && zero.stream().allMatch(WeightZero::othersServe)) {
          findings.cause(cause(current, group, zero));
        }
      }
    }
  }

  private static boolean othersServe(ForwardRef ref) {
    return ref.action() instanceof Listener.Forward(List<WeightedTargetGroup> weights, _)
        && weights.stream().anyMatch(weight -> weight.weight() > 0);
  }

  private static Verdict.Cause cause(Case current, TargetGroup group, List<ForwardRef> zero) {
    return Verdict.Cause.of(
            Confidence.PROVEN,
            group.id(),
            "%s: %s has weight 0 and others take the requests"
                .formatted(
                    zero.stream().map(ForwardRef::name).collect(Collectors.joining(", ")),
                    group.name()))
        .about(RegisteredTarget.of(group))
        .showingAs(isFailedCheck(current, group) ? Set.of() : Set.of(Symptom.UNHEALTHY));
  }

  /// Whether the alarm is on health alone, and a check of the group fails: by something else.
  private static boolean isFailedCheck(Case current, TargetGroup group) {
    return current.alarmed().stream().allMatch(Measure::countsHealth)
        && RegisteredTarget.of(group).stream()
            .anyMatch(
                target -> target.isIn(State.UNHEALTHY) || target.isIn(State.UNHEALTHY_DRAINING));
  }
}
