package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationProbes.probe;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.target;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The metrics are settled up to minute 15. Requests go on coming.
class AlreadyRecoveredTest {
  private static final AlreadyRecovered CHECK = new AlreadyRecovered();

  private static Situation lastErrorIn(Situation situation, int minute) {
    return situation.load(load -> load.errorsFrom(minute));
  }

  @ParameterizedTest
  @CsvSource({"11, PROVEN", "12, RULED_OUT", "14, RULED_OUT", "0, PROVEN"})
  void threeQuietMinutesMakeItOver(int lastError, Answer answer) {
    row(answer, "", s -> lastErrorIn(s, lastError)).holdsFor(CHECK);
  }

  @ParameterizedTest
  @CsvSource({"12, PROVEN", "11.99, RULED_OUT", "11, RULED_OUT"})
  void onlySettledMinutesAreQuiet(double settled, Answer answer) {
    row(answer, "", s -> lastErrorIn(s, 8).load(load -> load.settledBy(settled))).holdsFor(CHECK);
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void eachTargetIsHealthyOrLeaves(State state) {
    boolean well = state == State.HEALTHY || state == State.DRAINING;
    row(well ? PROVEN : RULED_OUT, "", s -> lastErrorIn(s, 1).inState(state, "i-1"))
        .holdsFor(CHECK);
  }

  /// A prober that speaks for the load balancer goes before health, which may lag behind.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries                 | purpose      | from          | answer
          5 Refused               | TRAFFIC      | LOAD_BALANCER | RULED_OUT
          1 Silent                | TRAFFIC      | LOAD_BALANCER | RULED_OUT
          4 Refused, 1 Connected  | TRAFFIC      | LOAD_BALANCER | PROVEN
          4 Refused, 1 NotDialled | TRAFFIC      | LOAD_BALANCER | PROVEN
          5 NotDialled            | TRAFFIC      | LOAD_BALANCER | PROVEN
          5 Answered 500          | TRAFFIC      | LOAD_BALANCER | PROVEN
          5 Refused               | TRAFFIC      | NETWORK       | PROVEN
          5 Refused               | TRAFFIC      | HERE          | PROVEN
          5 Refused               | HEALTH_CHECK | LOAD_BALANCER | PROVEN
          """)
  void byTries(String tries, Purpose purpose, Vantage from, Answer answer) {
    row(answer, tries, s -> lastErrorIn(s, 1).probe(probe("i-1", purpose, from, tries)))
        .holdsFor(CHECK);
  }

  /// Three targets are healthy now.
  @ParameterizedTest
  @CsvSource({"2, PROVEN", "0, PROVEN", "3, UNKNOWN", "4, UNKNOWN"})
  void fewerHealthyTargetsThanNowAreBad(double healthy, Answer answer) {
    row(
            answer,
            "",
            s ->
                s.alarmOn(Measure.HEALTHY_TARGETS)
                    .load(load -> load.steady(Measure.HEALTHY_TARGETS, null, 3))
                    .load(load -> load.minutes(Measure.HEALTHY_TARGETS, null, healthy, 3, 3)))
        .holdsFor(CHECK);
  }

  @ParameterizedTest
  @MethodSource
  void alreadyRecovered(SituationRow row) {
    row.holdsFor(CHECK);
  }

  static List<SituationRow> alreadyRecovered() {
    return List.of(
        row(RULED_OUT, "nobody alarmed", s -> lastErrorIn(s, 1).asked())
            .saying("no alarm reported trouble"),
        row(RULED_OUT, "a target fails", s -> lastErrorIn(s, 1).failing(Reason.TIMED_OUT, "i-2"))
            .saying("i-2:8080 is unhealthy (TIMED_OUT)"),
        row(UNKNOWN, "health of one is not known", s -> lastErrorIn(s, 1).healthUnread("i-2"))
            .saying("i-2:8080: health unknown (not read)"),
        row(
            RULED_OUT,
            "so, and another fails",
            s -> lastErrorIn(s, 1).healthUnread("i-1").failing(Reason.TIMED_OUT, "i-2")),
        row(
            UNKNOWN,
            "some targets could not be read",
            s ->
                lastErrorIn(s, 1)
                    .group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))),
        row(
                RULED_OUT,
                "a prober in the load balancer's place is refused",
                s -> lastErrorIn(s, 1).probe("i-1", Vantage.LOAD_BALANCER, "5 Refused"))
            .saying("i-1:8080: Refused from where the load balancer stands"),
        row(RULED_OUT, "there is no target", s -> lastErrorIn(s, 1).targets())
            .saying("there is no target that could be well"),
        row(UNKNOWN, "no error is seen, although the alarm fired", s -> s)
            .saying("CONNECTION_ERRORS shows nothing since 2026-01-01T12:00:00Z, although the"),
        row(
            UNKNOWN,
            "there were errors the hour before only",
            s -> s.load(load -> load.before(Measure.CONNECTION_ERRORS, null, 5))),
        row(
                UNKNOWN,
                "the alarm's own metric could not be read",
                s -> s.unread(Measure.CONNECTION_ERRORS))
            .saying("the alarm's own metric"),
        row(UNKNOWN, "no metric could be read", s -> s.load(load -> load.unread())).saying(UNREAD),
        row(RULED_OUT, "errors go on", s -> lastErrorIn(s, 14))
            .saying("CONNECTION_ERRORS was still 1 at 2026-01-01T12:14:00Z"),
        row(
            RULED_OUT,
            "errors stopped, and went on",
            s -> s.load(load -> load.minutes(Measure.CONNECTION_ERRORS, null, errors(1, 13)))),
        row(
            PROVEN,
            "zeros are published since",
            s -> s.load(load -> load.minutes(Measure.CONNECTION_ERRORS, null, errors(1)))),
        row(PROVEN, "errors have stopped, and requests come", s -> lastErrorIn(s, 1))
            .saying(
                "web\nCONNECTION_ERRORS was last 1 at 2026-01-01T12:01:00Z, and has been quiet from"
                    + " then to 2026-01-01T12:15:00Z\nall 3 targets are healthy or leaving\n"
                    + "1300 requests came in that time\n[]"),
        row(PROVEN, "the one target is well", s -> lastErrorIn(s, 1).targets(target("i-1")))
            .saying("the one target is healthy"),
        row(POSSIBLE, "no request came since", s -> withoutRequests(lastErrorIn(s, 1)))
            .saying("leaving\n[]"),
        row(
                PROVEN,
                "one came since",
                s ->
                    lastErrorIn(s, 1)
                        .load(load -> load.minutes(Measure.REQUESTS, null, 0, 0, 0, 0, 1)))
            .saying("1 requests came in that time"),
        row(
            PROVEN,
            "none came, and the alarm is over",
            s -> withoutRequests(lastErrorIn(s, 1)).alarmIsOver()),
        row(
            POSSIBLE,
            "none came, and one of two alarms is over",
            s ->
                withoutRequests(lastErrorIn(s, 1))
                    .alarmIsOver()
                    .alsoAlarmOn(null, null, Measure.LB_5XX)),
        row(
            PROVEN,
            "none came, and silence does not mean zero",
            s ->
                withoutRequests(s)
                    .alarmOn(Measure.HEALTHY_TARGETS)
                    .load(load -> load.minutes(Measure.HEALTHY_TARGETS, null, 2, 2, 3))),
        row(
            POSSIBLE,
            "requests could not be read",
            s -> lastErrorIn(s, 1).unread(Measure.REQUESTS)));
  }

  /// One in each of these minutes, and zero in the others.
  private static double[] errors(int... minutes) {
    double[] values = new double[15];
    for (int minute : minutes) {
      values[minute] = 1;
    }
    return values;
  }

  private static Situation withoutRequests(Situation situation) {
    return situation.load(load -> load.minutes(Measure.REQUESTS, null, 100, 100));
  }
}
