package lbresponder.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.State;
import org.jspecify.annotations.Nullable;

/// The instance is stopped or terminated: nothing answers at its address.
final class TargetStopped extends Check {
  /// Shutting down, a machine refuses and resets for a while before it vanishes.
  private static final Duration SHUTTING_DOWN = Duration.ofMinutes(3);

  /// Those that stopped this long before the last one stopped for another reason.
  private static final Duration TOGETHER = Duration.ofMinutes(15);

  TargetStopped() {
    super(
        "The target's instance is stopped or terminated",
        "Start the instance, or deregister it and register a running one.",
        Symptom.NO_TARGET,
        Symptom.TIMEOUT,
        Symptom.REFUSED,
        Symptom.RESET,
        Symptom.SILENT,
        Symptom.OVERFLOW,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    List<RegisteredTarget> down = findings.read(current.machines().down()).orElse(List.of());
    if (!down.isEmpty()) {
      findings.cause(cause(current, down));
    }
    return findings.orRuledOut("no registered target is stopped or terminated");
  }

  /// About those that went down last; what was down before is said beside.
  private Verdict.Cause cause(Case current, List<RegisteredTarget> all) {
    Instant last =
        all.stream()
            .flatMap(target -> stoppedAt(target, current).stream())
            .max(Comparator.naturalOrder())
            .orElse(null);
    List<RegisteredTarget> down =
        all.stream().filter(target -> wentWith(target, last, current)).toList();
    List<String> because = new ArrayList<>(sentences(down, current));
    List<RegisteredTarget> before = all.stream().filter(target -> !down.contains(target)).toList();
    sentences(before, current).forEach(sentence -> because.add("long before: " + sentence));
    return Verdict.Cause.of(confidence(current, down), down.getFirst().id(), because)
        .about(down)
        .repairedBy(repairs(down, current))
        .showingAs(symptoms(current, all))
        .since(
            down.stream().allMatch(target -> stoppedAt(target, current).isPresent()) ? last : null);
  }

  private static boolean wentWith(RegisteredTarget target, @Nullable Instant last, Case current) {
    return last == null
        || stoppedAt(target, current).filter(at -> at.isBefore(last.minus(TOGETHER))).isEmpty();
  }

  private static List<String> sentences(List<RegisteredTarget> down, Case current) {
    return down.stream().map(target -> sentence(target, current)).distinct().toList();
  }

  /// Where health could not be read, an instance on its way down may be on its way out of the group
  /// as well. Where others fail too, something else may be the matter, unless it is known when
  /// these stopped.
  private static Confidence confidence(Case current, List<RegisteredTarget> down) {
    if (down.stream().anyMatch(target -> target.health() instanceof Known.Unknown<?>)) {
      return Confidence.POSSIBLE;
    }
    if (down.stream().anyMatch(target -> isUndated(target, current)) && mayBeOld(down, current)) {
      return Confidence.POSSIBLE;
    }
    Set<RegisteredTarget> these = new HashSet<>(down);
    boolean onlyThese = these.containsAll(current.targets().failing());
    boolean timed = down.stream().allMatch(target -> stoppedAt(target, current).isPresent());
    return onlyThese || timed ? Confidence.PROVEN : Confidence.LIKELY;
  }

  /// It is listed no more, or gets nothing while nobody says since when.
  private static boolean isUndated(RegisteredTarget target, Case current) {
    return target.group().targetType() == TargetType.MACHINE
        && current
            .directory()
            .instance(target.id())
            .map(Optional::isEmpty)
            .orElse(target.isIn(State.UNUSED) && wereAsFewBefore(target, current));
  }

  /// Whether no more targets of its group were healthy in the hour before than are now; false where
  /// that is not known.
  private static boolean wereAsFewBefore(RegisteredTarget target, Case current) {
    long now = current.serving().in(target.group());
    return current
        .counts()
        .usual(Measure.HEALTHY_TARGETS, target.group().id())
        .map(usual -> Math.round(usual) <= now)
        .orElse(false);
  }

  /// What is registered and dead may have been so for days while others serve; unless the load
  /// balancer counts its own checks, which would have failed all the time.
  private static boolean mayBeOld(List<RegisteredTarget> down, Case current) {
    return current.hasAlarm()
        && down.stream().allMatch(target -> current.serving().remainsIn(target.group()))
        && !(current.traits().countsOwnChecks()
            && current
                .counts()
                .usual(Measure.CONNECTION_ERRORS, null)
                .map(usual -> usual == 0)
                .orElse(false));
  }

  private Set<Symptom> symptoms(Case current, List<RegisteredTarget> down) {
    Set<Symptom> symptoms = EnumSet.copyOf(symptoms());
    if (down.stream().noneMatch(target -> mayStillClose(target, current))) {
      symptoms.removeAll(Set.of(Symptom.REFUSED, Symptom.RESET));
    }
    if (current.serving().remainsWithout(down)) {
      symptoms.removeAll(Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW));
    }
    return symptoms;
  }

