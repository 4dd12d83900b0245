package lbresponder.aws.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import lbresponder.facts.Known;
import lbresponder.testing.LambdaStandIn;
import lbresponder.testing.TestCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The SDK finds its endpoint, as everywhere, by its own settings.
@ExtendWith(TestCredentials.class)
class LambdaProbersTest {
  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:probe";
  private static final String WEB =
      "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188";

  @AfterEach
  void restore() {
    System.clearProperty("aws.endpointUrlLambda");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"vpc-0a1b\": \"" + FUNCTION + "\"}",
        "{\"" + WEB + "\": \"" + FUNCTION + ":live\"}",
        "/lb-responder/probers",
        "probers"
      })
  void takesAListOrAParametersName(String setting) {
    assertThatCode(() -> LambdaProbers.check(setting)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"web\": 1} | found `web`, expected a load balancer's ARN, or a VPC's id",
        "{\"vpc-0a1b\": \"probe\"} | found `probe`, expected the ARN of a function for vpc-0a1b",
        "{\"vpc-0a1b\": 7} | found `7`, expected the ARN of a function for vpc-0a1b",
        "{ | found `{`, expected a JSON object",
        "{} {} | found `{} {}`, expected a JSON object",
        "a b | found `a b`, expected a JSON object, or the name of an SSM parameter",
      })
  void namesWhatIsWrong(String setting, String why) {
    assertThatThrownBy(() -> LambdaProbers.check(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LB_RESPONDER_PROBERS: " + why);
    if (setting.startsWith("{")) {
      assertThat(LambdaProbers.of(setting).places(""))
          .isEqualTo(Known.unknown("LB_RESPONDER_PROBERS: " + why));
    }
  }

  @Test
  void whoStandsWhere() {
    assertThat(LambdaProbers.of("{\"vpc-0a1b\": \"" + FUNCTION + "\"}").places(""))
        .isEqualTo(Known.of(Map.of("vpc-0a1b", FUNCTION)));
    assertThat(LambdaProbers.of("").places(""))
        .isEqualTo(Known.unknown("no prober is configured (LB_RESPONDER_PROBERS)"));
  }

  @Test
  void handsTheAnswerBack() throws IOException {
    try (LambdaStandIn lambda = new LambdaStandIn(event -> event + " back", false)) {
      assertThat(invoke(lambda.endpoint())).isEqualTo(Known.of("{\"endpoints\":[]} back"));
    }
  }

  @Test
  void saysHowAProberFailed() throws IOException {
    try (LambdaStandIn lambda = new LambdaStandIn(_ -> "out of\nmemory\u202e", true)) {
      assertThat(invoke(lambda.endpoint()))
          .isEqualTo(Known.unknown("the prober probe failed: out of memory"));
    }
  }

  @Test
  void saysThatNobodyAnswers() {
    assertThat(invoke("http://127.0.0.1:1").toString())
        .startsWith("Unknown[why=the prober probe: ");
  }

  @Test
  void anythingButAFunctionIsNotAsked() {
    assertThat(LambdaProbers.of("").invoke("probe", _ -> "{}", Instant.now().plusSeconds(10)))
        .isEqualTo(Known.unknown("the prober probe: expected the ARN of a function"));
  }

  /// As the API reference and people who met it name what a sleeping function answers.
  @ParameterizedTest
  @CsvSource({
    "409, SnapStartNotReadyException",
    "408, SnapStartTimeoutException",
    "400, SnapStartException",
    "502, ResourceNotReadyException",
    "409, ResourceConflictException",
    "502, EC2ThrottledException",
    "409, CodeArtifactUserPendingException"
  })
  void whoIsAsleepIsAskedAgain(int status, String code) throws Exception {
    AtomicInteger times = new AtomicInteger();
    LambdaStandIn.Function waking =
        event -> {
          if (times.incrementAndGet() == 1) {
            throw new LambdaStandIn.Refused(status, code, "Lambda is initializing your function");
          }
          return event + " awake";
        };
    try (LambdaStandIn lambda = new LambdaStandIn(waking, false)) {
      assertThat(invoke(lambda.endpoint())).isEqualTo(Known.of("{\"endpoints\":[]} awake"));
    }
    assertThat(times).hasValue(2);
  }

  @Test
  void whoDoesNotWakeIsSaidToBeRestored() throws IOException {
    LambdaStandIn.Function asleep =
        _ -> {
          throw new LambdaStandIn.Refused(409, "SnapStartNotReadyException", "Wait for it");
        };
    Instant deadline = Instant.now().plusSeconds(4);
    try (LambdaStandIn lambda = new LambdaStandIn(asleep, false)) {
      System.setProperty("aws.endpointUrlLambda", lambda.endpoint());
      assertThat(LambdaProbers.of("").invoke(FUNCTION, _ -> "{}", deadline))
          .isEqualTo(
              Known.unknown(
                  "the prober probe is being restored, and was not ready on 2 tries:"
                      + " SnapStartNotReadyException: Wait for it"));
    }
    assertThat(Instant.now()).isBefore(deadline);
  }

  @Test
  void whoMayNotBeAskedIsAskedOnce() throws IOException {
    AtomicInteger times = new AtomicInteger();
    LambdaStandIn.Function denied =
        _ -> {
          times.incrementAndGet();
          throw new LambdaStandIn.Refused(403, "AccessDeniedException", "not you");
        };
    try (LambdaStandIn lambda = new LambdaStandIn(denied, false)) {
      assertThat(invoke(lambda.endpoint()).toString())
          .startsWith("Unknown[why=the prober probe: not you");
    }
    assertThat(times).hasValue(1);
  }

  /// Each try is told how much time is left: after waiting it is less.
  @Test
  void eachTryIsMadeFromTheTimeThatIsLeft() throws IOException {
    List<Duration> left = new CopyOnWriteArrayList<>();
    LambdaStandIn.Function waking =
        _ -> {
          if (left.size() == 1) {
            throw new LambdaStandIn.Refused(409, "ResourceConflictException", "Pending");
          }
          return "{}";
        };
    try (LambdaStandIn lambda = new LambdaStandIn(waking, false)) {
      System.setProperty("aws.endpointUrlLambda", lambda.endpoint());
      Function<Duration, String> request =
          time -> {
            left.add(time);
            return "{}";
          };
      LambdaProbers.of("").invoke(FUNCTION, request, Instant.now().plusSeconds(10));
    }
    assertThat(left).hasSize(2);
    assertThat(left.getFirst().minus(left.getLast())).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void aProberThatNeverAnswersIsGivenUpAtTheDeadline() throws IOException {
    LambdaStandIn.Function hanging =
        _ -> {
          Thread.sleep(3000);
          return "{}";
        };
    try (LambdaStandIn lambda = new LambdaStandIn(hanging, false)) {
      System.setProperty("aws.endpointUrlLambda", lambda.endpoint());
      Instant deadline = Instant.now().plusSeconds(1);
      assertThat(LambdaProbers.of("").invoke(FUNCTION, _ -> "{}", deadline).toString())
          .startsWith("Unknown[why=the prober probe: ");
      assertThat(Instant.now()).isBefore(deadline.plusMillis(900));
    }
  }

  private static Known<String> invoke(String endpoint) {
    System.setProperty("aws.endpointUrlLambda", endpoint);
    return LambdaProbers.of("")
        .invoke(FUNCTION, _ -> "{\"endpoints\":[]}", Instant.now().plusSeconds(10));
  }
}
