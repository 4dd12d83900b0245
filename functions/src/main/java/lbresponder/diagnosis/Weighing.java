package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
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

/// How causes are weighed against each other.
///
/// What explains the larger part of the alarm leads, unless it merely fits; then confidence counts,
/// then the share of the alarm, then the place in the runbook. A fault that cannot look like the
/// alarm's symptom, was there before, or explains the smaller part of what is explained at all,
/// stands beside. None of that refutes it: what merely fits is left open then.
public final class Weighing {
  /// Less than this part of the alarm is no part of what several faults explain together.
  private static final double NOTEWORTHY = 0.1;

  /// What explains less leaves the larger part without a reason.
  private static final double MOST = 0.5;

  private record Linked(Check check, Verdict.Cause cause, Link link) {
    boolean isSure() {
      return cause.confidence() != Confidence.POSSIBLE;
    }

    boolean isProven() {
      return cause.confidence() == Confidence.PROVEN;
    }
  }

  /// @param objection why it cannot be the reason for the alarm; empty: it can
  private record Fault(Check check, Verdict.Cause cause, String objection) {}

  private final Case current;
  private final Impact impact;
  private final Scope scope;
  private final RepairTrial trial;
  private final List<Fault> faults = new ArrayList<>();
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
    List<Linked> linked = linked();
    boolean explained = explained(linked) >= MOST;
    boolean newer = linked.stream().anyMatch(Weighing::isNew);
    List<Linked> leading = new ArrayList<>();
    for (Linked one : linked) {
      if (one.link.isOlder() || isTooLittle(one, explained)) {
        setAside(one, one.link.words());
      } else if (newer && one.link.mayBeOlder()) {
        setAside(one, Link.AS_MANY);
      } else {
        leading.add(one);
      }
    }
    if (leading.stream().anyMatch(Weighing::provesMost)) {
      leading.replaceAll(Weighing::besides);
    }
    leading.sort(
        Comparator.comparing((Linked one) -> !one.isSure())
            .thenComparing(one -> one.isSure() && one.link.isMinority())
            .thenComparing(one -> one.cause.confidence())
            .thenComparing(one -> !one.check.isSpecific())
            .thenComparingDouble(one -> -one.link.ratio()));
    List<Finding> causes =
        withoutExplained(leading).stream()
            .map(one -> trial.finding(one.check, one.cause, current, null).with(one.link))
            .toList();
    return new Diagnosis(current, impact, causes, aside, ruledOut, notApplicable, unknown);
  }

  private static boolean provesMost(Linked one) {
    return one.isProven() && one.check.isSpecific() && !one.link.isMinority();
  }

  /// Beside a proven fault that explains the most, what only came at the same time is no more than
  /// possible.
  private static Linked besides(Linked one) {
    boolean counted = one.cause.errors() != null;
    boolean vague = one.link.explains() == null && one.cause.targets().isEmpty();
    return one.isProven() || !(counted || vague)
        ? one
        : new Linked(one.check, one.cause.atMost(Confidence.POSSIBLE), one.link);
  }

  /// Those that can be the reason. What fails for another reason than the alarm's is none of what
  /// is to be explained.
  private List<Linked> linked() {
    Set<RegisteredTarget> otherwise = new HashSet<>();
    for (Fault fault : faults) {
      if (!fault.objection.isEmpty() && fault.cause.confidence() == Confidence.PROVEN) {
        otherwise.addAll(fault.cause.targets());
      }
    }
    Linking linking = new Linking(current, otherwise);
    List<Linked> linked = new ArrayList<>();
    for (Fault fault : faults) {
      Link link = linking.of(symptoms(fault.check, fault.cause), fault.cause);
      Linked one = new Linked(fault.check, fault.cause, link);
      if (fault.objection.isEmpty()) {
        linked.add(one);
      } else {
        setAside(one, fault.objection);
      }
    }
    return linked;
  }

  /// How much of the alarm is explained at all by what began with it.
  private static double explained(List<Linked> linked) {
    return linked.stream()
        .filter(one -> one.isSure() && !one.link.isOlder())
        .mapToDouble(one -> one.link.ratio())
        .sum();
  }

  /// Whether it explains the alarm, and nothing says that it may have been there before.
  private static boolean isNew(Linked one) {
    return one.isSure() && !one.link.isOlder() && !one.link.mayBeOlder() && !one.link.isMinority();
  }

  /// Faults that explain the alarm together are causes, each with its part.
  private static boolean isTooLittle(Linked one, boolean explained) {
    return one.isSure() && one.link.isMinority() && (!explained || one.link.ratio() < NOTEWORTHY);
  }

  private void add(Check check) {
    switch (trial.examine(check, current)) {
      case Verdict.Cause cause -> add(check, cause);
      case Verdict.RuledOut(String because) -> ruledOut.add(new Diagnosis.RuledOut(check, because));
      case Verdict.NotApplicable(String because) ->
          notApplicable.add(new Diagnosis.RuledOut(check, because));
      case Verdict.Unknown(String missing) -> unknown.add(new Diagnosis.Unknown(check, missing));
    }
  }

  private void add(Check check, Verdict.Cause cause) {
    String objection = objection(check, cause);
    faults.add(new Fault(check, objection.isEmpty() ? scope.weigh(cause) : cause, objection));
  }

  /// A fault that is there stands beside the cause. Whether what merely fits is there stays open.
  private void setAside(Linked one, String why) {
    if (one.isSure()) {
      aside.add(trial.finding(one.check, one.cause, current, why).with(one.link));
    } else {
      unknown.add(
          new Diagnosis.Unknown(
              one.check, "%s; %s".formatted(one.cause.because().getFirst(), why)));
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
    String objection = impact.objection(symptoms(check, cause));
    return objection.isEmpty() ? scope.objection(cause.targets()) : objection;
  }

  /// Where all targets fail their checks, a load balancer that does not fail open has nowhere to
  /// send.
  private Set<Symptom> symptoms(Check check, Verdict.Cause cause) {
    Set<Symptom> symptoms =
        new HashSet<>(Objects.requireNonNullElse(cause.symptoms(), check.symptoms()));
    if (symptoms.contains(Symptom.UNHEALTHY)
        && !cause.targets().isEmpty()
        && !current.traits().failsOpen()
        && !current.serving().remainsWithout(cause.targets())) {
      symptoms.addAll(Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW));
    }
    return symptoms;
  }

  /// Proven faults in target groups that the alarm is not about.
  private void addBeyond(Check check, Case others) {
    if (!(trial.examine(check, others) instanceof Verdict.Cause cause)
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
  private List<Linked> withoutExplained(List<Linked> leading) {
    Set<RegisteredTarget> explained = new HashSet<>();
    List<String> by = new ArrayList<>();
    for (Linked one : leading) {
      if (one.isProven() && one.check.isSpecific()) {
        explained.addAll(one.cause.targets());
        by.add(one.check.id());
      }
    }
    List<Linked> left = new ArrayList<>();
    for (Linked one : leading) {
      List<RegisteredTarget> open =
          one.cause.targets().stream().filter(target -> !explained.contains(target)).toList();
      if (one.isSure() || open.size() == one.cause.targets().size()) {
        left.add(one);
      } else if (open.isEmpty()) {
        setAside(one, "its targets are explained by " + String.join(", ", by));
      } else {
        left.add(new Linked(one.check, one.cause.about(open), one.link));
      }
    }
    return left;
  }
}
