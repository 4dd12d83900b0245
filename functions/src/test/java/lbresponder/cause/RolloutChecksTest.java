package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationFleet.deployment;
import static lbresponder.testing.SituationFleet.service;
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
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is under way, and since when, is in `RolloutsTest`.
class RolloutChecksTest {
  private static Situation services(Situation situation, Service... services) {
    return situation.fleet(fleet -> fleet.withServices(Known.of(List.of(services))));
  }

  private static Situation rollingOut(Situation situation) {
    return services(situation, service(3, 0, List.of(deployment("app:2", true, 0))));
  }

  private static Situation servicesUnread(Situation situation) {
    return situation.fleet(fleet -> fleet.withServices(Known.unknown(UNREAD)));
  }

  private static Situation groupUnread(Situation situation) {
    return situation.group(
        SituationWiring.group("other").withTargets(Known.unknown("others not read")));
  }

  @ParameterizedTest
  @MethodSource
  void rolloutInProgress(SituationRow row) {
    row.holdsFor(new RolloutInProgress());
  }

  static List<SituationRow> rolloutInProgress() {
    return List.of(
        row(UNKNOWN, "whether one joins or leaves is not known", s -> s.healthUnread("i-1"))
            .saying(UNREAD),
        row(RULED_OUT, "nothing joins or leaves", s -> s)
            .saying("no target joins or leaves, and nothing replaces them"),
        row(POSSIBLE, "a target joins", s -> s.inState(State.INITIAL, "i-1"))
            .saying("tg\n1 target joining\n[i-1:8080]"),
        row(
                POSSIBLE,
                "some join and some leave",
                s -> s.inState(State.INITIAL, "i-1", "i-2").inState(State.DRAINING, "i-3"))
            .saying("2 targets joining, 1 target leaving"),
        row(
                POSSIBLE,
                "one leaves in each of two groups",
                s ->
                    s.group(SituationWiring.group("other", SituationWiring.target("i-9")))
                        .inState(State.DRAINING, "i-1", "i-9"))
            .saying("tg\n2 targets leaving"),
        row(POSSIBLE, "a service rolls out, and no target turns", s -> rollingOut(s))
            .saying("web\napp rolls out app:2", "[]"),
        row(
                LIKELY,
                "a service rolls out, a target leaves, and the others are healthy",
                s -> rollingOut(s).inState(State.DRAINING, "i-1"))
            .saying("app rolls out app:2", "1 target leaving"),
        row(
            LIKELY,
            "all targets turn",
            s -> rollingOut(s).inState(State.DRAINING, "i-1", "i-2").inState(State.INITIAL, "i-3")),
        row(
            POSSIBLE,
            "so, and one fails",
            s -> rollingOut(s).inState(State.DRAINING, "i-1").failing(Reason.TIMED_OUT, "i-2")),
        row(
            POSSIBLE,
            "so, and of one health is not known",
            s -> rollingOut(s).inState(State.DRAINING, "i-1").healthUnread("i-2")),
        row(
            POSSIBLE,
            "so, and some targets could not be read",
            s -> groupUnread(rollingOut(s).inState(State.DRAINING, "i-1"))),
        row(UNKNOWN, "some targets could not be read", s -> groupUnread(s))
            .saying("others not read"),
        row(UNKNOWN, "services could not be read", s -> servicesUnread(s)).saying(UNREAD),
        row(
            POSSIBLE,
            "services could not be read, and a target joins",
            s -> servicesUnread(s).inState(State.INITIAL, "i-1")));
  }

