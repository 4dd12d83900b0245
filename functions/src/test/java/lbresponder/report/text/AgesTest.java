package lbresponder.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import lbresponder.facts.Durations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T17:05:30Z");

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT40S, 40 s",
    "PT7M59S, 7 min",
    "PT119M, 119 min",
    "PT2H, 2 h",
    "PT185M, 3 h 5 min",
    "PT47H, 47 h",
    "PT48H, 2 days",
    "P40D, 40 days"
  })
  void howLongIsSaidForPeople(Duration duration, String words) {
    assertThat(Durations.words(duration)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02T17:02:40.989Z, 17:02 UTC (2 min ago)",
    "2026-01-02T17:06:00Z, 17:06 UTC",
    "2026-01-01T23:05:30Z, 2026-01-01 23:05 UTC (18 h ago)",
    "2025-11-23T17:05:30Z, 2025-11-23 17:05 UTC (40 days ago)"
  })
  void aTimeIsSaidBesideNow(Instant instant, String said) {
    assertThat(new Ages(NOW).of(instant)).isEqualTo(said);
  }

  @Test
  void timesWithinASentenceAreSaidSoAndNothingElse() {
    Ages ages = new Ages(NOW);
    assertThat(
            ages.in(
                "3 tasks ended since 2026-01-02T16:57:50Z, arn:aws:2026-01-02T16:57Z $1 \\"
                    + " then to 2026-01-02T17:00:00.5Z."))
        .isEqualTo(
            "3 tasks ended since 16:57 UTC (7 min ago), arn:aws:2026-01-02T16:57Z $1 \\"
                + " then to 17:00 UTC (5 min ago).");
    assertThat(ages.in("no time 2026-13-02T16:57:50Z")).isEqualTo("no time 2026-13-02T16:57:50Z");
  }
}
