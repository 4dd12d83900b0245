package lbresponder.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "1.5, 1.5", "1.25, 1.3", "1.04, 1.0", "-2, -2", "1000000, 1000000"})
  void aNumberHasOneDecimalWhereItHasAny(double value, String text) {
    assertThat(Phrases.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 targets", "1, 1 target", "2, 2 targets"})
  void oneIsSingular(long number, String text) {
    assertThat(Phrases.count(number, "target")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', unhealthy",
    "Code, '', unhealthy (Code)",
    "'', A sentence, unhealthy (A sentence)",
    "Code, A sentence, unhealthy (Code: A sentence)"
  })
  void healthSaysWhyAsFarAsTheProviderDoes(String code, String description, String text) {
    TargetHealth health =
        new TargetHealth(
            State.UNHEALTHY, Reason.OTHER, Port.UNTOLD, code, description, List.of(), null, null);
    assertThat(Phrases.health(SituationWiring.target("i-1").withHealth(Known.of(health))))
        .isEqualTo(text);
  }

  @Test
  void healthThatIsNotKnown() {
    assertThat(Phrases.health(SituationWiring.target("i-1").withHealth(Known.unknown("no"))))
        .isEqualTo("health unknown (no)");
    assertThat(Phrases.health(SituationWiring.target("i-1").withHealth(Known.none("no"))))
        .isEqualTo("without health (no)");
  }

  @Test
  void states() {
    assertThat(Phrases.state(Instance.State.SHUTTING_DOWN)).isEqualTo("shutting-down");
    assertThat(Phrases.state(State.UNHEALTHY_DRAINING)).isEqualTo("unhealthy.draining");
  }
}
