package lbresponder.cause;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.evidence.Routing.Use;
import lbresponder.facts.Fleet;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.Service;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.State;
import org.jspecify.annotations.Nullable;

/// Requests go to a group in which nobody is: it is empty, or all of it is being taken out. An
/// empty group that was always empty, beside others that serve, is there on purpose.
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
    List<String> onPurpose = new ArrayList<>();
    for (TargetGroup group : findings.read(current.targetGroups()).orElse(List.of())) {
      if (findings.read(group.targets()).isPresent()
          && RegisteredTarget.of(group).stream().allMatch(NoTargets::mayBeLeaving)) {
        judge(current, group, findings, onPurpose);
      }
    }
    return findings.orRuledOut(
        onPurpose.isEmpty()
            ? "every target group that gets requests has targets"
            : "%s has no target, had none before, and nobody was turned away"
                .formatted(String.join(", ", onPurpose)));
  }

  private static boolean mayBeLeaving(RegisteredTarget target) {
    return isLeaving(target) || target.health() instanceof Known.Unknown<TargetHealth>;
  }

  private static boolean isLeaving(RegisteredTarget target) {
    return target.isIn(State.DRAINING);
  }

  private static void judge(
      Case current, TargetGroup group, Findings findings, List<String> onPurpose) {
    switch (current.routing().of(group)) {
      case Use.Sent(String by) -> {
        List<RegisteredTarget> targets = RegisteredTarget.of(group);
        targets.forEach(target -> findings.require(target.health()));
        if (targets.stream().allMatch(NoTargets::isLeaving)) {
          cause(current, group, by)
              .ifPresentOrElse(findings::cause, () -> onPurpose.add(group.name()));
        }
      }
      case Use.Idle _ -> {}
      case Use.Unread(String why) -> findings.missing(why);
    }
  }

  /// Empty where nothing shows that anybody misses a target there.
  private static Optional<Verdict.Cause> cause(Case current, TargetGroup group, String by) {
    Known<Double> turnedAway = current.counts().firstKept(Measure.LB_503, Measure.LB_5XX);
    String state = state(group) + "; " + by;
    if (turnedAway.map(count -> count > 0).orElse(false)
        || hadTargets(current, group)
        || nobodyServes(current)) {
      return Optional.of(
          Verdict.Cause.of(
                  Confidence.PROVEN,
                  group.id(),
                  Stream.concat(Stream.of(state), unwanted(current, group).stream()).toList())
              .about(RegisteredTarget.of(group))
              .repairedBy(repair(current, group))
              .since(emptySince(current, group)));
    }
    return turnedAway instanceof Known.Unknown<Double>
        ? Optional.of(Verdict.Cause.of(Confidence.POSSIBLE, group.id(), state))
        : Optional.empty();
  }

  /// Whether it had any in the hour before, or has some that leave.
  private static boolean hadTargets(Case current, TargetGroup group) {
    return !RegisteredTarget.of(group).isEmpty()
        || most(current, Measure.HEALTHY_TARGETS, group) > 0
        || most(current, Measure.UNHEALTHY_TARGETS, group) > 0;
  }

  /// When it was empty at the latest: at the beginning of what was read, where neither good nor
  /// failing targets were counted in the hour before; null where that is not known.
  private static @Nullable Instant emptySince(Case current, TargetGroup group) {
    boolean before =
        Stream.of(Measure.HEALTHY_TARGETS, Measure.UNHEALTHY_TARGETS)
            .allMatch(
                measure ->
                    current
                        .counts()
                        .usual(measure, group.id())
                        .map(usual -> usual == 0)
                        .orElse(false));
    return before && current.facts().load() instanceof Known.Value<Load>(Load load)
        ? load.baseline().from()
        : null;
  }

  /// The most there were at a time before and in the incident, as far as that is known.
  private static int most(Case current, Measure measure, TargetGroup group) {
    return current
        .counts()
        .series(measure, group.id(), null)
        .flatMap(Load.Series::points)
        .map(points -> points.stream().mapToDouble(Load.Point::value).max().orElse(0))
        .orElse(0.0)
        .intValue();
  }

  /// Whether all groups that get requests are without a target.
  private static boolean nobodyServes(Case current) {
    return current.all().targetGroups().stream()
        .filter(group -> current.routing().of(group) instanceof Use.Sent)
        .allMatch(
            group ->
                group.targets().isKnown()
                    && RegisteredTarget.of(group).stream().allMatch(NoTargets::isLeaving));
  }

  private static List<Service> services(Case current, TargetGroup group) {
    return current.facts().fleet().services().orElse(List.of()).stream()
        .filter(service -> service.targetGroups().contains(group.id()))
        .toList();
  }

  private static List<ScalingGroup> scalingGroups(Case current, TargetGroup group) {
    return current.facts().fleet().scalingGroups().orElse(List.of()).stream()
        .filter(scaling -> scaling.registersWith(group.id()))
        .toList();
  }

  /// That who registers targets wants none.
  private static Optional<String> unwanted(Case current, TargetGroup group) {
    return Stream.concat(
            services(current, group).stream()
                .filter(service -> service.desired() == 0)
                .map(service -> "service %s wants 0 tasks".formatted(service.name())),
            scalingGroups(current, group).stream()
                .filter(scaling -> scaling.desired() == 0)
                .map(scaling -> "%s wants 0 instances".formatted(scaling.name())))
        .findFirst();
  }

  /// What a service or scaling group registers is not registered by hand: it is made to want some,
  /// as many as there were.
  private static Repair repair(Case current, TargetGroup group) {
    int wanted = Math.max(1, most(current, Measure.HEALTHY_TARGETS, group));
    List<Service> services = services(current, group);
    List<ScalingGroup> scaling = scalingGroups(current, group);
    if (services.size() + scaling.size() > 1) {
      return decide("Decide which of its keepers is to bring targets into " + group.name());
    }
    if (!services.isEmpty()) {
      Service only = services.getFirst();
      return only.desired() == 0
          ? new Repair.SetTasks(only.cluster(), only.name(), wanted)
          : decide("Find out why service %s registers no task".formatted(only.name()));
    }
    if (!scaling.isEmpty()) {
      ScalingGroup only = scaling.getFirst();
      return only.desired() == 0
          ? new Repair.SetCapacity(only.name(), wanted, only.maximum() < wanted ? wanted : null)
          : decide("Find out why %s registers no instance".formatted(only.name()));
    }
    Fleet fleet = current.facts().fleet();
    return fleet.services() instanceof Known.Unknown
            || fleet.scalingGroups() instanceof Known.Unknown
        ? decide(
            "Register targets with %s, or start what registers them, which could not be read"
                .formatted(group.name()))
        : new Repair.RegisterTargets(group.id());
  }

  private static Repair decide(String what) {
    return new Repair.Decide(what + ".");
  }

  private static String state(TargetGroup group) {
    int leaving = RegisteredTarget.of(group).size();
    return leaving == 0
        ? "%s has no registered target".formatted(group.name())
        : "all of %s's %s drain: none takes new requests"
            .formatted(group.name(), Phrases.count(leaving, "target"));
  }
}
