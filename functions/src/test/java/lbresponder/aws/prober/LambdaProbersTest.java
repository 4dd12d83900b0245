package lbresponder.aws.prober;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
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
  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    assertThat(LambdaProbers.of("").invoke("probe", "{}", PATIENCE))
        .isEqualTo(Known.unknown("the prober probe: expected the ARN of a function"));
  }

  private static Known<String> invoke(String endpoint) {
    System.setProperty("aws.endpointUrlLambda", endpoint);
    return LambdaProbers.of("").invoke(FUNCTION, "{\"endpoints\":[]}", PATIENCE);
  }
}
