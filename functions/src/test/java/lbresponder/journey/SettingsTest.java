package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String NAME = "LB_RESPONDER_TOPIC_ARN";

  private static Settings read(Map<String, String> environment) {
    return Settings.of(environment, _ -> {});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:sns:eu-west-1:123456789012:answers",
        "arn:aws-cn:sns:cn-north-1:123456789012:answers",
        "arn:aws-us-gov:sns:us-gov-west-1:123456789012:an_swers-2"
      })
  void aTopicIsTaken(String arn) {
    assertThat(read(Map.of(NAME, arn)).topicArn()).contains(arn);
  }

  @Test
  void slackNeedsASecretAndAChannel() {
    assertThat(
            read(Map.of(
                    "LB_RESPONDER_SLACK_SECRET", "lb-responder/slack",
                    "LB_RESPONDER_SLACK_CHANNEL", "#on-call",
                    "LB_RESPONDER_MENTION", "<!subteam^S012AB>"))
                .slack())
        .contains(
            new Settings.Slack(
                "lb-responder/slack", "#on-call", "https://slack.com/api/", "<!subteam^S012AB>"));
  }

  @ParameterizedTest
  @CsvSource({
    "LB_RESPONDER_SLACK_CHANNEL, ''",
    "LB_RESPONDER_SLACK_ENDPOINT, http://slack.com/api/",
    "LB_RESPONDER_SLACK_ENDPOINT, https://slack.com/api",
    "LB_RESPONDER_SLACK_ENDPOINT, nowhere",
    "LB_RESPONDER_MENTION, @here",
    "LB_RESPONDER_MENTION, <!here> <!channel>",
  })
  void aSlackSettingThatIsWrongIsNamed(String name, String value) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "LB_RESPONDER_SLACK_SECRET", "lb-responder/slack",
                "LB_RESPONDER_SLACK_CHANNEL", "#on-call"));
    environment.put(name, value);
    assertThatThrownBy(() -> read(environment))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("expected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LB_RESPONDER_MEMBER_ROLE | lb-responder-read | LB_RESPONDER_ACCOUNTS: found `nothing`",
        "LB_RESPONDER_ACCOUNTS | 222222222222 | LB_RESPONDER_MEMBER_ROLE: found `nothing`",
        "LB_RESPONDER_ACCOUNTS | 222222222222,7 | LB_RESPONDER_ACCOUNTS: found `7`",
        "LB_RESPONDER_MEMBER_ROLE | arn:aws:iam::1:role/x | LB_RESPONDER_MEMBER_ROLE: found `arn",
        "LB_RESPONDER_CHAT_TOPIC_ARN | answers | LB_RESPONDER_CHAT_TOPIC_ARN: found `answers`",
      })
  void aSettingThatIsWrongIsNamed(String name, String value, String message) {
    assertThatThrownBy(() -> read(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void otherAccountsAreReadByOneRole() {
    Settings settings =
        read(
            Map.of(
                "LB_RESPONDER_MEMBER_ROLE", "lb-responder-read",
                "LB_RESPONDER_ACCOUNTS", "222222222222, 333333333333"));
    assertThat(settings.memberRole()).contains("lb-responder-read");
    assertThat(settings.accounts()).containsExactlyInAnyOrder("222222222222", "333333333333");
  }

  @Test
  void theProbersAreKeptAsTheyAreWrittenOnceTheyAreChecked() {
    Map<String, String> environment = Map.of("LB_RESPONDER_PROBERS", "{} {}");
    assertThat(read(environment).probers()).contains("{} {}");
    IllegalArgumentException malformed = new IllegalArgumentException("found `{} {}`");
    assertThatThrownBy(
            () ->
                Settings.of(
                    environment,
                    setting -> {
                      assertThat(setting).isEqualTo("{} {}");
                      throw malformed;
                    }))
        .isSameAs(malformed);
  }

  @Test
  void aPastedTokenIsRefusedAndNotPrinted() {
    assertThatThrownBy(() -> read(Map.of("LB_RESPONDER_SLACK_SECRET", "xoxb-1-abc")))
        .hasMessageContaining("LB_RESPONDER_SLACK_SECRET")
        .hasMessageNotContaining("xoxb-1-abc");
  }

  @Test
  void unsetOrEmptyMeansNotUsed() {
    assertThat(read(Map.of()).topicArn()).isEmpty();
    assertThat(read(Map.of(NAME, " ")).topicArn()).isEmpty();
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
    assertThatThrownBy(() -> read(Map.of(NAME, arn)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(NAME)
        .hasMessageContaining("`" + arn + "`")
        .hasMessageContaining("arn:PARTITION:sns:REGION:ACCOUNT:NAME");
  }
}
