package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Diagnosis.Fix;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth;
import lbresponder.network.Repairs;
import org.jspecify.annotations.Nullable;

/// Tries the repairs of a cause on the model. What leaves the cause standing is not offered, nor is
/// what does harm: brings a fault that was not there, touches a target that is well, takes capacity
/// away, or undoes what another finding's repair does.
final class RepairTrial {
  private static final Known<Load> PAST =
      Known.unknown("what was counted before a repair says nothing of after it");

  private final List<Check> runbook;
  private final List<Repair> offered = new ArrayList<>();
  private final Map<Case, Map<Check, Verdict>> found = new HashMap<>();

  /// @param runbook every check
  RepairTrial(List<Check> runbook) {
    this.runbook = runbook;
  }

  /// What a check finds as things are: worked out once, as every repair is weighed against it.
  Verdict examine(Check check, Case current) {
    return found
        .computeIfAbsent(current, _ -> new HashMap<>())
        .computeIfAbsent(check, _ -> Weighing.examine(check, current));
  }

  /// @param aside why it is a side finding; null where it is a cause
  Finding finding(Check check, Verdict.Cause cause, Case current, @Nullable String aside) {
    List<Repair> decisions = new ArrayList<>();
    List<Repair> changes = new ArrayList<>();
    for (Repair repair : cause.repairs()) {
      (repair instanceof Repair.Decide ? decisions : changes).add(repair);
    }
    if (changes.isEmpty()) {
      return new Finding(check, cause, Fix.NONE, aside);
    }
    Fix fix = tried(check, cause, changes, current);
    if (fix == Fix.NONE) {
      return new Finding(check, cause.repairedBy(decisions), fix, aside);
    }
    offered.addAll(changes);
    return new Finding(check, cause, fix, aside);
  }

  private Fix tried(Check check, Verdict.Cause cause, List<Repair> changes, Case current) {
    List<Repair> all = new ArrayList<>(offered);
    all.addAll(changes);
    if (!RepairLimits.hold(changes, current.facts()) || RepairLimits.contradict(all)) {
      return Fix.NONE;
    }
    Known<Facts> repaired = Known.of(current.facts());
    for (Repair repair : changes) {
      repaired = repaired.flatMap(before -> Repairs.apply(before, repair));
    }
    return repaired.map(after -> judged(check, cause, current, after)).orElse(Fix.NOT_CHECKED);
  }

  private Fix judged(Check check, Verdict.Cause cause, Case current, Facts after) {
    if (RepairLimits.harmsTargets(current.facts(), after)) {
      return Fix.NONE;
    }
    Case mended = current.on(after);
    if (stands(Weighing.examine(check, mended), cause)) {
      boolean onPastAlone =
          !stands(Weighing.examine(check, current.on(current.facts().withLoad(PAST))), cause);
      return onPastAlone ? Fix.NOT_CHECKED : Fix.NONE;
    }
    Case later = mended.on(noticed(after, cause.targets()));
    return runbook.stream().anyMatch(other -> !other.equals(check) && isNew(other, current, later))
        ? Fix.NONE
        : Fix.CHECKED;
  }

  /// Whether a cause holds as before: as sure, and of no fewer targets.
  private static boolean stands(Verdict verdict, Verdict.Cause before) {
    return verdict instanceof Verdict.Cause after
        && after.confidence().compareTo(before.confidence()) <= 0
        && (before.targets().isEmpty()
            ? after.component().equals(before.component())
            : new HashSet<>(after.targets()).containsAll(before.targets()));
  }

  /// Whether a check finds after the repair what it did not find before, more than possibly. What
  /// was proven of all targets cannot become more.
  private boolean isNew(Check check, Case current, Case later) {
    Verdict before = examine(check, current);
    return !isProvenOfAll(before, current)
        && Weighing.examine(check, later) instanceof Verdict.Cause found
        && found.confidence() != Confidence.POSSIBLE
        && !stands(before, found);
  }

  private static boolean isProvenOfAll(Verdict verdict, Case current) {
    return verdict instanceof Verdict.Cause cause
        && cause.confidence() == Confidence.PROVEN
        && !cause.targets().isEmpty()
        && cause.targets().size() == current.targets().all().size();
  }

  /// As it is once the repaired targets pass their checks: what was seen of them before, and what
  /// was counted, is over. What may be wrong with them besides is no harm that the repair does.
  private static Facts noticed(Facts after, List<RegisteredTarget> repaired) {
    Set<String> labels = repaired.stream().map(RegisteredTarget::label).collect(Collectors.toSet());
    Known<List<ProbeResult>> probes =
        after
            .evidence()
            .probes()
            .map(all -> all.stream().filter(one -> !labels.contains(one.target())).toList());
    return after
        .withLoad(PAST)
        .withProbes(probes)
        .mapTargetGroups(
            group ->
                group.withTargets(
                    group
                        .targets()
                        .map(all -> all.stream().map(target -> noticed(target, labels)).toList())));
  }

  private static Target noticed(Target target, Set<String> repaired) {
    return repaired.contains(target.label()) && target.health().isKnown()
        ? target.withHealth(Known.of(TargetHealth.healthy(null)))
        : target;
  }
}