  /// The machine of a draining target stopped in minute 5.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # errors began in minute | answer
          7                        | LIKELY
          8                        | POSSIBLE
          3                        | LIKELY
          2                        | RULED_OUT
          5                        | LIKELY
          """)
  void errorsWithinTwoMinutesOfTheStopAreOfIt(int errors, Answer answer) {
    row(answer, "", s -> drainingAndStopped(s).load(load -> load.errorsFrom(errors)))
        .holdsFor(new StopsBeforeDrained());
  }

  private static Situation drainingAndStopped(Situation situation) {
    return situation.inState(State.DRAINING, "i-1").machine("i-1", SituationFleet.stopped(5));
  }

  private static Situation inTime(Situation situation) {
    return drainingAndStopped(situation).load(load -> load.errorsFrom(5));
  }

  @ParameterizedTest
  @MethodSource
  void stopsBeforeDrained(SituationRow row) {
    row.holdsFor(new StopsBeforeDrained());
  }

  static List<SituationRow> stopsBeforeDrained() {
    return List.of(
        row(RULED_OUT, "none drains", s -> s).saying("no target is being drained"),
        row(UNKNOWN, "whether one drains is not known", s -> s.healthUnread("i-1")).saying(UNREAD),
        row(
            RULED_OUT,
            "none drains, and a machine stopped",
            s -> s.machine("i-1", SituationFleet.stopped(5))),
        row(RULED_OUT, "one drains, and its machine runs", s -> s.inState(State.DRAINING, "i-1"))
            .saying("no draining target is known to have ended"),
        row(LIKELY, "it stopped when errors began", s -> inTime(s))
            .saying(
                "i-1:8080 ended at 2026-01-01T12:05:00Z and is still draining",
                "errors began at 2026-01-01T12:05:00Z\n",
                "tg\n",
                "[i-1:8080]"),
        row(
                POSSIBLE,
                "errors began at another time",
                s -> drainingAndStopped(s).load(load -> load.errorsFrom(14)))
            .saying("errors began at 2026-01-01T12:14:00Z, not when it ended"),
        row(POSSIBLE, "when errors began is not known", s -> drainingAndStopped(s))
            .saying("when errors began is not known"),
        row(POSSIBLE, "another target fails", s -> inTime(s).failing(Reason.TIMED_OUT, "i-2")),
        row(POSSIBLE, "some targets could not be read", s -> groupUnread(inTime(s))),
        row(POSSIBLE, "nobody alarmed", s -> inTime(s).asked()),
        row(
            LIKELY,
            "two drain, and one of them stopped when errors began",
            s ->
                inTime(s)
                    .inState(State.DRAINING, "i-2")
                    .machine("i-2", SituationFleet.stopped(-30))),
        row(
            LIKELY,
            "its task stopped when errors began",
            s -> services(draining(s), service(2, 0, task("i-1", 5)))),
        row(
            RULED_OUT,
            "another task stopped",
            s -> services(draining(s), service(2, 0, task("i-2", 5)))),
        row(
            RULED_OUT,
            "its task stopped more than an hour ago",
            s -> services(draining(s), service(2, 0, task("i-1", -46)))),
        row(
            RULED_OUT,
            "a task of a service that registers elsewhere has its address",
            s -> services(draining(s), elsewhere(service(2, 0, task("i-1", 5))))),
        row(UNKNOWN, "services could not be read", s -> servicesUnread(draining(s))).saying(UNREAD),
        row(
            UNKNOWN,
            "machines could not be read",
            s -> draining(s).fleet(fleet -> fleet.withInstances(Known.unknown(UNREAD)))),
        row(UNKNOWN, "some targets could not be read", s -> groupUnread(s)));
  }

  private static Situation draining(Situation situation) {
    return situation.inState(State.DRAINING, "i-1").load(load -> load.errorsFrom(5));
  }

  private static StoppedTask task(String address, double stopped) {
    return new StoppedTask(
        "task-1", address, "app:1", Ending.STOPPED, "", List.of(), null, null, minute(stopped));
  }

  private static Service elsewhere(Service service) {
    return new Service(
        service.id(),
        service.name(),
        service.cluster(),
        3,
        2,
        0,
        0,
        List.of("other"),
        service.deployments(),
        service.stopped());
  }
}
