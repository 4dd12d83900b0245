package lbresponder.evidence;

import static lbresponder.testing.Situation.minute;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationWiring;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnsetTest {
  private static final Measure ERRORS = Measure.CONNECTION_ERRORS;

  private static Onset of(Situation situation) {
    return Onset.of(situation.facts());
  }

  /// @param values of the minutes from 60 before the incident's window to its end; `5x3` is three
  ///   minutes of 5
  private static Situation alarm(Measure measure, String values) {
    List<Point> points = new ArrayList<>();
    int at = -60;
    for (String run : values.split(" ", -1)) {
      String[] parts = run.split("x", -1);
      int times = parts.length == 1 ? 1 : Integer.parseInt(parts[1]);
      for (int i = 0; i < times; i++) {
        points.add(new Point(minute(at++), Double.parseDouble(parts[0])));
      }
    }
    return new Situation().alarmOn(measure).load(load -> load.set(measure, null, points));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # measure         | minutes from -60 on     | onset
          CONNECTION_ERRORS | 0x60 0x2 9x5            | 2
          CONNECTION_ERRORS | 0x60 9x5                | 0
          CONNECTION_ERRORS | 0x40 9x35               | -20
          CONNECTION_ERRORS | 0x40 9 0 9x33           | -20
          CONNECTION_ERRORS | 0x40 9 0 0 9x32         | -17
          CONNECTION_ERRORS | 0x7 9x68                | -53
          CONNECTION_ERRORS | 0x5 9x70                |
          CONNECTION_ERRORS | 9x75                    |
          CONNECTION_ERRORS | 5x60 10x15              |
          CONNECTION_ERRORS | 5x60 11x15              | 0
          CONNECTION_ERRORS | 0x30 1x30 10x15         | -30
          CONNECTION_ERRORS | 0x30 1x30 11x15         | 0
          CONNECTION_ERRORS | 0x75                    |
          UNHEALTHY_TARGETS | 1x50 2x25               | -10
          UNHEALTHY_TARGETS | 1x75                    |
          HEALTHY_TARGETS   | 3x50 2x25               | -10
          HEALTHY_TARGETS   | 3x62 0x13               | 2
          HEALTHY_TARGETS   | 3x75                    |
          """)
  void itIsWalkedBackOverTroubleWithoutABreak(
      Measure measure, String values, @Nullable Integer onset) {
    assertThat(of(alarm(measure, values)).at().orElse(null))
        .isEqualTo(onset == null ? null : minute(onset));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # minutes from -60 on | incident from | ordinary time to
          0x62 9x13             | 0             | 0
          0x59 9x16             | -1            | -6
          0x40 9x35             | -20           | -25
          0x15 9x60             | -45           | -50
          0x14 9x61             | -46           | -60
          """)
  void theOrdinaryTimeEndsBeforeTheFirstSigns(String values, int from, int to) {
    Load load = load(alarm(ERRORS, values));
    assertThat(load.incident()).isEqualTo(new Window(minute(from), minute(15)));
    assertThat(load.baseline()).isEqualTo(new Window(minute(-60), minute(to)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # measure         | minutes from -60 on | is the time before ordinary
          CONNECTION_ERRORS | 9x75                | false
          CONNECTION_ERRORS | 0x62 9x13           | true
          CONNECTION_ERRORS | 0x75                | true
          UNHEALTHY_TARGETS | 1x75                | false
          HEALTHY_TARGETS   | 1x75                | false
          REQUESTS          | 9x75                | true
          RESPONSE_TIME     | 9x75                | true
          """)
  void whatGoesOnAllThroughIsOrdinaryWhereTheAlarmWasOk(
      Measure measure, String values, boolean ordinary) {
    Situation situation = alarm(measure, values);
    Window hour = new Window(minute(-60), minute(0));
    assertThat(load(situation).baseline()).isEqualTo(hour);
    assertThat(load(situation.firstEvaluation()).baseline())
        .isEqualTo(ordinary ? hour : new Window(hour.from(), hour.from()));
  }

  private static Load load(Situation situation) {
    return ((Known.Value<Load>) of(situation).load()).value();
  }

  /// Where it reaches back to where reading began, nothing is known to be ordinary.
  @Test
  void whatWasThereFromTheBeginningHasNoOnset() {
    Onset onset = of(alarm(ERRORS, "0x1 9x4 0x1 9x69"));
    assertThat(onset.at()).isEmpty();
  }

  @Test
  void withoutAnAlarmOrItsMetricNothingIsMoved() {
    Situation asked = alarm(ERRORS, "0x40 9x35").asked();
    assertThat(of(asked)).extracting(Onset::at, Onset::load).contains(asked.facts().load());
    assertThat(of(asked).at()).isEmpty();
    Situation unread = alarm(ERRORS, "0x40 9x35").unread(ERRORS);
    assertThat(of(unread).at()).isEmpty();
    assertThat(of(new Situation().load(load -> load.unread())).load().isKnown()).isFalse();
  }

  @Test
  void anExpressionOverSeveralGroupsIsTheirSum() {
    Situation situation =
        new Situation()
            .group(SituationWiring.group("other"))
            .countedOf("tg", ERRORS, 0)
            .load(load -> load.minutes(ERRORS, "other", 0, 0, 7))
            .alarmOnTheSum(ERRORS, "tg", "other");
    assertThat(of(situation).at()).contains(minute(2));
    assertThat(Case.of(situation.facts()).scope().targetGroups())
        .containsExactlyInAnyOrder("tg", "other");
  }

  @Test
  void aMinuteThatWasNotPublishedIsZeroOnlyWhereSilenceMeansThat() {
    Situation latency =
        new Situation()
            .alarmOn(Measure.RESPONSE_TIME)
            .load(load -> load.before(Measure.RESPONSE_TIME, null, 1))
            .load(load -> load.minutes(Measure.RESPONSE_TIME, null, Double.NaN, Double.NaN, 9));
    assertThat(of(latency).at()).contains(minute(2));
  }
}
