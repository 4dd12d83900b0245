package lbresponder.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.TargetHealth.State;

/// Targets are being replaced by new ones. It passes by itself, unless the new ones fail: then that
/// is the cause, and this only when it happened.
final class RolloutInProgress extends Check {
  RolloutInProgress() {
    super(
        "Targets are being replaced",
        "Wait for it to end; if the new targets fail, roll back. Errors in every rollout ask for"
            + " a longer drain, and for new targets to be healthy before old ones leave.",
        Symptom.REFUSED,
        Symptom.TIMEOUT,
        Symptom.RESET,
        Symptom.SILENT,
        Symptom.NO_TARGET,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    List<String> underWay = current.rollouts().underWay();
    List<RegisteredTarget> turning =
        current.targets().all().stream().filter(RolloutInProgress::turns).toList();
    if (underWay.isEmpty() && turning.isEmpty()) {
      return Findings.ofHealth(current.targets())
          .missing(current.rollouts().unread())
          .orRuledOut("no target joins or leaves, and nothing replaces them");
    }
    boolean onlyTurning =
        current.targets().unread().isEmpty()
            && current.targets().all().stream()
                .allMatch(
                    target -> turns(target) || target.takesTraffic() || isOld(target, current));
    List<String> because = new ArrayList<>(underWay);
    if (!turning.isEmpty()) {
      because.add(counted(turning));
    }
    return Verdict.Cause.of(
            !underWay.isEmpty() && !turning.isEmpty() && onlyTurning
                ? Confidence.LIKELY
                : Confidence.POSSIBLE,
            turning.isEmpty() ? current.id().name() : turning.getFirst().group().id(),
            because)
        .about(turning);
  }

  /// Whether it failed before as well, or nobody checks it.
  private static boolean isOld(RegisteredTarget target, Case current) {
    return target.health() instanceof Known.None
        || (target.fails() && !current.trouble().isFresh(target));
  }

  private static boolean turns(RegisteredTarget target) {
    return target.isIn(State.INITIAL) || target.isIn(State.DRAINING);
  }

  private static String counted(List<RegisteredTarget> turning) {
    return Stream.of(
            counted(turning, State.INITIAL, "joining"), counted(turning, State.DRAINING, "leaving"))
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining(", "));
  }

  private static String counted(List<RegisteredTarget> targets, State state, String what) {
    long count = targets.stream().filter(target -> target.isIn(state)).count();
    return count == 0 ? "" : "%s %s".formatted(Phrases.count(count, "target"), what);
  }
}
