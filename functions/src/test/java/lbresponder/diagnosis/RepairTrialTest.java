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

  private static Fix beside(SayingCheck other) {
    SayingCheck check =
        new SayingCheck(
            current -> isRepaired(current) ? new Verdict.RuledOut("it runs") : before(PROVEN),
            Symptom.values());
    return Weighing.diagnose(List.of(check, other), stopped().facts()).causes().stream()
        .filter(finding -> finding.check().equals(check))
        .map(Finding::fix)
        .findFirst()
        .orElseThrow();
  }

  private static SayingCheck onceRepaired(Confidence confidence) {
    return new SayingCheck(
        current ->
            isRepaired(current)
                ? cause(current, confidence, "other", "i-2")
                : new Verdict.RuledOut("not yet"),
        Symptom.values());
  }

  @Test
  void whatBringsAnotherFaultIsNotOffered() {
    assertThat(beside(onceRepaired(PROVEN))).isEqualTo(Fix.NONE);
    assertThat(beside(onceRepaired(LIKELY))).isEqualTo(Fix.NONE);
    assertThat(beside(onceRepaired(POSSIBLE))).isEqualTo(Fix.CHECKED);
  }

  @Test
  void whatWasThereBeforeIsNoHarm() {
    assertThat(beside(SayingCheck.says(PROVEN, "other", "i-2"))).isEqualTo(Fix.CHECKED);
    SayingCheck less =
        new SayingCheck(
            current -> cause(current, isRepaired(current) ? LIKELY : PROVEN, "other", "i-2"),
            Symptom.values());
    assertThat(beside(less)).isEqualTo(Fix.CHECKED);
  }

  /// What was counted before stays counted: only what happens after can tell.
  @Test
  void whatRestsOnPastCountsAloneIsOfferedUnchecked() {
    SayingCheck counted =
        new SayingCheck(
            current ->
                current.facts().load().isKnown() ? before(PROVEN) : new Verdict.Unknown("counts"),
            Symptom.values());
    Finding finding = Weighing.diagnose(List.of(counted), stopped().facts()).causes().getFirst();
    assertThat(finding.fix()).isEqualTo(Fix.NOT_CHECKED);
    assertThat(finding.cause().repairs()).containsExactly(START);
  }

  @Test
  void twoFindingsDoNotWantDifferentThings() {
    Repair leave =
        new Repair.Deregister(
            "tg",
            List.of(
                stopped()
                    .facts()
                    .targetGroups()
                    .getFirst()
                    .targets()
                    .orElse(List.of())
                    .getFirst()));
    SayingCheck other =
        new SayingCheck(
            current ->
                current.targets().all().size() < 3
                    ? new Verdict.RuledOut("gone")
                    : cause(current, PROVEN, "i-1", "i-1").repairedBy(leave),
            Symptom.values());
    SayingCheck first =
        new SayingCheck(
            current -> isRepaired(current) ? new Verdict.RuledOut("it runs") : before(PROVEN),
            Symptom.values());
    assertThat(Weighing.diagnose(List.of(first, other), stopped().facts()).causes())
        .extracting(Finding::fix)
        .containsExactly(Fix.CHECKED, Fix.NONE);
    assertThat(Weighing.diagnose(List.of(other), stopped().facts()).causes())
        .extracting(Finding::fix)
        .containsExactly(Fix.CHECKED);
  }

  @Test
  void aDecisionStaysWhereTheCommandGoes() {
    Repair decide = new Repair.Decide("Ask.");
    Verdict.Cause both = before(PROVEN).repairedBy(START, decide);
    Finding refused = tried(both, current -> cause(current, PROVEN, "i-1"));
    assertThat(refused.cause().repairs()).containsExactly(decide);
    Finding offered = tried(both, _ -> new Verdict.RuledOut("it runs"));
    assertThat(offered.fix()).isEqualTo(Fix.CHECKED);
    assertThat(offered.cause().repairs()).containsExactly(START, decide);
    Finding alone = tried(before(PROVEN).repairedBy(decide), _ -> new Verdict.RuledOut(""));
    assertThat(alone.fix()).isEqualTo(Fix.NONE);
    assertThat(alone.cause().repairs()).containsExactly(decide);
  }
}
