package lbresponder.evidence;

import static lbresponder.testing.Situation.NONE;
import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.Situation.minute;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {
  private static final Measure ERRORS = Measure.LB_5XX;

  private static Counts of(Situation situation) {
    return Case.of(situation.facts()).counts();
  }

  @Test
  void aTotalIsTheSumOverTheIncident() {
    Situation situation =
        new Situation()
            .load(load -> load.before(ERRORS, null, 9).minutes(ERRORS, null, 1, 2, 0, 4))
            .countedOf("tg", ERRORS, 3);
    assertThat(of(situation).ofLoadBalancer(ERRORS)).isEqualTo(Known.of(7.0));
    assertThat(of(situation).total(ERRORS, null)).isEqualTo(Known.of(7.0));
    assertThat(of(situation).total(ERRORS, "tg")).isEqualTo(Known.of(3.0));
    assertThat(of(situation).peak(ERRORS, null)).isEqualTo(Known.of(4.0));
    assertThat(of(situation).peak(ERRORS, "tg")).isEqualTo(Known.of(3.0));
  }

  @Test
  void whatIsNotCountedDiffersFromWhatWasNotRead() {
    assertThat(of(new Situation()).ofLoadBalancer(ERRORS)).isEqualTo(Known.of(0.0));
    assertThat(of(new Situation().unread(ERRORS)).ofLoadBalancer(ERRORS))
        .isEqualTo(Known.unknown(UNREAD));
    assertThat(of(new Situation().notCounting(ERRORS)).ofLoadBalancer(ERRORS))
        .isEqualTo(Known.none("this kind of load balancer does not count LB_5XX"));
    assertThat(of(new Situation().load(load -> load.remove(ERRORS))).ofLoadBalancer(ERRORS))
        .isEqualTo(Known.unknown("LB_5XX was not read for this alarm"));
    assertThat(of(new Situation().load(load -> load.unread())).ofLoadBalancer(ERRORS))
        .isEqualTo(Known.unknown(UNREAD));
    assertThat(of(new Situation().load(load -> load.none())).ofLoadBalancer(ERRORS))
        .isEqualTo(Known.none(NONE));
  }

  @Test
  void countsInScopeAreThoseOfTheTargetGroupsInQuestion() {
    Situation situation =
        new Situation()
            .group(SituationWiring.group("other"))
            .counted(ERRORS, 10)
            .countedOf("tg", ERRORS, 3);
    assertThat(of(situation).inScope(ERRORS)).isEqualTo(Known.of(10.0));
    situation.alarmOn("tg", null, ERRORS);
    assertThat(of(situation).inScope(ERRORS)).isEqualTo(Known.of(3.0));
    situation.alsoAlarmOn("other", null, ERRORS);
    assertThat(of(situation).inScope(ERRORS).isKnown()).isFalse();
    situation.countedOf("other", ERRORS, 4);
    assertThat(of(situation).inScope(ERRORS)).isEqualTo(Known.of(7.0));
  }

  @Test
  void theNearestCountIsTheGroupsWhereGroupsAreCounted() {
    Situation situation = new Situation().counted(ERRORS, 10);
    assertThat(of(situation).nearest(ERRORS, "tg")).isEqualTo(Known.of(10.0));
    situation.countedOf("other", Measure.LB_502, 2);
    assertThat(of(situation).nearest(ERRORS, "tg")).isEqualTo(Known.of(10.0));
    situation.countedOf("other", ERRORS, 4);
    assertThat(of(situation).nearest(ERRORS, "tg").isKnown()).isFalse();
    situation.countedOf("tg", ERRORS, 3);
    assertThat(of(situation).nearest(ERRORS, "tg")).isEqualTo(Known.of(3.0));
    assertThat(of(situation).nearestCount(ERRORS, "tg"))
        .isEqualTo(of(situation).count(ERRORS, "tg"));
    assertThat(of(situation).nearestUsual(ERRORS, "tg"))
        .isEqualTo(of(situation).usual(ERRORS, "tg"));
    assertThat(of(new Situation().load(load -> load.unread())).nearest(ERRORS, "tg"))
        .isEqualTo(Known.unknown(UNREAD));
  }

  @Test
  void theFirstCountThatIsKeptDecidesEvenIfItIsZero() {
    Situation situation = new Situation().counted(ERRORS, 10);
    assertThat(of(situation).firstKept(Measure.LB_502, ERRORS)).isEqualTo(Known.of(0.0));
    situation.notCounting(Measure.LB_502);
    assertThat(of(situation).firstKept(Measure.LB_502, ERRORS)).isEqualTo(Known.of(10.0));
    situation.notCounting(ERRORS);
    assertThat(of(situation).firstKept(Measure.LB_502, ERRORS))
        .isEqualTo(Known.none("this kind of load balancer counts none of them"));
  }

  @Test
  void whatCameIsHeldBesideWhatIsUsual() {
    Situation situation =
        new Situation().load(load -> load.before(ERRORS, null, 2).minutes(ERRORS, null, 60));
    assertThat(of(situation).count(ERRORS, null))
        .isEqualTo(Known.of(new Count(60, Known.of(30.0))));
    assertThat(of(situation).usual(ERRORS, null)).isEqualTo(Known.of(2.0));
    assertThat(of(new Situation().unread(ERRORS)).count(ERRORS, null).isKnown()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, false", "1, 0, true", "15, 10, false", "16, 10, false", "17, 10, true",
    "149, 100, false", "150, 100, true", "4, 1, true", "2, 1, false", "3, 1, true"
  })
  void moreThanAnySwingHasRisen(double now, double usual, boolean risen) {
    assertThat(new Count(now, Known.of(usual)).hasRisen()).isEqualTo(Known.of(risen));
  }

  @Test
  void withoutTheUsualNothingIsKnownToHaveRisenAndAllOfItMayBeNew() {
    Count count = new Count(7, Known.unknown("why"));
    assertThat(count.hasRisen()).isEqualTo(Known.unknown("why"));
    assertThat(count.excess()).isEqualTo(7);
    assertThat(new Count(7, Known.of(3.0)).excess()).isEqualTo(4);
    assertThat(new Count(7, Known.of(9.0)).excess()).isZero();
  }

  @Test
  void anAlarmCountsWhatItWatches() {
    Situation situation =
        new Situation()
            .group(SituationWiring.group("other"))
            .countedOf("tg", ERRORS, 3)
            .countedOf("other", ERRORS, 4)
            .counted(ERRORS, 9);
    assertThat(of(situation.alarmOn(ERRORS)).ofAlarm().map(Count::now)).isEqualTo(Known.of(9.0));
    assertThat(of(situation.alarmOn("tg", null, ERRORS)).ofAlarm().map(Count::now))
        .isEqualTo(Known.of(3.0));
    assertThat(of(situation.alarmOn(Measure.UNHEALTHY_TARGETS)).ofAlarm())
        .isEqualTo(Known.none("the alarm counts no errors"));
    assertThat(of(situation.asked()).ofAlarm()).isEqualTo(Known.unknown("no alarm"));
  }

  @Test
  void theAlarmsOwnMetricIsThatOfItsGroupAndZone() {
    Situation situation =
        new Situation()
            .alarmOn("tg", null, ERRORS)
            .countedOf("tg", ERRORS, 1)
            .load(load -> load.minutes(ERRORS, null, 0, 0, 1).ofZone(ERRORS, "a", 3));
    assertThat(of(situation).onset()).contains(minute(0));
    assertThat(of(situation.alarmOn(ERRORS)).onset()).contains(minute(2));
    assertThat(of(situation.alarmOn(null, "a", ERRORS)).onset()).contains(minute(0));
  }

  /// Values of each minute of the hour before and of the incident's first minutes, of which the
  /// window takes those from the second to the fourth.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # before | incident    | growth
          10       | 9 10 10 10  | 1
          10       | 9 20 20 20  | 2
          10       | 9 0 0 30 99 | 1
          10       | 9 0 0 0     | 0
          0        | 9 0 0 0     | 0
          0        | 9 0 0 1     | Infinity
          """)
  void growthComparesTheMeanOfAWindowWithTheHourBefore(
      double before, String incident, double growth) {
    double[] values =
        Arrays.stream(incident.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    Situation situation =
        new Situation()
            .load(load -> load.before(ERRORS, null, before).minutes(ERRORS, null, values));
    assertThat(of(situation).growth(ERRORS, null, new Window(minute(1), minute(4))))
        .isEqualTo(Known.of(growth));
    assertThat(of(situation).growth(ERRORS))
        .isEqualTo(of(situation).growth(ERRORS, null, new Window(minute(0), minute(15))));
    assertThat(of(situation).hadAnyBefore(ERRORS, null)).isEqualTo(before > 0);
  }

  @Test
  void aMinuteInWhichNothingWasPublishedIsZeroOnlyWhereSilenceMeansThat() {
    double nothing = Double.NaN;
    Window window = new Window(minute(0), minute(4));
    Situation situation =
        new Situation()
            .load(load -> load.before(ERRORS, null, 1).minutes(ERRORS, null, nothing, 2, 2))
            .load(load -> load.before(Measure.RESPONSE_TIME, null, 1))
            .load(load -> load.minutes(Measure.RESPONSE_TIME, null, nothing, 2, 2));
    assertThat(of(situation).growth(ERRORS, null, window)).isEqualTo(Known.of(1.0));
    assertThat(of(situation).growth(Measure.RESPONSE_TIME, null, window)).isEqualTo(Known.of(2.0));
    assertThat(
            of(situation)
                .growth(Measure.RESPONSE_TIME, null, new Window(minute(9), minute(10)))
                .isKnown())
        .isFalse();
  }

  @Test
  void aMeanIsThatOfAMinute() {
    Situation situation = new Situation().load(load -> load.before(ERRORS, null, 6));
    assertThat(
            situation
                .facts()
                .load()
                .flatMap(
                    load ->
                        of(situation)
                            .series(ERRORS, null, null)
                            .flatMap(series -> Counts.mean(series, load.baseline(), load))))
        .isEqualTo(Known.of(6.0));
  }

  @Test
  void theNameIsTheProvidersWhereItIsKnown() {
    assertThat(of(new Situation()).name(ERRORS, null)).isEqualTo("LB_5XX");
    assertThat(of(new Situation().unread(ERRORS)).hadAnyBefore(ERRORS, null)).isFalse();
  }
}
