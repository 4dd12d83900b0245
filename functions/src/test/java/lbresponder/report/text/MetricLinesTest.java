package lbresponder.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import lbresponder.report.Sparkline;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricLinesTest {
  private static final Instant FROM = Instant.parse("2026-01-02T16:00:00Z");

  /// Ten minutes, a column each; the incident begins in the seventh.
  private static Sparkline metric(@Nullable Double threshold, @Nullable Instant alarmedAt) {
    return new Sparkline(
        "Errors",
        "Sum",
        "▁▁ ▁▁▁▂▇█▇",
        42,
        FROM,
        FROM.plusSeconds(600),
        6,
        60,
        Arrays.asList(0.0, 0.0, null, 0.0, 0.0, 0.0, 6.0, 36.0, 42.0, 37.0),
        threshold,
        alarmedAt);
  }

  @Test
  void theIncidentAndTheAlarmAreMarkedOnTheLine() {
    assertThat(MetricLines.of(metric(10.0, FROM.plusSeconds(8 * 60 + 20)), 80))
        .containsExactly(
            "  Errors (Sum), 16:00 to 16:10 UTC, threshold 10",
            "  0 ▁▁ ▁▁▁▂▇█▇ 42",
            "          ^ ! ^ incident, ! alarm 16:08");
  }

  @Test
  void inOneColumnTheyShareAMark() {
    assertThat(MetricLines.of(metric(0.5, FROM.plusSeconds(6 * 60)), 80))
        .containsExactly(
            "  Errors (Sum), 16:00 to 16:10 UTC, threshold 0.50",
            "  0 ▁▁ ▁▁▁▂▇█▇ 42",
            "          ! incident, alarm 16:06");
  }

  @Test
  void whatIsNotKnownIsNotShown() {
    assertThat(MetricLines.of(metric(null, null), 80))
        .containsExactly(
            "  Errors (Sum), 16:00 to 16:10 UTC", "  0 ▁▁ ▁▁▁▂▇█▇ 42", "          ^ incident");
  }

  @Test
  void fewerColumnsShowTheHighestOfThoseTheyStandFor() {
    Sparkline narrow = metric(10.0, FROM.plusSeconds(8 * 60 + 20)).narrowed(5);
    assertThat(narrow.line()).isEqualTo("▁▁▁▇█");
    assertThat(narrow.values()).containsExactly(0.0, 0.0, 0.0, 36.0, 42.0);
    assertThat(narrow.incidentColumn()).isEqualTo(3);
    assertThat(narrow.alarmColumn()).hasValue(4);
  }
}
