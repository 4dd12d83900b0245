package lbresponder.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import lbresponder.channel.Posted.Delivered;
import lbresponder.channel.Posted.Failed;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.testing.SlackStandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// A picture in the thread of a finding: over real HTTP, to a stand-in for Slack.
class SlackPictureTest {
  private static final Delivered FINDING = new Delivered("C012AB/1767373360.000001");
  private static final Picture PICTURE =
      new Picture("PNG".getBytes(StandardCharsets.UTF_8), "Errors of web from 14:00 to 17:00");

  private final SlackStandIn slack = new SlackStandIn();
  private final SlackChannel channel =
      new SlackChannel(
          SlackChannel.at(slack.endpoint()),
          new SlackToken(new Secret(), "lb-responder/slack", Clock.systemUTC()),
          "#on-call",
          "");

  SlackPictureTest() throws IOException {}

  @AfterEach
  void close() {
    slack.close();
  }

  private static final class Secret implements SecretsManagerClient {
    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      return GetSecretValueResponse.builder().secretString("xoxb-good").build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }

  @Test
  void itStandsInTheThreadAndSaysWhatItShows() {
    assertThat(channel.illustrate(PICTURE, FINDING)).isEqualTo(FINDING);
    assertThat(slack.files())
        .containsExactly(
            new SlackStandIn.File(
                "C012AB", "1767373360.000001", "Errors of web from 14:00 to 17:00"));
    assertThat(slack.uploads()).containsExactly(PICTURE.png());
    assertThat(slack.calls()).isEmpty();
  }

  @Test
  void aTokenWithoutTheScopeIsToldWhichItLacks() {
    slack.refuse("missing_scope");
    assertThat(channel.illustrate(PICTURE, FINDING))
        .isEqualTo(new Failed("Slack: missing_scope: the app needs the scope files:write", false));
    assertThat(slack.files()).isEmpty();
  }

  /// Whatever answers for Slack: an account's metrics go to Slack and nowhere else.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://files.slack.com/upload/v1/x",
        "https://slack.com.example.org/upload",
        "https://notslack.com/upload",
        "https://slack.com@example.org/upload",
        "http://127.0.0.1:1/upload",
        "file:///tmp/upload",
        "not an address"
      })
  void theBytesGoToSlackOnly(String place) {
    slack.uploadTo(place);
    assertThat(channel.illustrate(PICTURE, FINDING))
        .isEqualTo(new Failed("Slack: the place to upload to is not Slack's", true));
    assertThat(slack.uploads()).isEmpty();
    assertThat(slack.files()).isEmpty();
  }

  @Test
  void anUploadThatIsRefusedIsNotShared() {
    slack.uploadTo(slack.endpoint().replace("/api/", "/gone"));
    assertThat(channel.illustrate(PICTURE, FINDING))
        .isEqualTo(new Failed("Slack: the upload was answered with 404", true));
    assertThat(slack.files()).isEmpty();
  }
}
