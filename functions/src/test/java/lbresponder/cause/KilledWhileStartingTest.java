package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationFleet.deployment;
import static lbresponder.testing.SituationFleet.service;
import static lbresponder.testing.SituationFleet.task;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Ending;
import lbresponder.facts.Service.StoppedTask;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Facts were read in minute 15.
class KilledWhileStartingTest {
  /// The check asks twice, every 10 s, and waits 5 s; 60 s more are allowed for.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # age in seconds | grace | tasks | answer
          85               | 0     | 3     | LIKELY
          86               | 0     | 3     | RULED_OUT
          115              | 30    | 3     | LIKELY
          116              | 30    | 3     | RULED_OUT
          1                | 0     | 2     | POSSIBLE
          1                | 0     | 1     | RULED_OUT
          """)
  void killedWhileStarting(int age, int grace, int tasks, Answer answer) {
    StoppedTask[] killed = new StoppedTask[tasks];
    for (int i = 0; i < tasks; i++) {
      killed[i] = killed(14 - i, age);
    }
    row(answer, "", s -> CrashLoopTest.services(s, service(2, grace, killed)))
        .holdsFor(new KilledWhileStarting());
  }

  private static StoppedTask killed(double minute, int age) {
    return task(Ending.FAILED_CHECKS, minute - age / 60.0, minute);
  }

  @ParameterizedTest
  @MethodSource
  void killedWhileStarting(SituationRow row) {
    row.holdsFor(new KilledWhileStarting());
  }

  static List<SituationRow> killedWhileStarting() {
    return List.of(
        row(RULED_OUT, "there is no service", s -> s)
            .saying("no young task was ended for failing the load balancer's check"),
        row(LIKELY, "three young tasks, while others are healthy", s -> killed(s))
            .saying(
                "3 tasks of app failed the load balancer's checks and ended at the age of"
                    + " 60 s, 60 s, 60 s",
                "its grace period is 0 s"),
        row(
            POSSIBLE,
            "no other is healthy",
            s -> killed(s).failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")),
        row(LIKELY, "one other is healthy", s -> killed(s).failing(Reason.TIMED_OUT, "i-1", "i-2"))
            .saying("[i-1:8080, i-2:8080]"),
        row(POSSIBLE, "they answer what does not pass", s -> killed(s).answering(503, "i-1")),
        row(
            POSSIBLE,
            "two definitions are deployed",
            s ->
                CrashLoopTest.services(
                    s,
                    service(
                        2,
                        0,
                        List.of(deployment("app:2", true, 0), deployment("app:1", false, -99)),
                        killed(14, 60),
                        killed(13, 60),
                        killed(12, 60)))),
        row(
            LIKELY,
            "one definition is deployed twice",
            s ->
                CrashLoopTest.services(
                    s,
                    service(
                        2,
                        0,
                        List.of(deployment("app:1", true, 0), deployment("app:1", false, -99)),
                        killed(14, 60),
                        killed(13, 60),
                        killed(12, 60)))),
        row(
            RULED_OUT,
            "they never started",
            s ->
                CrashLoopTest.services(
                    s,
                    service(
                        2,
                        0,
                        task(Ending.FAILED_CHECKS, Double.NaN, 14),
                        task(Ending.FAILED_CHECKS, Double.NaN, 13)))),
        row(
            RULED_OUT,
            "they ended otherwise",
            s ->
                CrashLoopTest.services(
                    s,
                    service(
                        2,
                        0,
                        CrashLoopTest.ended(14),
                        CrashLoopTest.ended(13),
                        task(Ending.STOPPED, 13, 14)))),
        row(
            RULED_OUT,
            "longer ago than an hour",
            s -> CrashLoopTest.services(s, service(2, 0, killed(-45, 60), killed(-46, 60)))),
        row(
            UNKNOWN,
            "services could not be read",
            s -> s.fleet(fleet -> fleet.withServices(Known.unknown(UNREAD)))));
  }

  private static Situation killed(Situation situation) {
    return CrashLoopTest.services(
        situation, service(2, 0, killed(14, 60), killed(13, 60), killed(12, 60)));
  }

  /// Where no target of the service is known two minutes are allowed for, and 60 s more.
  @ParameterizedTest
  @CsvSource({"180, POSSIBLE", "181, RULED_OUT"})
  void withoutTargetsTheCheckIsNotKnown(int age, Answer answer) {
    row(
            answer,
            "",
            s ->
                CrashLoopTest.services(
                    s.targets(), service(2, 0, killed(14, age), killed(13, age), killed(12, age))))
        .holdsFor(new KilledWhileStarting());
  }

  @Test
  void ofSeveralChecksTheSlowestCounts() {
    Service tasks = service(2, 0, killed(14, 185), killed(13, 185), killed(12, 185));
    Service ofBoth =
        new Service(
            "1",
            "app",
            "",
            3,
            2,
            0,
            0,
            List.of("tg", "slow"),
            tasks.deployments(),
            tasks.stopped());
    TargetGroup slow = SituationWiring.group("slow", SituationWiring.target("i-9"));
    row(
            LIKELY,
            "two checks every 60 s",
            s ->
                CrashLoopTest.services(s, ofBoth)
                    .group(slow.withHealthCheck(slow.healthCheck().withIntervalSeconds(60))))
        .holdsFor(new KilledWhileStarting());
  }

  @Test
  void theAgeIsThatAtWhichItsEndWasDecided() {
    StoppedTask slow =
        new StoppedTask(
            "1",
            null,
            "app:1",
            Ending.FAILED_CHECKS,
            "",
            List.of(),
            minute(0),
            minute(1),
            minute(14));
    row(LIKELY, "", s -> CrashLoopTest.services(s, service(2, 0, slow, slow, slow)))
        .saying("ended at the age of 60 s, 60 s, 60 s")
        .holdsFor(new KilledWhileStarting());
  }
}
