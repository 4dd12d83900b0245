package lbresponder.cause;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import lbresponder.facts.Instance;
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
    Map<String, List<String>> ids = byMachine(current, targets);
    List<StatusCheck> failed =
        current.facts().fleet().statusChecks().orElse(List.of()).stream()
            .filter(check -> check.state() == StatusCheck.State.IMPAIRED)
            .filter(check -> ids.containsKey(check.instance()))
            .toList();
    boolean known = targets.stream().allMatch(target -> target.health().isKnown());
    return Verdict.Cause.of(
            known ? confidence(failed) : Confidence.POSSIBLE,
            ids.keySet().iterator().next(),
            failed.stream().map(check -> sentence(check, ids)).toList())
        .about(targets)
        .repairedBy(repairs(current, ofTargets(failed, targets)))
        .showingAs(symptoms(current, targets))
        .since(since(failed));
  }

  /// The targets on each machine, by its id.
  private static Map<String, List<String>> byMachine(Case current, List<RegisteredTarget> targets) {
    Map<String, List<String>> byMachine = new LinkedHashMap<>();
    for (RegisteredTarget target : targets) {
      current
          .machines()
          .id(target)
          .ifPresent(id -> byMachine.computeIfAbsent(id, _ -> new ArrayList<>()).add(target.id()));
    }
    return byMachine;
  }

  /// A machine whose volumes do not answer may go on without them.
  private static Confidence confidence(List<StatusCheck> failed) {
    return failed.stream().allMatch(check -> check.of() == Subject.VOLUMES)
        ? Confidence.LIKELY
        : Confidence.PROVEN;
  }

  private static String sentence(StatusCheck check, Map<String, List<String>> byMachine) {
    String id = check.instance();
    List<String> carried =
        byMachine.getOrDefault(id, List.of()).stream().filter(on -> !on.equals(id)).toList();
    return "%s%s: the %s status check is impaired%s"
        .formatted(
            id,
            carried.isEmpty() ? "" : ", which carries " + String.join(", ", carried),
            switch (check.of()) {
              case MACHINE -> "instance";
              case HOST -> "system";
              case VOLUMES -> "attached volumes'";
            },
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

  /// A node of a cluster carries more than these targets: whether it may be restarted only its
  /// owner knows.
  private static List<StatusCheck> ofTargets(
      List<StatusCheck> failed, List<RegisteredTarget> targets) {
    Set<String> ids = targets.stream().map(RegisteredTarget::id).collect(Collectors.toSet());
    return failed.stream().filter(check -> ids.contains(check.instance())).toList();
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
