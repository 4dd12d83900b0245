package lbresponder.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;

/// The instance is stopped or terminated: nothing answers at its address.
final class TargetStopped implements Check {
  /// A load balancer notices a dead target within a few checks; one that stopped this long before
  /// the trouble began had its effect then, not now.
  private static final Duration LONG_BEFORE = Duration.ofMinutes(15);

  @Override
  public String title() {
    return "The target's instance is stopped or terminated";
  }

  @Override
  public String advice() {
    return "Start the instance, or deregister it and register a running one.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(
        Symptom.NO_TARGET, Symptom.TIMEOUT, Symptom.SILENT, Symptom.OVERFLOW, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> stopped = seen.members().stream().filter(one -> isDown(one, facts)).toList();
    if (!stopped.isEmpty()) {
      return accuse(stopped, seen.members(), facts);
    }
    if (!seen.missing().isEmpty()) {
      return new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    if (facts.instances() instanceof Known.Unknown<List<Instance>>(String why)
        && seen.members().stream().anyMatch(TargetStopped::couldBeDown)) {
      return new Verdict.Unknown(why);
    }
    return new Verdict.RuledOut("no registered target is stopped or terminated");
  }

  private static Verdict accuse(List<Member> stopped, List<Member> members, Facts facts) {
    List<Member> others = members.stream().filter(one -> !stopped.contains(one)).toList();
    Set<Symptom> shows = EnumSet.copyOf(new TargetStopped().shows());
    if (Serving.remains(facts, stopped)) {
      shows.removeAll(Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW));
    }
    if (stoppedLongBefore(stopped, facts)) {
      shows.clear();
    }
    boolean onlyThese = others.stream().noneMatch(Trouble::fails);
    boolean timed = stopped.stream().allMatch(one -> stoppedAt(one, facts).isPresent());
    return new Verdict.Cause(
        mayLeave(stopped, facts)
            ? Confidence.POSSIBLE
            : onlyThese || timed ? Confidence.PROVEN : Confidence.LIKELY,
        stopped.getFirst().target().id(),
        stopped,
        stopped.stream().map(one -> sentence(one, facts)).distinct().toList(),
        repairs(stopped, facts),
        shows);
  }

  /// A target that drains is being taken out, and its instance may well be on its way down.
  private static boolean isDown(Member member, Facts facts) {
    if (member.is(Reason.NOT_RUNNING)) {
      return true;
    }
    if (member.group().targetType() != TargetType.INSTANCE || member.is(Reason.DEREGISTERING)) {
      return false;
    }
    return switch (facts.instance(member.target().id())) {
      case Known.Value<Optional<Instance>>(Optional<Instance> instance) ->
          instance.map(one -> isDown(one.state())).orElse(!mayBeHidden(member, facts));
      case Known.Unknown<Optional<Instance>> _ -> false;
    };
  }

  /// Where health could not be read, an instance on its way down may be on its way out of the group
  /// as well.
  private static boolean mayLeave(List<Member> stopped, Facts facts) {
    return facts.incident().loadBalancer().kind() != Kind.CLASSIC
        && stopped.stream().anyMatch(one -> !one.target().health().isKnown());
  }

  /// EC2 does not list instances that a managed service hides: one that the load balancer checks is
  /// there. Classic says nothing at all of an instance that is terminated.
  private static boolean mayBeHidden(Member member, Facts facts) {
    return member
        .target()
        .health()
        .map(
            health ->
                switch (health.state()) {
                  case HEALTHY, UNHEALTHY, UNHEALTHY_DRAINING, INITIAL, DRAINING -> true;
                  case UNUSED, UNAVAILABLE -> false;
                })
        .orElse(facts.incident().loadBalancer().kind() != Kind.CLASSIC);
  }

  private static boolean isDown(Instance.State state) {
    return switch (state) {
      case STOPPING, STOPPED, SHUTTING_DOWN, TERMINATED -> true;
      case PENDING, RUNNING, OTHER -> false;
    };
  }

  /// Health that is good, or an answer of any status, shows that something runs.
  private static boolean couldBeDown(Member member) {
    return member.group().targetType() == TargetType.INSTANCE
        && member
            .target()
            .health()
            .map(health -> Trouble.fails(member) && health.reason() != Reason.UNEXPECTED_STATUS)
            .orElse(true);
  }

  private static boolean stoppedLongBefore(List<Member> stopped, Facts facts) {
    if (facts.incident().alarms().isEmpty()
        || facts.incident().loadBalancer().kind() == Kind.CLASSIC) {
      return false;
    }
    Instant began =
        facts.load().map(load -> load.incident().from()).orElse(facts.incident().since());
    return stopped.stream()
        .allMatch(
            one ->
                stoppedAt(one, facts)
                    .map(at -> at.isBefore(began.minus(LONG_BEFORE)))
                    .orElse(false));
  }

  private static Optional<Instant> stoppedAt(Member member, Facts facts) {
    return instance(member, facts).flatMap(one -> Optional.ofNullable(one.stoppedAt()));
  }

  private static Optional<Instance> instance(Member member, Facts facts) {
    return facts.instance(member.target().id()).orElse(Optional.empty());
  }

  private static String sentence(Member member, Facts facts) {
    String id = member.target().id();
    return switch (facts.instance(id)) {
      case Known.Value<Optional<Instance>>(Optional<Instance> found) ->
          found
              .map(
                  one ->
                      "%s is %s%s"
                          .formatted(
                              id,
                              Words.of(one.state()),
                              one.stateReason().isEmpty() ? "" : ": " + one.stateReason()))
              .orElse(id + " is registered, and no such instance exists any more");
      case Known.Unknown<Optional<Instance>> _ ->
          "%s: the load balancer says %s".formatted(member.label(), Words.health(member.target()));
    };
  }

  /// What is stopped is started; what is gone for good is taken out of its group.
  private static List<Repair> repairs(List<Member> stopped, Facts facts) {
    Map<Boolean, List<Member>> byStart =
        stopped.stream()
            .collect(
                Collectors.partitioningBy(
                    one -> instance(one, facts).map(TargetStopped::canStart).orElse(false)));
    List<Repair> repairs = new ArrayList<>();
    List<String> startable =
        byStart.getOrDefault(true, List.of()).stream()
            .map(one -> one.target().id())
            .distinct()
            .toList();
    if (!startable.isEmpty()) {
      repairs.add(new Repair.StartInstances(startable));
    }
    byStart.getOrDefault(false, List.of()).stream()
        .collect(
            Collectors.groupingBy(
                one -> one.group().id(),
                LinkedHashMap::new,
                Collectors.mapping(Member::target, Collectors.toList())))
        .forEach((group, targets) -> repairs.add(new Repair.Deregister(group, targets)));
    return repairs;
  }

  private static boolean canStart(Instance instance) {
    return instance.state() == Instance.State.STOPPED
        || instance.state() == Instance.State.STOPPING;
  }
}
