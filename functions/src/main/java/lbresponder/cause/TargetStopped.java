package lbresponder.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
import lbresponder.facts.Repair;

/// The instance is stopped or terminated: nothing answers at its address.
final class TargetStopped extends Check {
  /// A load balancer notices a dead target within a few checks; one that stopped this long before
  /// the trouble began had its effect then, not now.
  private static final Duration LONG_BEFORE = Duration.ofMinutes(15);

  TargetStopped() {
    super(
        "The target's instance is stopped or terminated",
        "Start the instance, or deregister it and register a running one.",
        Symptom.NO_TARGET,
        Symptom.TIMEOUT,
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

  private Verdict.Cause cause(Case current, List<RegisteredTarget> down) {
    return Verdict.Cause.of(
            confidence(current, down),
            down.getFirst().id(),
            down.stream().map(target -> sentence(target, current)).distinct().toList())
        .about(down)
        .repairedBy(repairs(down, current))
        .showingAs(symptoms(current, down));
  }

  /// Where health could not be read, an instance on its way down may be on its way out of the group
  /// as well. Where others fail too, something else may be the matter, unless it is known when
  /// these stopped.
  private static Confidence confidence(Case current, List<RegisteredTarget> down) {
    if (down.stream().anyMatch(target -> target.health() instanceof Known.Unknown<?>)) {
      return Confidence.POSSIBLE;
    }
    Set<RegisteredTarget> these = new HashSet<>(down);
    boolean onlyThese = these.containsAll(current.targets().failing());
    boolean timed = down.stream().allMatch(target -> stoppedAt(target, current).isPresent());
    return onlyThese || timed ? Confidence.PROVEN : Confidence.LIKELY;
  }

  private Set<Symptom> symptoms(Case current, List<RegisteredTarget> down) {
    if (stoppedLongBefore(down, current)) {
      return Set.of();
    }
    Set<Symptom> symptoms = EnumSet.copyOf(symptoms());
    if (current.serving().remainsWithout(down)) {
      symptoms.removeAll(Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW));
    }
    return symptoms;
  }

  /// A load balancer that counts its own checks goes on counting those of a machine that stopped
  /// long ago.
  private static boolean stoppedLongBefore(List<RegisteredTarget> down, Case current) {
    if (!current.hasAlarm() || current.traits().countsOwnChecks()) {
      return false;
    }
    return down.stream()
        .allMatch(
            target ->
                stoppedAt(target, current)
                    .filter(at -> at.isBefore(current.began().minus(LONG_BEFORE)))
                    .isPresent());
  }

  private static Optional<Instant> stoppedAt(RegisteredTarget target, Case current) {
    return current.directory().known(target.id()).map(Instance::stoppedAt);
  }

  private static String sentence(RegisteredTarget target, Case current) {
    String id = target.id();
    return current
        .directory()
        .instance(id)
        .map(
            (Optional<Instance> found) ->
                found
                    .map(TargetStopped::sentence)
                    .orElse(id + " is registered, and no such instance exists any more"))
        .orElse(
            "%s: the load balancer says %s"
                .formatted(target.label(), Phrases.health(target.target())));
  }

  private static String sentence(Instance machine) {
    return "%s is %s%s"
        .formatted(
            machine.id(),
            Phrases.state(machine.state()),
            machine.stateReason().isEmpty() ? "" : ": " + machine.stateReason());
  }

  /// What stopped by itself is started, and what is gone for good is taken out of its group. What
  /// somebody stopped may be in quarantine, and what a scaling group keeps it replaces.
  private static List<Repair> repairs(List<RegisteredTarget> down, Case current) {
    Set<String> startable = new LinkedHashSet<>();
    Set<String> asked = new LinkedHashSet<>();
    List<Repair> repairs = new ArrayList<>();
    List<RegisteredTarget> gone = new ArrayList<>();
    for (RegisteredTarget target : down) {
      Optional<Instance> machine =
          current.directory().known(target.id()).filter(TargetStopped::canStart);
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
