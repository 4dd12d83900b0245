package lbresponder.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Instance;
import lbresponder.facts.Repair;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;

/// The provider's own check finds the machine, or what it stands on, impaired: it does not answer
/// the network.
final class InstanceImpaired extends Check {
  /// What was impaired this long before the trouble began had its effect then, not now.
  private static final Duration LONG_BEFORE = Duration.ofMinutes(15);

  InstanceImpaired() {
    super(
        "The target's instance fails its status checks",
        "Stop and start an instance whose system check fails; reboot one whose own check fails.",
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.UNHEALTHY,
        Symptom.NO_TARGET,
        Symptom.OVERFLOW);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    List<RegisteredTarget> impaired =
        findings.read(current.machines().impaired()).orElse(List.of());
    if (!impaired.isEmpty()) {
      findings.cause(cause(current, impaired));
    }
    return findings.orRuledOut(
        current.machines().unanswered().isEmpty()
            ? "no target fails without an answer"
            : "every failing instance that runs passes its status checks");
  }

  private Verdict.Cause cause(Case current, List<RegisteredTarget> targets) {
    Set<String> ids = targets.stream().map(RegisteredTarget::id).collect(Collectors.toSet());
    List<StatusCheck> failed =
        current.facts().fleet().statusChecks().orElse(List.of()).stream()
            .filter(check -> check.state() == StatusCheck.State.IMPAIRED)
            .filter(check -> ids.contains(check.instance()))
            .toList();
    boolean known = targets.stream().allMatch(target -> target.health().isKnown());
    return Verdict.Cause.of(
            known ? Confidence.PROVEN : Confidence.POSSIBLE,
            targets.getFirst().id(),
            failed.stream().map(InstanceImpaired::sentence).toList())
        .about(targets)
        .repairedBy(repairs(current, failed))
        .showingAs(symptoms(current, targets, failed));
  }

  private static String sentence(StatusCheck check) {
    return "%s: the %s status check is impaired%s"
        .formatted(
            check.instance(),
            check.of() == Subject.HOST ? "system" : "instance",
            check.impairedSince() == null ? "" : " since " + check.impairedSince());
  }

  private Set<Symptom> symptoms(
      Case current, List<RegisteredTarget> targets, List<StatusCheck> failed) {
    if (failed.stream().allMatch(check -> isLongBefore(check, current))) {
      return Set.of();
    }
    Set<Symptom> symptoms = EnumSet.copyOf(symptoms());
    if (current.serving().remainsWithout(targets)) {
      symptoms.removeAll(Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW));
    }
    return symptoms;
  }

  /// A load balancer that counts its own checks goes on counting those of a machine that has been
  /// impaired for long.
  private static boolean isLongBefore(StatusCheck check, Case current) {
    Instant since = check.impairedSince();
    return since != null
        && current.hasAlarm()
        && !current.traits().countsOwnChecks()
        && since.isBefore(current.began().minus(LONG_BEFORE));
  }

  /// What a scaling group keeps, it replaces: an instance that is stopped or restarted under its
  /// hands is taken for a failed one.
  private static List<Repair> repairs(Case current, List<StatusCheck> failed) {
    Set<String> below = instances(failed, Subject.HOST);
    Set<String> own = instances(failed, Subject.MACHINE);
    own.removeAll(below);
    List<Repair> repairs = new ArrayList<>();
    for (String id : instances(failed)) {
      String keeper = current.directory().known(id).map(Instance::scalingGroup).orElse(null);
      if (keeper != null) {
        repairs.add(
            new Repair.Decide(
                "Decide whether %s is to replace %s now: terminate it there, once nobody needs what is on it."
                    .formatted(keeper, id)));
        below.remove(id);
        own.remove(id);
      }
    }
    if (!below.isEmpty()) {
      repairs.add(new Repair.RestartInstances(List.copyOf(below), true));
    }
    if (!own.isEmpty()) {
      repairs.add(new Repair.RestartInstances(List.copyOf(own), false));
    }
    return repairs;
  }

  private static Set<String> instances(List<StatusCheck> failed) {
    return failed.stream()
        .map(StatusCheck::instance)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> instances(List<StatusCheck> failed, Subject subject) {
    return failed.stream()
        .filter(check -> check.of() == subject)
        .map(StatusCheck::instance)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
