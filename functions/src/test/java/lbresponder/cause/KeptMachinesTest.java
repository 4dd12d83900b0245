package lbresponder.cause;

import static lbresponder.testing.SituationFleet.keptBy;
import static lbresponder.testing.SituationFleet.scalingGroup;
import static lbresponder.testing.SituationFleet.statusCheck;
import static lbresponder.testing.SituationFleet.stopped;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.StatusCheck.State;
import lbresponder.facts.StatusCheck.Subject;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationLoad;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What may be done to a machine depends on who keeps it, and who stopped it.
class KeptMachinesTest {
  private static List<Repair> repairs(Situation situation, Check check) {
    return ((Verdict.Cause) situation.examine(check)).repairs();
  }

  private static Situation stoppedBy(@Nullable Boolean onRequest) {
    return new Situation()
        .failing(Reason.NOT_RUNNING, "i-1")
        .machine("i-1", stopped(1))
        .machine("i-1", machine -> machine.withStoppedOnRequest(onRequest));
  }

  @Test
  void onlyWhatNobodyStoppedIsStarted() {
    assertThat(repairs(stoppedBy(false), new TargetStopped()))
        .containsExactly(new Repair.StartInstances(List.of("i-1")));
    assertThat(repairs(stoppedBy(true), new TargetStopped()))
        .singleElement()
        .isInstanceOf(Repair.Decide.class);
    assertThat(repairs(stoppedBy(null), new TargetStopped()))
        .singleElement()
        .isInstanceOf(Repair.Decide.class);
  }

  @Test
  void whatAScalingGroupKeepsItReplaces() {
    Situation kept = stoppedBy(false).machine("i-1", keptBy("asg"));
    assertThat(repairs(kept, new TargetStopped()))
        .containsExactly(
            new Repair.Decide(
                "Leave i-1 to asg, which replaces it, unless somebody holds it back there."));
  }

  /// A fleet that is scaled up already is not scaled back to what is registered.
  @Test
  void neverFewerThanAreWantedNow() {
    Situation three =
        new Situation()
            .machine("i-1", keptBy("asg"))
            .machine("i-2", keptBy("asg"))
            .machine("i-3", keptBy("asg"))
            .load(SituationLoad::overloaded)
            .fleet(fleet -> fleet.withScalingGroups(Known.of(List.of(scalingGroup(3, 12, 40)))));
    assertThat(repairs(three, new TargetOverloaded()))
        .containsExactly(new Repair.SetCapacity("asg", 18, null));
  }

  @ParameterizedTest
  @CsvSource({"HOST, true", "MACHINE, false"})
  void anImpairedOneIsRestartedOnlyWhereNobodyKeepsIt(Subject subject, boolean elsewhere) {
    Situation impaired =
        new Situation()
            .failing(Reason.TIMED_OUT, "i-1", "i-2")
            .machine("i-2", keptBy("asg"))
            .fleet(
                fleet ->
                    fleet.withStatusChecks(
                        Known.of(
                            List.of(
                                statusCheck("i-1", subject, State.IMPAIRED),
                                statusCheck("i-2", subject, State.IMPAIRED)))));
    assertThat(repairs(impaired, new InstanceImpaired()))
        .containsExactly(
            new Repair.Decide(
                "Decide whether asg is to replace i-2 now: terminate it there, once nobody needs"
                    + " what is on it."),
            new Repair.RestartInstances(List.of("i-1"), elsewhere));
  }
}
