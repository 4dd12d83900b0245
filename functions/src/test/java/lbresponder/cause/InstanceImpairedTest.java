package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Since when and with which symptoms is in `MachineChecksTest`.
class InstanceImpairedTest {
  @ParameterizedTest
  @MethodSource
  void instanceImpaired(SituationRow row) {
    row.holdsFor(new InstanceImpaired());
  }

  static List<SituationRow> instanceImpaired() {
    return List.of(
        row(RULED_OUT, "none fails", s -> s).saying("no target fails without an answer"),
        row(
                RULED_OUT,
                "one fails, and its checks pass",
                s ->
                    MachineChecksTest.checks(
                        s.failing(Reason.TIMED_OUT, "i-1"),
                        SituationFleet.statusCheck("i-1", Subject.HOST, StatusCheck.State.OK)))
            .saying("every failing instance that runs passes its status checks"),
        row(
            RULED_OUT,
            "another's are impaired",
            s ->
                MachineChecksTest.checks(
                    s.failing(Reason.TIMED_OUT, "i-1"),
                    SituationFleet.statusCheck("i-1", Subject.HOST, StatusCheck.State.OK),
                    MachineChecksTest.impaired("i-2", Subject.HOST))),
        row(
                PROVEN,
                "its machine is impaired",
                s ->
                    MachineChecksTest.checks(
                        s.failing(Reason.TIMED_OUT, "i-1"),
                        MachineChecksTest.impaired("i-1", Subject.MACHINE)))
            .saying("i-1: the instance status check is impaired\n[i-1:8080]"),
        row(
                PROVEN,
                "what it stands on is",
                s ->
                    MachineChecksTest.checks(
                        s.failing(Reason.TIMED_OUT, "i-1"),
                        MachineChecksTest.impaired("i-1", Subject.HOST)))
            .saying("i-1: the system status check is impaired"),
        row(
                PROVEN,
                "its machine's own check passes",
                s ->
                    MachineChecksTest.checks(
                        s.failing(Reason.TIMED_OUT, "i-1", "i-2"),
                        MachineChecksTest.impaired("i-1", Subject.HOST),
                        SituationFleet.statusCheck("i-1", Subject.MACHINE, StatusCheck.State.OK),
                        MachineChecksTest.impaired("i-2", Subject.HOST)))
            .saying(
                "i-1\ni-1: the system status check is impaired\n"
                    + "i-2: the system status check is impaired\n["),
        row(
            POSSIBLE,
            "its health is not known",
            s ->
                MachineChecksTest.checks(
                    s.healthUnread("i-1"), MachineChecksTest.impaired("i-1", Subject.HOST))),
        row(
            POSSIBLE,
            "the health of one of two is not known",
            s ->
                MachineChecksTest.checks(
                    s.healthUnread("i-1").failing(Reason.TIMED_OUT, "i-2"),
                    MachineChecksTest.impaired("i-1", Subject.HOST),
                    MachineChecksTest.impaired("i-2", Subject.HOST))),
        row(
                UNKNOWN,
                "checks could not be read",
                s ->
                    s.failing(Reason.TIMED_OUT, "i-1")
                        .fleet(fleet -> fleet.withStatusChecks(Known.unknown(UNREAD))))
            .saying(UNREAD));
  }

  @Test
  void aMachineOnABrokenHostIsMovedAndOneThatIsBrokenItselfIsRebooted() {
    Situation situation =
        MachineChecksTest.checks(
            new Situation().failing(Reason.TIMED_OUT, "i-1", "i-2"),
            MachineChecksTest.impaired("i-1", Subject.HOST),
            MachineChecksTest.impaired("i-1", Subject.MACHINE),
            MachineChecksTest.impaired("i-2", Subject.MACHINE),
            MachineChecksTest.impaired("i-3", Subject.HOST));
    assertThat(MachineChecksTest.cause(situation, new InstanceImpaired()).repairs())
        .containsExactly(
            new Repair.RestartInstances(List.of("i-1"), true),
            new Repair.RestartInstances(List.of("i-2"), false));
    assertThat(
            MachineChecksTest.cause(
                    MachineChecksTest.checks(
                        new Situation().failing(Reason.TIMED_OUT, "i-1"),
                        MachineChecksTest.impaired("i-1", Subject.MACHINE)),
                    new InstanceImpaired())
                .repairs())
        .containsExactly(new Repair.RestartInstances(List.of("i-1"), false));
    assertThat(
            MachineChecksTest.cause(
                    MachineChecksTest.checks(
                        new Situation().failing(Reason.TIMED_OUT, "i-1"),
                        MachineChecksTest.impaired("i-1", Subject.HOST)),
                    new InstanceImpaired())
                .repairs())
        .containsExactly(new Repair.RestartInstances(List.of("i-1"), true));
  }

  @Test
  void sinceWhenItIsImpairedIsSaidAndOneThatIsSinceLatelyIsEnough() {
    Situation situation =
        MachineChecksTest.checks(
            new Situation().failing(Reason.TIMED_OUT, "i-1"),
            new StatusCheck("i-1", Subject.HOST, StatusCheck.State.IMPAIRED, minute(-600)),
            MachineChecksTest.impaired("i-1", Subject.MACHINE));
    assertThat(SituationRow.reasons(situation.examine(new InstanceImpaired())))
        .contains(" since 2026-01-01T02:00:00Z");
    assertThat(MachineChecksTest.symptoms(situation, new InstanceImpaired())).isNotEmpty();
  }
}
