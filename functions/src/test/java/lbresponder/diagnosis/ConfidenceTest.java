package lbresponder.diagnosis;

import static lbresponder.diagnosis.Confidence.LIKELY;
import static lbresponder.diagnosis.Confidence.POSSIBLE;
import static lbresponder.diagnosis.Confidence.PROVEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationProbes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceTest {
  @Test
  void theLessSureOfTwo() {
    assertThat(PROVEN.atMost(LIKELY)).isEqualTo(LIKELY);
    assertThat(LIKELY.atMost(PROVEN)).isEqualTo(LIKELY);
    assertThat(POSSIBLE.atMost(LIKELY)).isEqualTo(POSSIBLE);
    assertThat(LIKELY.atMost(LIKELY)).isEqualTo(LIKELY);
  }

  /// A probe of which every try ended the same. Targets that are healthy are shown to be well.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # health    | tries | from the load balancer's place | elsewhere in the network | here
          UNHEALTHY   | 5     | PROVEN                         | LIKELY                   | POSSIBLE
          UNHEALTHY   | 4     | POSSIBLE                       | POSSIBLE                 | POSSIBLE
          HEALTHY     | 5     | LIKELY                         | LIKELY                   | POSSIBLE
          HEALTHY     | 4     | POSSIBLE                       | POSSIBLE                 | POSSIBLE
          INITIAL     | 5     | POSSIBLE                       | POSSIBLE                 | POSSIBLE
          UNAVAILABLE | 5     | PROVEN                         | LIKELY                   | POSSIBLE
                      | 5     | POSSIBLE                       | POSSIBLE                 | POSSIBLE
          """)
  void byHealthTriesAndPlace(
      State health, int tries, Confidence inItsPlace, Confidence inNetwork, Confidence here) {
    RegisteredTarget target = target(health);
    assertThat(Confidence.of(target, probe(tries, Vantage.LOAD_BALANCER))).isEqualTo(inItsPlace);
    assertThat(Confidence.of(target, probe(tries, Vantage.NETWORK))).isEqualTo(inNetwork);
    assertThat(Confidence.of(target, probe(tries, Vantage.HERE))).isEqualTo(here);
  }

  @Test
  void twentyRepresentativesSpeakForATargetThatWasTriedOnce() {
    RegisteredTarget target = target(State.UNHEALTHY);
    ProbeResult once = probe(1, Vantage.LOAD_BALANCER);
    ProbeResult often = probe(5, Vantage.LOAD_BALANCER);
    assertThat(Confidence.of(target, once, Collections.nCopies(19, often))).isEqualTo(POSSIBLE);
    assertThat(Confidence.of(target, once, Collections.nCopies(20, often))).isEqualTo(PROVEN);
  }

  private static RegisteredTarget target(State health) {
    Situation situation =
        health == null
            ? new Situation().healthUnread("i-1")
            : new Situation().inState(health, "i-1");
    return Case.of(situation.facts()).targets().all().getFirst();
  }

  private static ProbeResult probe(int tries, Vantage from) {
    return SituationProbes.probe("i-1", Purpose.TRAFFIC, from, tries + " Refused");
  }
}
