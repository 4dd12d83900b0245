package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationFleet.deployment;
import static lbresponder.testing.SituationFleet.service;
import static lbresponder.testing.SituationFleet.task;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Ending;
import lbresponder.facts.Service.StoppedTask;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Facts were read in minute 15.
class CrashLoopTest {
  static Situation services(Situation situation, Service... services) {
    return situation.fleet(fleet -> fleet.withServices(Known.of(List.of(services))));
  }

  static StoppedTask ended(double minute) {
    return task(Ending.BY_ITSELF, minute - 1, minute);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the last ended in minute | tasks | running of 3 | answer
          14                         | 3     | 2            | PROVEN
          14                         | 4     | 0            | PROVEN
          14                         | 2     | 2            | POSSIBLE
          14                         | 1     | 2            | RULED_OUT
          14                         | 3     | 3            | POSSIBLE
          0.1                        | 3     | 2            | PROVEN
          0                          | 3     | 2            | POSSIBLE
          -40                        | 3     | 2            | POSSIBLE
          -50                        | 3     | 2            | RULED_OUT
          """)
  void crashLoop(double last, int tasks, int running, Answer answer) {
    StoppedTask[] ended = new StoppedTask[tasks];
    for (int i = 0; i < tasks; i++) {
      ended[i] = ended(last - i);
    }
    row(answer, "", s -> services(s, service(running, 0, ended))).holdsFor(new CrashLoop());
  }

  @ParameterizedTest
  @MethodSource
  void crashLoop(SituationRow row) {
    row.holdsFor(new CrashLoop());
  }

  static List<SituationRow> crashLoop() {
    return List.of(
        row(RULED_OUT, "there is no service", s -> s)
            .saying("no service's tasks end by themselves"),
        row(
            RULED_OUT,
            "tasks were stopped, or failed checks",
            s ->
                services(
                    s,
                    service(
                        1,
                        0,
                        task(Ending.STOPPED, 1, 14),
                        task(Ending.STOPPED, 1, 13),
                        task(Ending.FAILED_CHECKS, 1, 12),
                        task(Ending.OTHER, 1, 11),
                        ended(10)))),
        row(
            RULED_OUT,
            "one task of each of two services",
            s -> services(s, service(2, 0, ended(14)), service(2, 0, ended(13)))),
        row(
            RULED_OUT,
            "tasks of two definitions",
            s -> services(s, service(2, 0, ended(14), of("app:2", 13)))),
        row(
                PROVEN,
                "one of two services",
                s -> services(s, service(3, 0), service(2, 0, ended(14), ended(13), ended(12))))
            .saying(
                "3 tasks of app:1 ended by themselves since 2026-01-01T12:12:00Z: app: 1",
                "app runs 2 of the 3 tasks it wants"),
        row(
                UNKNOWN,
                "services could not be read",
                s -> s.fleet(fleet -> fleet.withServices(Known.unknown(UNREAD))))
            .saying(UNREAD));
  }

  private static StoppedTask of(String definition, double minute, String... exits) {
    return new StoppedTask(
        "task-1",
        null,
        definition,
        Ending.BY_ITSELF,
        "a reason",
        List.of(exits),
        null,
        null,
        minute(minute));
  }

  @Test
  void theMostCommonExitIsSaidAndTheTargetsThatDoNotTakeTraffic() {
    Verdict verdict =
        services(
                new Situation().failing(Reason.REFUSED, "i-1"),
                service(1, 0, of("app:1", 14, "a: 1"), of("app:1", 13), of("app:1", 12)))
            .examine(new CrashLoop());
    assertThat(SituationRow.reasons(verdict)).contains(": a reason", "[i-1:8080]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # also deployed | of which run | rolled back to
          app:0           | 1            | app:0
          app:0           | 0            |
          app:1           | 1            |
          """)
  void onlyWhatStillRunsIsRolledBackTo(String other, int running, String rolledBackTo) {
    Service service =
        service(
            2,
            0,
            List.of(
                deployment("app:1", true, 0),
                new Service.Deployment("2", other, false, minute(-99), 3, running, 0)),
            ended(14),
            ended(13));
    Verdict.Cause cause =
        (Verdict.Cause) services(new Situation(), service).examine(new CrashLoop());
    assertThat(cause.repairs())
        .isEqualTo(
            rolledBackTo == null
                ? List.of()
                : List.of(new Repair.RollBack("cluster", "app", rolledBackTo)));
  }
}
