package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import org.junit.jupiter.api.Test;

/// The alarm looked at the datapoints from 17:00 on; the time is 17:03.
class OnsetTest {
  private static final Instant ALARMED = Instant.parse("2026-01-02T17:00:00Z");

  @Test
  void troubleOlderThanTheAlarmBeganBefore() {
    Times times = since(Measure.CONNECTION_ERRORS, 0, 0, 40, 42, 38, 41, 40);
    assertThat(times.incident().from()).isEqualTo(ALARMED.minusSeconds(180));
    assertThat(times.baseline())
        .isEqualTo(new Window(ALARMED.minusSeconds(65 * 60), ALARMED.minusSeconds(8 * 60)));
  }

  @Test
  void fewErrorsThatAreAlwaysThereAreNotItsBeginning() {
    Times times = since(Measure.CONNECTION_ERRORS, 3, 2, 4, 3, 2, 400, 420);
    assertThat(times.incident().from()).isEqualTo(ALARMED);
    assertThat(times.baseline().to()).isEqualTo(ALARMED.minusSeconds(5 * 60));
  }

  @Test
  void aBreakEndsIt() {
    assertThat(since(Measure.CONNECTION_ERRORS, 40, 40, 0, 40, 40).incident().from())
        .isEqualTo(ALARMED);
  }

  @Test
  void whereItIsOlderThanAllThatWasReadNothingIsOrdinary() {
    double[] values = IntStream.range(0, 67).mapToDouble(_ -> 40).toArray();
    Times times = since(Measure.CONNECTION_ERRORS, values);
    assertThat(times.baseline().from()).isEqualTo(times.baseline().to());
    assertThat(times.incident().from()).isEqualTo(ALARMED.minusSeconds(65 * 60));
  }

  @Test
  void fewerHealthyTargetsBeganWhenThereWereNoMore() {
    assertThat(since(Measure.HEALTHY_TARGETS, 3, 3, 1, 2, 2, 2, 1).incident().from())
        .isEqualTo(ALARMED.minusSeconds(180));
  }

  /// From how many requests on there are too many, the datapoints do not tell.
  @Test
  void demandAndTimeTellNothing() {
    assertThat(since(Measure.REQUESTS, 500, 500, 500, 500, 500).incident().from())
        .isEqualTo(ALARMED);
    assertThat(since(Measure.RESPONSE_TIME, 5, 5, 5, 5, 5).incident().from()).isEqualTo(ALARMED);
  }

  /// @param values by the minute, the last one at 17:01
  private static Times since(Measure measure, double... values) {
    Incident incident = QueriesTest.application(measure, null);
    Times times = Times.of(incident, ALARMED.plusSeconds(180));
    Instant last = ALARMED.plusSeconds(60);
    List<Point> points =
        IntStream.range(0, values.length)
            .mapToObj(i -> new Point(last.minusSeconds(60L * (values.length - 1 - i)), values[i]))
            .filter(point -> point.value() != 0)
            .toList();
    Series series = new Series(measure, "", null, null, "Sum", true, Known.of(points));
    return LoadReader.since(incident, List.of(series), times);
  }
}
