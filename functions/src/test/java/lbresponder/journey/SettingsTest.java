package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String NAME = "LB_RESPONDER_TOPIC_ARN";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sns:eu-west-1:123456789012:answers",
        "arn:aws-cn:sns:cn-north-1:123456789012:answers",
        "arn:aws-us-gov:sns:us-gov-west-1:123456789012:an_swers-2"
      })
  void aTopicIsTaken(String arn) {
    assertThat(Settings.of(Map.of(NAME, arn)).topicArn()).contains(arn);
  }

  @Test
  void unsetOrEmptyMeansNotUsed() {
    assertThat(Settings.of(Map.of()).topicArn()).isEmpty();
    assertThat(Settings.of(Map.of(NAME, " ")).topicArn()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "answers",
        "arn:aws:sqs:eu-west-1:123456789012:answers",
        "arn:aws:sns:eu-west-1:12345:answers",
        "arn:aws:sns:eu-west-1:123456789012:answers:0f3c",
        " arn:aws:sns:eu-west-1:123456789012:answers"
      })
  void whatIsNoTopicIsNamedWithWhatWasExpected(String arn) {
    assertThatThrownBy(() -> Settings.of(Map.of(NAME, arn)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(NAME)
        .hasMessageContaining("`" + arn + "`")
        .hasMessageContaining("arn:PARTITION:sns:REGION:ACCOUNT:NAME");
  }
}
