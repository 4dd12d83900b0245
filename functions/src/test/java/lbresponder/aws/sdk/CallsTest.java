package lbresponder.aws.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import lbresponder.facts.Known;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final String ACTION = "elasticloadbalancing:DescribeLoadBalancerAttributes";

  @Test
  void anAnswerIsKnown() {
    assertThat(answered(() -> "60")).isEqualTo(Known.of("60"));
  }

  /// The SDK has null for an element that the answer lacks.
  @Test
  void anAnswerWithoutWhatWasAskedForIsUnknown() {
    assertThat(answered(() -> null)).isEqualTo(Known.unknown(ACTION + ": nothing in the answer"));
  }

  @Test
  void whatDoesNotExistIsNone() {
    assertThat(
            answered(
                () -> {
                  throw new Calls.Gone("the load balancer web does not exist");
                }))
        .isEqualTo(Known.none("the load balancer web does not exist"));
  }

  @Test
  void aFailureIsUnknownAndNamesTheAction() {
    assertThat(
            answered(
                () -> {
                  throw new IllegalStateException("connection refused");
                }))
        .isEqualTo(Known.unknown(ACTION + ": connection refused"));
  }

  @Test
  void aLateAnswerIsUnknown() {
    try (Calls calls = new Calls(Instant.now())) {
      Calls.Pending<String> late =
          calls.start(
              ACTION,
              () -> {
                Thread.sleep(60_000);
                return "60";
              });
      assertThat(late.get()).isEqualTo(Known.unknown(ACTION + ": no answer before the deadline"));
    }
  }

  @Test
  void ofManyAnswersTheOrderIsKept() {
    try (Calls calls = new Calls(Instant.now().plusSeconds(10))) {
      assertThat(calls.each(ACTION, List.of("a", "b"), name -> name))
          .isEqualTo(Known.of(List.of("a", "b")));
    }
  }

  private static Known<String> answered(Callable<@Nullable String> call) {
    try (Calls calls = new Calls(Instant.now().plusSeconds(10))) {
      return calls.start(ACTION, call).get();
    }
  }
}
