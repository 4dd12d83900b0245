package lbresponder.cause;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Repair;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;
import org.jspecify.annotations.Nullable;

/// The provider's own check finds the machine, or what it stands on, impaired: it does not answer
/// the network.
final class InstanceImpaired extends Check {
  InstanceImpaired() {
    super(
        "The target's instance fails its status checks",
        "Stop and start an instance whose system check fails; reboot one whose own check fails.",
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.REFUSED,
        Symptom.RESET,
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
        .repairedBy(repairs(failed))
        .showingAs(symptoms(current, targets))
        .since(since(failed));
  }

  private static String sentence(StatusCheck check) {
    return "%s: the %s status check is impaired%s"
        .formatted(
            check.instance(),
            check.of() == Subject.HOST ? "system" : "instance",
            check.impairedSince() == null ? "" : " since " + check.impairedSince());
  }

  private Set<Symptom> symptoms(Case current, List<RegisteredTarget> targets) {
    Set<Symptom> symptoms = EnumSet.copyOf(symptoms());
    if (current.serving().remainsWithout(targets)) {
      symptoms.removeAll(Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW));
    }
    return symptoms;
  }

  /// When the last of them began to fail; null as soon as that is not told of one.
  private static @Nullable Instant since(List<StatusCheck> failed) {
    return failed.stream().anyMatch(check -> check.impairedSince() == null)
        ? null
        : failed.stream()
            .flatMap(check -> Stream.ofNullable(check.impairedSince()))
            .max(Comparator.naturalOrder())
            .orElse(null);
  }

  private static List<Repair> repairs(List<StatusCheck> failed) {
    Set<String> below = instances(failed, Subject.HOST);
    Set<String> own = instances(failed, Subject.MACHINE);
    own.removeAll(below);
    List<Repair> repairs = new ArrayList<>();
    if (!below.isEmpty()) {
      repairs.add(new Repair.RestartInstances(List.copyOf(below), true));
    }
    if (!own.isEmpty()) {
      repairs.add(new Repair.RestartInstances(List.copyOf(own), false));
    }
    return repairs;
  }

  private static Set<String> instances(List<StatusCheck> failed, Subject subject) {
    return failed.stream()
        .filter(check -> check.of() == subject)
        .map(StatusCheck::instance)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
