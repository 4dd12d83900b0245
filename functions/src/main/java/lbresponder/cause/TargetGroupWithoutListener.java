package lbresponder.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Measure;
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
    weightless(current, findings);
    deleted(current, findings);
    return findings.orRuledOut("a listener sends to every target group in question");
  }

  /// A group that an alarm names is read whoever uses it: where it is not there, it is gone.
  private static void deleted(Case current, Findings findings) {
    if (!current.targetGroups().isKnown()) {
      return;
    }
    for (String id : current.scope().targetGroups()) {
      if (group(current, id).isEmpty()) {
        findings.cause(
            Verdict.Cause.of(
                Confidence.PROVEN,
                id,
                "%s, which the alarm is about, does not exist any more".formatted(id)));
      }
    }
  }

  private static void idle(
      Case current, TargetGroup group, List<ForwardRef> zero, Findings findings) {
    if (zero.isEmpty() && group.loadBalancers().stream().allMatch(current.id().arn()::equals)) {
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

  /// Weight 0 beside a group that takes the requests is how traffic is shifted on purpose. Where
  /// all weights of an action are 0, what matches it goes nowhere, whoever else sends to the
  /// groups.
  private static void weightless(Case current, Findings findings) {
    current.listeners().orElse(List.of()).forEach(listener -> findings.require(listener.rules()));
    Set<String> inScope =
        current.facts().targetGroups().stream().map(TargetGroup::id).collect(Collectors.toSet());
    for (ForwardRef ref : current.routing().actions()) {
      if (ref.action() instanceof Listener.Forward forward && forward.leadsNowhere()) {
        forward.targetGroups().stream()
            .map(WeightedTargetGroup::targetGroup)
            .filter(inScope::contains)
            .findFirst()
            .ifPresent(group -> findings.cause(weightless(current, ref, forward, group)));
      }
    }
  }

  private static Verdict.Cause weightless(
      Case current, ForwardRef ref, Listener.Forward forward, String group) {
    Known<Double> refused = current.counts().firstKept(Measure.LB_503, Measure.LB_5XX);
    return Verdict.Cause.of(
            refused.map(count -> count == 0).orElse(false)
                ? Confidence.POSSIBLE
                : Confidence.LIKELY,
            group,
            "%s forwards to %s with weight 0 only: what matches it has nowhere to go"
                .formatted(ref.name(), names(current, forward)))
        .repairedBy(restored(current, ref, forward))
        .showingAs(Symptom.NO_TARGET);
  }

  private static String names(Case current, Listener.Forward forward) {
    return forward.targetGroups().stream()
        .map(weight -> name(current, weight.targetGroup()))
        .collect(Collectors.joining(" and "));
  }

  private static String name(Case current, String group) {
    return group(current, group).map(TargetGroup::name).orElse(group);
  }

  private static Optional<TargetGroup> group(Case current, String id) {
    return current.all().targetGroups().stream().filter(group -> group.id().equals(id)).findFirst();
  }

  /// To one group, where only one can be meant; nobody but its owner knows which of two versions is
  /// to be served.
  private static Repair restored(Case current, ForwardRef ref, Listener.Forward forward) {
    List<String> able =
        forward.targetGroups().stream()
            .map(WeightedTargetGroup::targetGroup)
            .filter(id -> forward.targetGroups().size() == 1 || maySend(current, id))
            .toList();
    if (able.size() != 1) {
      return new Repair.Decide(
          "Decide which of %s is to get the requests, and give it a weight in %s."
              .formatted(names(current, forward), ref.name()));
    }
    if (!forward.isWholeAfter(ref.before())) {
      return new Repair.Decide(
          "Give %s a weight in %s by hand: not all of its actions could be read, and a command would drop the others."
              .formatted(name(current, able.getFirst()), ref.name()));
    }
    return new Repair.Forward(
        ref.listener().id(),
        ref.rule() == null ? null : ref.rule().id(),
        forward.targetGroups().stream()
            .map(
                weight ->
                    weight.targetGroup().equals(able.getFirst())
                        ? new WeightedTargetGroup(weight.targetGroup(), 1)
                        : weight)
            .toList());
  }

  /// Whether a group has a target that takes traffic, as far as that is known.
  private static boolean maySend(Case current, String id) {
    return group(current, id)
        .map(
            group ->
                !group.targets().isKnown()
                    || RegisteredTarget.of(group).stream()
                        .anyMatch(target -> target.takesTraffic() || !target.health().isKnown()))
        .orElse(true);
  }
}
