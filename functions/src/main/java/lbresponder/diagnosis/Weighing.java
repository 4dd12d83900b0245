package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import org.jspecify.annotations.Nullable;

/// How causes are weighed against each other.
///
/// A cause leads by confidence, then by the share of the failing targets it explains, then by its
/// place in the runbook. What cannot look like the alarm's symptom cannot be its cause: proven, it
/// is a side finding; otherwise it is ruled out.
public final class Weighing {
  private final Case current;
  private final Impact impact;
  private final Scope scope;
  private final RepairTrial trial;
  private final List<Finding> causes = new ArrayList<>();
  private final List<Finding> aside = new ArrayList<>();
  private final List<Diagnosis.RuledOut> ruledOut = new ArrayList<>();
  private final List<Diagnosis.RuledOut> notApplicable = new ArrayList<>();
  private final List<Diagnosis.Unknown> unknown = new ArrayList<>();

  private Weighing(List<Check> runbook, Case current) {
    this.current = current;
    this.trial = new RepairTrial(runbook);
    this.impact = Impact.of(current);
    this.scope = new Scope(current);
  }

  /// Weighs the facts. Never throws: a check that fails is reported as one that could not tell.
  ///
  /// @param runbook every check, in the order of likelihood
  public static Diagnosis diagnose(List<Check> runbook, Facts facts) {
    Case current = Case.of(facts);
    Weighing weighing = new Weighing(runbook, current);
    Optional<Case> beyond = current.beyond();
    for (Check check : runbook) {
      weighing.add(check);
      beyond.ifPresent(others -> weighing.addBeyond(check, others));
    }
    return weighing.diagnosis();
  }

  private Diagnosis diagnosis() {
    List<Finding> left = new ArrayList<>(explainAway());
    left.sort(
        Comparator.comparing((Finding finding) -> finding.cause().confidence())
            .thenComparingDouble(finding -> -share(finding.cause())));
    return new Diagnosis(current, impact, left, aside, ruledOut, notApplicable, unknown);
  }

  private void add(Check check) {
    switch (examine(check, current)) {
      case Verdict.Cause cause -> add(check, cause);
      case Verdict.RuledOut(String because) -> ruledOut.add(new Diagnosis.RuledOut(check, because));
      case Verdict.NotApplicable(String because) ->
          notApplicable.add(new Diagnosis.RuledOut(check, because));
      case Verdict.Unknown(String missing) -> unknown.add(new Diagnosis.Unknown(check, missing));
    }
  }

  private void add(Check check, Verdict.Cause cause) {
    String objection = objection(check, cause);
    if (objection.isEmpty()) {
      causes.add(trial.finding(check, scope.weigh(cause), current, null));
    } else if (cause.confidence() == Confidence.PROVEN) {
      aside.add(trial.finding(check, cause, current, objection));
    } else {
      ruledOut.add(new Diagnosis.RuledOut(check, objection));
    }
  }

  @SuppressWarnings("CatchingUnchecked") // A check must not take the others' answers with it.
  static Verdict examine(Check check, Case current) {
    try {
      return check.examine(current);
    } catch (RuntimeException failure) {
      return new Verdict.Unknown("check failed: " + failure);
    }
  }

  /// Why a cause cannot be the reason for this alarm; empty: it can.
  private String objection(Check check, Verdict.Cause cause) {
    Set<Symptom> common = EnumSet.noneOf(Symptom.class);
    common.addAll(Objects.requireNonNullElse(cause.symptoms(), check.symptoms()));
    common.retainAll(impact.symptoms());
    return common.isEmpty()
        ? "it cannot be why "
            + impact.symptoms().stream()
                .sorted()
                .map(Symptom::sentence)
                .collect(Collectors.joining(", or "))
        : scope.objection(cause.targets());
  }

  /// Proven faults in target groups that the alarm is not about.
  private void addBeyond(Check check, Case others) {
    if (!(examine(check, others) instanceof Verdict.Cause cause)
        || cause.confidence() != Confidence.PROVEN) {
      return;
    }
    Set<String> there =
        others.facts().targetGroups().stream().map(group -> group.id()).collect(Collectors.toSet());
    if (!cause.targets().isEmpty() || there.contains(cause.component())) {
      aside.add(
          trial.finding(check, cause, others, "it is in a target group the alarm is not about"));
    }
  }

  /// What merely fits is not raised for a target whose failure is already proven to come from
  /// elsewhere.
  private List<Finding> explainAway() {
    Set<RegisteredTarget> explained = new HashSet<>();
    List<String> by = new ArrayList<>();
    for (Finding finding : causes) {
      if (finding.cause().confidence() == Confidence.PROVEN) {
        explained.addAll(finding.cause().targets());
        by.add(finding.check().id());
      }
    }
    List<Finding> left = new ArrayList<>();
    for (Finding finding : causes) {
      @Nullable Finding reduced = withoutExplained(finding, explained);
      if (reduced == null) {
        ruledOut.add(
            new Diagnosis.RuledOut(
                finding.check(), "its targets are explained by " + String.join(", ", by)));
      } else {
        left.add(reduced);
      }
    }
    return left;
  }

  /// Null where nothing is left of it.
  private static @Nullable Finding withoutExplained(
      Finding finding, Set<RegisteredTarget> explained) {
    Verdict.Cause cause = finding.cause();
    List<RegisteredTarget> open =
        cause.targets().stream().filter(target -> !explained.contains(target)).toList();
    if (cause.confidence() != Confidence.POSSIBLE || open.size() == cause.targets().size()) {
      return finding;
    }
    return open.isEmpty()
        ? null
        : new Finding(finding.check(), cause.about(open), finding.fix(), null);
  }

  /// Of the failing targets; 1 where it is not about single targets.
  private double share(Verdict.Cause cause) {
    if (cause.targets().isEmpty() || impact.failing().isEmpty()) {
      return 1;
    }
    Set<RegisteredTarget> explained = new HashSet<>(cause.targets());
    explained.retainAll(new HashSet<>(impact.failing()));
    return (double) explained.size() / impact.failing().size();
  }
}
