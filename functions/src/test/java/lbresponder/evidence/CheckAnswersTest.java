package lbresponder.evidence;

import static lbresponder.testing.SituationProbes.probe;
import static org.assertj.core.api.Assertions.assertThat;

import lbresponder.facts.HealthCheck;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.testing.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckAnswersTest {
  private static RegisteredTarget first() {
    return Case.of(new Situation().facts()).targets().all().getFirst();
  }

  /// The check accepts 200 and waits 5 s.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries                         | passes | server errors | refusals | late
          5 Answered 200                  | true   | false         | false    | false
          5 Answered 200 5000             | true   | false         | false    | false
          5 Answered 200 5001             | false  | false         | false    | true
          4 Answered 500, 1 Answered 200  | true   | false         | false    | false
          5 Answered 199                  | false  | false         | true     | false
          5 Answered 201                  | false  | false         | true     | false
          5 Answered 404                  | false  | false         | true     | false
          5 Answered 499                  | false  | false         | true     | false
          5 Answered 500                  | false  | true          | false    | false
          5 Answered 503 5001             | false  | true          | false    | true
          4 Answered 500, 1 Answered 499  | false  | false         | false    | false
          4 Answered 404, 1 TimedOut      | false  | false         | false    | false
          4 Answered 200 9000, 1 TimedOut | false  | false         | false    | false
          5 Connected                     | false  | false         | false    | false
          """)
  void whatItSaysToTheCheck(
      String tries, boolean passes, boolean serverErrors, boolean refusals, boolean late) {
    ProbeResult probe = probe("i-1", Purpose.HEALTH_CHECK, Vantage.HERE, tries);
    Probes probes = Case.of(new Situation().probe(probe).facts()).probes();
    HealthCheck check = first().group().healthCheck();
    assertThat(CheckAnswers.passes(first(), probes)).isEqualTo(passes);
    assertThat(CheckAnswers.areServerErrors(probe)).isEqualTo(serverErrors);
    assertThat(CheckAnswers.areRefusals(probe, check)).isEqualTo(refusals);
    assertThat(CheckAnswers.areLate(probe, check)).isEqualTo(late);
  }

  @Test
  void theStatusesAreSaidOnceTheLowestFirst() {
    assertThat(
            CheckAnswers.statuses(
                probe(
                    "i-1",
                    Purpose.TRAFFIC,
                    Vantage.HERE,
                    "1 Answered 503, 1 TimedOut, 2 Answered 404, 1 Answered 503")))
        .containsExactly(404, 503);
  }
}
