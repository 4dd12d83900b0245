package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitsTest {
  /// As the infrastructure sets it for the function.
  private static final Duration INVOCATION = Duration.ofSeconds(60);

  /// What hanging targets take with all tries, see the benchmark.
  private static final Duration HANGING = Duration.ofSeconds(12);

  @Test
  void anAlarmIsAnsweredWithinOneInvocation() {
    assertThat(Limits.DIAGNOSE.plus(Limits.POST)).isLessThan(INVOCATION);
    assertThat(Limits.ANSWER).isGreaterThan(Limits.POST);
  }

  @Test
  void afterTheSlowestReadingTargetsCanBeProbedAndAskedAgain() {
    assertThat(Limits.GATHER.plus(Limits.INVOKE).plus(HANGING)).isLessThan(Limits.DIAGNOSE);
    assertThat(Limits.PROBE).isGreaterThanOrEqualTo(Limits.DIAGNOSE.minus(Limits.GATHER));
  }
}