  /// Whether the errors may all be of the time in which it shut down.
  private static boolean mayStillClose(RegisteredTarget target, Case current) {
    Optional<Instant> last = current.counts().lastTrouble();
    return stoppedAt(target, current)
        .map(at -> last.isEmpty() || last.get().isBefore(at.plus(SHUTTING_DOWN)))
        .orElse(true);
  }

  /// When it stopped; empty where nothing tells.
  private static Optional<Instant> stoppedAt(RegisteredTarget target, Case current) {
    return current.machines().of(target).map(Instance::stoppedAt);
  }

  private static String sentence(RegisteredTarget target, Case current) {
    String id = target.id();
    if (target.group().targetType() == TargetType.ADDRESS) {
      return current
          .machines()
          .of(target)
          .map(
              machine ->
                  "%s is on %s"
                      .formatted(
                          target.label(), sentence(machine).replaceFirst(" is ", ", which is ")))
          .orElse("%s: the load balancer says %s".formatted(target.label(), said(target)));
    }
    return current
        .directory()
        .instance(id)
        .map(
            (Optional<Instance> found) ->
                found
                    .map(TargetStopped::sentence)
                    .orElse(id + " is registered, and no such instance exists any more"))
        .orElse("%s: the load balancer says %s".formatted(target.label(), said(target)));
  }

  private static String said(RegisteredTarget target) {
    return Phrases.health(target.target());
  }

  private static String sentence(Instance machine) {
    return "%s is %s%s"
        .formatted(
            machine.id(),
            Phrases.state(machine.state()),
            machine.stateReason().isEmpty() ? "" : ": " + machine.stateReason());
  }

  /// What stopped by itself is started, and what is gone for good is taken out of its group. What
  /// somebody stopped may be in quarantine, what a scaling group keeps it replaces, and a stopped
  /// node of a cluster carries more than its targets: its owner decides.
  private static List<Repair> repairs(List<RegisteredTarget> down, Case current) {
    Set<String> startable = new LinkedHashSet<>();
    Set<String> asked = new LinkedHashSet<>();
    List<Repair> repairs = new ArrayList<>();
    List<RegisteredTarget> gone = new ArrayList<>();
    for (RegisteredTarget target : down) {
      Optional<Instance> machine =
          current.directory().known(target.id()).filter(TargetStopped::canStart);
      if (machine.isEmpty()
          && target.group().targetType() != TargetType.MACHINE
          && current.machines().of(target).isPresent()) {
        continue;
      }
      if (machine.isEmpty()) {
        gone.add(target);
      } else if (machine.get().scalingGroup() != null) {
        repairs.add(leave(machine.get()));
      } else if (!Boolean.FALSE.equals(machine.get().stoppedOnRequest())) {
        asked.add(target.id());
      } else {
        startable.add(target.id());
      }
    }
    if (!asked.isEmpty()) {
      repairs.add(
          new Repair.Decide(
              "Ask who stopped %s and why: what was stopped on purpose may be in quarantine. Then start it, or deregister it and register what runs."
                  .formatted(String.join(", ", asked))));
    }
    if (!startable.isEmpty()) {
      repairs.add(new Repair.StartInstances(List.copyOf(startable)));
    }
    repairs.addAll(RegisteredTarget.deregister(gone));
    return repairs;
  }

  private static Repair leave(Instance machine) {
    return new Repair.Decide(
        "Leave %s to %s, which replaces it, unless somebody holds it back there."
            .formatted(machine.id(), machine.scalingGroup()));
  }

  private static boolean canStart(Instance machine) {
    return machine.state() == Instance.State.STOPPED || machine.state() == Instance.State.STOPPING;
  }
}
