package lbresponder.evidence;

import static lbresponder.testing.Situation.minute;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import lbresponder.evidence.Overload.Level;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OverloadTest {
  private static Overload in(Situation situation) {
    return Case.of(situation.facts()).overload();
  }

  private static Situation errorsFrom(int minute) {
    return new Situation().load(load -> load.errorsFrom(minute));
  }

  /// Percent of the hour before. Errors begin in the sixth minute.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # demand | response time | overflowed | level
          100      | 100           | 0          | ABSENT
          0        | 100           | 0          | ABSENT
          120      | 100           | 0          | ABSENT
          120      | 149           | 0          | ABSENT
          121      | 100           | 0          | UNKNOWN
          149      | 149           | 0          | UNKNOWN
          120      | 150           | 0          | UNKNOWN
          149      | 150           | 0          | UNKNOWN
          150      | 100           | 0          | POSSIBLE
          150      | 149           | 0          | POSSIBLE
          150      | 150           | 0          | WITNESSED
          200      | 200           | 0          | WITNESSED
          100      | 100           | 1          | POSSIBLE
          149      | 149           | 1          | POSSIBLE
          150      | 100           | 1          | WITNESSED
          100      | 150           | 1          | WITNESSED
          """)
  void twoSignsThatAgreeBeforeTheFirstErrorWitnessIt(
      int demand, int slowness, double overflowed, Level level) {
    Situation situation =
        errorsFrom(5)
            .load(load -> load.during(Measure.REQUESTS, null, demand))
            .load(load -> load.during(Measure.REQUESTS_PER_TARGET, null, 0))
            .load(load -> load.during(Measure.RESPONSE_TIME, null, slowness / 200.0))
            .counted(Measure.QUEUE_OVERFLOW, overflowed);
    assertThat(in(situation).level()).isEqualTo(level);
  }

  /// Requests of each minute of the incident, of which the last counts for the rest; 100 are usual.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # first error in minute | requests                    | level
          5                       | 999 100                     | ABSENT
          5                       | 100 350 100                 | POSSIBLE
          5                       | 100 349 100                 | UNKNOWN
          5                       | 100 100 100 100 100 350 100 | POSSIBLE
          5                       | 100 100 100 100 100 100 999 | ABSENT
          4                       | 350 100                     | POSSIBLE
          4                       | 349 100                     | UNKNOWN
          2                       | 250 100                     | POSSIBLE
          2                       | 249 100                     | UNKNOWN
          0                       | 150 100                     | POSSIBLE
          0                       | 149 100                     | UNKNOWN
          """)
  void demandIsThatOfTheFiveMinutesThatEndWithTheFirstError(
      int first, String requests, Level level) {
    Situation situation =
        errorsFrom(first)
            .load(load -> load.minutes(Measure.REQUESTS, null, filled(requests)))
            .load(load -> load.during(Measure.REQUESTS_PER_TARGET, null, 0));
    assertThat(in(situation).level()).isEqualTo(level);
  }

  private static double[] filled(String requests) {
    double[] values = values(requests);
    double[] all = Arrays.copyOf(values, 15);
    Arrays.fill(all, values.length, 15, values[values.length - 1]);
    return all;
  }

  private static double[] values(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void withoutAFirstErrorItIsNotKnownWhetherDemandRoseBeforeOrAfter() {
    assertThat(in(new Situation().load(load -> load.overloaded().silent(errors(), null))).level())
        .isEqualTo(Level.POSSIBLE);
    assertThat(in(new Situation().asked().load(load -> load.overloaded())).level())
        .isEqualTo(Level.POSSIBLE);
    assertThat(
            in(new Situation()
                    .alarmOn(Measure.HEALTHY_TARGETS)
                    .load(load -> load.overloaded().minutes(Measure.HEALTHY_TARGETS, null, 1)))
                .level())
        .isEqualTo(Level.POSSIBLE);
  }

  private static Measure errors() {
    return Measure.CONNECTION_ERRORS;
  }

  @Test
  void fewerTargetsMakeEachOnesShareLarger() {
    Situation situation =
        errorsFrom(5).load(load -> load.during(Measure.REQUESTS_PER_TARGET, null, 30));
    assertThat(in(situation).level()).isEqualTo(Level.POSSIBLE);
    assertThat(in(situation).signs())
        .containsExactly(
            "each target's share of requests before the first error was 1.5 times the hour before");
    Situation both = situation.load(load -> load.during(Measure.REQUESTS, null, 150));
    assertThat(in(both).signs())
        .containsExactly("demand before the first error was 1.5 times the hour before");
  }

  @Test
  void everySignIsSaid() {
    Situation situation =
        new Situation()
            .load(load -> load.overloaded())
            .counted(Measure.QUEUE_OVERFLOW, 7)
            .probe("i-1", Vantage.LOAD_BALANCER, "1 Connected, 1 TimedOut");
    assertThat(in(situation))
        .isEqualTo(
            new Overload(
                Level.WITNESSED,
                List.of(
                    "demand before the first error was 1.5 times the hour before",
                    "targets answered 1.5 times slower than in the hour before",
                    "7 requests overflowed the queue although targets are in service",
                    "i-1:8080: Connected, TimedOut from where the load balancer stands:"
                        + " some tries pass and some do not"),
                ""));
  }

  @Test
  void whatDecidesIsSaid() {
    assertThat(in(errorsFrom(5)).decides())
        .isEqualTo("demand before the first error was 1 times the hour before");
    Situation more =
        errorsFrom(5)
            .load(load -> load.during(Measure.REQUESTS, null, 130))
            .load(load -> load.unread(Measure.RESPONSE_TIME));
    assertThat(in(more).decides())
        .isEqualTo(
            "whether the targets are at their limit: demand is 1.3 times and response time an"
                + " unknown number of times the hour before");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # takes traffic | probed from   | tries                   | level
          false           | LOAD_BALANCER | 5 TimedOut              | ABSENT
          true            | LOAD_BALANCER | 5 Connected             | ABSENT
          true            | LOAD_BALANCER | 5 TimedOut              | ABSENT
          true            | LOAD_BALANCER | 4 Connected, 1 TimedOut | POSSIBLE
          true            | NETWORK       | 1 Silent, 4 TimedOut    | POSSIBLE
          true            | NETWORK       | 1 Refused, 4 TimedOut   | ABSENT
          true            | HERE          | 1 Connected, 4 TimedOut | ABSENT
          """)
  void anAcceptQueueThatIsFullLetsSomeTriesPassAndDropsOthers(
      boolean takesTraffic, Vantage from, String tries, Level level) {
    Situation situation = errorsFrom(5).probe("i-1", from, tries);
    if (!takesTraffic) {
      situation.failing(Reason.TIMED_OUT, "i-1");
    }
    assertThat(in(situation).level()).isEqualTo(level);
  }

  @Test
  void aQueueThatOverflowsWithoutATargetInServiceIsNoSign() {
    Situation situation = errorsFrom(5).counted(Measure.QUEUE_OVERFLOW, 7);
    assertThat(in(situation).level()).isEqualTo(Level.POSSIBLE);
    situation.failing(Reason.TIMED_OUT, "i-1", "i-2");
    assertThat(in(situation).level()).isEqualTo(Level.POSSIBLE);
    situation.failing(Reason.TIMED_OUT, "i-3");
    assertThat(in(situation).level()).isEqualTo(Level.ABSENT);
  }

  /// An overloaded target answers late or not at all.
  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"TIMED_OUT", "CONNECT_TIMED_OUT", "ANSWER_TIMED_OUT", "REFUSED", "CHECK_FAILED"})
  void aReasonThatIsNoTimeoutSpeaksAgainstItWhereReasonsTellTimeouts(Reason reason) {
    Situation situation =
        new Situation()
            .load(load -> load.overloaded())
            .failing(Reason.TIMED_OUT, "i-1")
            .failing(reason, "i-2");
    assertThat(in(situation).level()).isEqualTo(Level.WITNESSED);
    assertThat(in(situation.tellingTimeouts()).level())
        .isEqualTo(reason.isTimeout() ? Level.WITNESSED : Level.POSSIBLE);
  }

  @Test
  void whereHealthTellsTimeoutsAndCouldNotBeReadSomethingElseMayHaveHappened() {
    Situation situation = new Situation().load(load -> load.overloaded()).healthUnread("i-1");
    assertThat(in(situation).level()).isEqualTo(Level.WITNESSED);
    assertThat(in(situation.tellingTimeouts()).level()).isEqualTo(Level.POSSIBLE);
  }

  private static Situation withoutDemand() {
    return errorsFrom(5).unread(Measure.REQUESTS, Measure.REQUESTS_PER_TARGET);
  }

  @Test
  void metricsThatAreMissingDecideNothing() {
    assertThat(in(new Situation().load(load -> load.unread())))
        .isEqualTo(new Overload(Level.UNKNOWN, List.of(), Situation.UNREAD));
    assertThat(in(new Situation().load(load -> load.none())))
        .isEqualTo(new Overload(Level.UNKNOWN, List.of(), Situation.NONE));
    assertThat(in(withoutDemand()).level()).isEqualTo(Level.UNKNOWN);
    assertThat(in(withoutDemand()).decides()).isEqualTo(Situation.UNREAD);
    assertThat(in(withoutDemand().counted(Measure.QUEUE_OVERFLOW, 1)).level())
        .isEqualTo(Level.POSSIBLE);
    assertThat(
            in(errorsFrom(5).notCounting(Measure.REQUESTS, Measure.REQUESTS_PER_TARGET)).decides())
        .isEqualTo("this kind of load balancer does not count REQUESTS");
  }

  @Test
  void oneOfTheMetricsAloneMayTellThatDemandIsAsUsual() {
    assertThat(in(errorsFrom(5).unread(Measure.QUEUE_OVERFLOW)).level()).isEqualTo(Level.ABSENT);
    Situation fewer =
        errorsFrom(5)
            .load(load -> load.during(Measure.REQUESTS, null, 80))
            .load(load -> load.during(Measure.REQUESTS_PER_TARGET, null, 16));
    assertThat(in(fewer).level()).isEqualTo(Level.ABSENT);
    assertThat(in(fewer.unread(Measure.REQUESTS_PER_TARGET)).level()).isEqualTo(Level.ABSENT);
    Situation share =
        errorsFrom(5)
            .load(load -> load.during(Measure.REQUESTS_PER_TARGET, null, 16))
            .unread(Measure.REQUESTS);
    assertThat(in(share).level()).isEqualTo(Level.ABSENT);
  }

  @Test
  void anHourWithoutDemandIsNothingToCompareWith() {
    Situation first =
        errorsFrom(5)
            .load(load -> load.before(Measure.REQUESTS, null, 0))
            .load(load -> load.remove(Measure.REQUESTS_PER_TARGET));
    assertThat(in(first).level()).isEqualTo(Level.UNKNOWN);
    assertThat(in(first).decides())
        .isEqualTo("REQUESTS was zero in the hour before: nothing to compare with");
    Situation never = first.load(load -> load.silent(Measure.REQUESTS, null));
    assertThat(in(never).level()).isEqualTo(Level.UNKNOWN);
  }

  @Test
  void demandIsThatOfTheTargetGroupInQuestionWhereItIsCounted() {
    Situation situation =
        new Situation()
            .alarmOn("tg", null, Measure.CONNECTION_ERRORS)
            .load(load -> load.minutes(Measure.CONNECTION_ERRORS, "tg", 0, 0, 0, 0, 0, 1));
    assertThat(in(situation).level()).isEqualTo(Level.ABSENT);
    situation.load(load -> load.before(Measure.REQUESTS, "tg", 10));
    situation.load(load -> load.during(Measure.REQUESTS, "tg", 20));
    assertThat(in(situation).level()).isEqualTo(Level.POSSIBLE);
    assertThat(Case.of(situation.facts()).counts().onset()).contains(minute(5));
  }

  @Test
  void ofSeveralGroupsInQuestionTheFirstByIdCounts() {
    Situation situation = new Situation().asked();
    for (String group : List.of("f", "c", "e", "a", "d", "b")) {
      situation
          .alsoAlarmOn(group, null, Measure.CONNECTION_ERRORS)
          .load(load -> load.before(Measure.REQUESTS, group, 10))
          .load(load -> load.during(Measure.REQUESTS, group, group.equals("a") ? 15 : 10));
    }
    assertThat(in(situation).level()).isEqualTo(Level.POSSIBLE);
  }
}
