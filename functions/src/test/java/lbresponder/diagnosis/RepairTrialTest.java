package lbresponder.diagnosis;

import static lbresponder.diagnosis.Confidence.LIKELY;
import static lbresponder.diagnosis.Confidence.POSSIBLE;
import static lbresponder.diagnosis.Confidence.PROVEN;
import static lbresponder.diagnosis.SayingCheck.cause;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Diagnosis.Fix;
import lbresponder.evidence.Case;
import lbresponder.facts.Instance;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import org.junit.jupiter.api.Test;

/// Machine `i-1` is stopped, and every check here offers to start it.
class RepairTrialTest {
  private static final Repair START = new Repair.StartInstances(List.of("i-1"));
  private static final Repair RESTART = new Repair.RestartInstances(List.of("i-2"), true);

  private static Situation stopped() {
    return new Situation()
        .machine("i-1", SituationFleet.stopped(1))
        .failing(Reason.NOT_RUNNING, "i-1");
  }

  private static boolean isRepaired(Case current) {
    return current.directory().known("i-1").orElseThrow().state() == Instance.State.RUNNING;
  }

  /// What becomes of a cause's repairs, by what the check says once they are made.
  private static Finding tried(Verdict.Cause before, Function<Case, Verdict> after) {
    SayingCheck check =
        new SayingCheck(
            current -> isRepaired(current) ? after.apply(current) : before, Symptom.values());
    return Weighing.diagnose(List.of(check), stopped().facts()).causes().getFirst();
  }

  private static Verdict.Cause before(Confidence confidence, String... ids) {
    return cause(Case.of(new Situation().facts()), confidence, "i-1", ids).repairedBy(START);
  }

  @Test
  void whatEndsTheCauseIsOffered() {
    Finding finding = tried(before(PROVEN), _ -> new Verdict.RuledOut("it runs"));
    assertThat(finding.fix()).isEqualTo(Fix.CHECKED);
    assertThat(finding.cause().repairs()).containsExactly(START);
    assertThat(tried(before(PROVEN), _ -> new Verdict.Unknown("not read")).fix())
        .isEqualTo(Fix.CHECKED);
  }

  @Test
  void whatLeavesTheCauseStandingIsNotOffered() {
    Finding finding = tried(before(LIKELY), current -> cause(current, LIKELY, "i-1"));
    assertThat(finding.fix()).isEqualTo(Fix.NONE);
    assertThat(finding.cause().repairs()).isEmpty();
    assertThat(tried(before(LIKELY), current -> cause(current, PROVEN, "i-1")).fix())
        .isEqualTo(Fix.NONE);
    assertThat(tried(before(LIKELY), current -> cause(current, POSSIBLE, "i-1")).fix())
        .isEqualTo(Fix.CHECKED);
    assertThat(tried(before(LIKELY), current -> cause(current, LIKELY, "i-2")).fix())
        .isEqualTo(Fix.CHECKED);
  }

  @Test
  void aCauseAboutTargetsStandsWhileItIsAboutAllOfThem() {
    assertThat(tried(before(LIKELY, "i-1", "i-2"), after("i-1", "i-2")).fix()).isEqualTo(Fix.NONE);
    assertThat(tried(before(LIKELY, "i-1", "i-2"), after("i-1", "i-2", "i-3")).fix())
        .isEqualTo(Fix.NONE);
    assertThat(tried(before(LIKELY, "i-1", "i-2"), after("i-2")).fix()).isEqualTo(Fix.CHECKED);
    assertThat(tried(before(LIKELY, "i-1"), after()).fix()).isEqualTo(Fix.CHECKED);
  }

  private static Function<Case, Verdict> after(String... ids) {
    return current -> cause(current, LIKELY, "another name", ids);
  }

  @Test
  void whatTheModelCannotTellIsOfferedUnchecked() {
    Verdict.Cause restarted = before(PROVEN).repairedBy(START, RESTART);
    Finding finding = tried(restarted, current -> cause(current, PROVEN, "i-1"));
    assertThat(finding.fix()).isEqualTo(Fix.NOT_CHECKED);
    assertThat(finding.cause().repairs()).containsExactly(START, RESTART);
  }

  @Test
  void withoutARepairThereIsNothingToTry() {
    Verdict.Cause cause = before(PROVEN).repairedBy();
    assertThat(tried(cause, _ -> new Verdict.RuledOut("")).fix()).isEqualTo(Fix.NONE);
  }

  @Test
  void sideFindingsAreTriedToo() {
    SayingCheck check =
        new SayingCheck(
            current -> isRepaired(current) ? new Verdict.RuledOut("it runs") : before(PROVEN),
            Symptom.PORTS);
    assertThat(Weighing.diagnose(List.of(check), stopped().facts()).sideFindings())
        .extracting(Finding::fix)
        .containsExactly(Fix.CHECKED);
  }
}
