package lbresponder.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.report.Report;
import lbresponder.testing.RecordedFacts;
import lbresponder.testing.SlackPicture;
import lbresponder.testing.SlackStandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// Against a stand-in for Slack's Web API that refuses what Slack refuses.
class SlackChannelTest {
  private static final Path GOLDEN = Path.of("src/test/resources/lbresponder/channel");

  private final SlackStandIn slack = new SlackStandIn();
  private final AtomicReference<String> secret = new AtomicReference<>("xoxb-good");
  private final Facts facts = RecordedFacts.of("CrashLoop/the-old-release-still-runs");
  private final Report report = RecordedFacts.report(facts);

  SlackChannelTest() throws IOException {}

  @AfterEach
  void close() {
    slack.close();
  }

  /// A Secrets Manager that holds one secret.
  private final class Secrets implements SecretsManagerClient {
    private int asked;

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      asked++;
      return GetSecretValueResponse.builder().secretString(secret.get() + "\n").build();
    }

    @Override
    public String serviceName() {
      return "secretsmanager";
    }

    @Override
    public void close() {}
  }

  private final Secrets secrets = new Secrets();

  private SlackChannel channel(String mention) {
    return new SlackChannel(
        SlackChannel.at(slack.endpoint()),
        new SlackToken(secrets, "lb-responder/slack", Clock.systemUTC()),
        "#on-call",
        mention);
  }

  private static Posted.Delivered delivered(Posted posted) {
    assertThat(posted).isInstanceOf(Posted.Delivered.class);
    return (Posted.Delivered) posted;
  }

  @Test
  void firstWordsBecomeTheFindingAndTheDetailsFollowInTheThread() {
    SlackChannel channel = channel("");
    Posted.Delivered first =
        delivered(channel.post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null));
    delivered(channel.post(new Message.Finding(report), TagSettings.NONE, first));
    assertThat(slack.calls())
        .extracting(SlackStandIn.Call::method)
        .containsExactly("chat.postMessage", "chat.update", "chat.postMessage");
    assertThat(slack.calls().get(0).channel()).isEqualTo("#on-call");
    assertThat(slack.calls().get(1).channel()).isEqualTo("C012AB");
    assertThat(slack.calls().get(1).timestamp()).isEqualTo("1767373360.000001");
    assertThat(slack.calls().get(2).thread()).isEqualTo("1767373360.000001");
    assertThat(secrets.asked).isEqualTo(1);
  }

  /// With `-Dupdate` the expected message is rewritten, and the diff is the review.
  @Test
  void theMessageIsTheRecordedOne() throws IOException {
    delivered(channel("<!here>").post(new Message.Finding(report), TagSettings.NONE, null));
    List<LayoutBlock> head = slack.calls().get(0).parsed();
    String picture =
        SlackPicture.of(head)
            + "\nin the thread:\n\n"
            + SlackPicture.of(slack.calls().get(1).parsed());
    holds("slack-message.txt", picture);
    holds("slack-message.json", slack.calls().get(0).blocks() + "\n");
  }

  private static void holds(String name, String found) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (System.getProperty("update") != null) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, found);
    }
    assertThat(found).isEqualTo(Files.readString(file));
  }

  @Test
  void aMentionOnlyWhereACauseWasFound() {
    Report nothing = RecordedFacts.report(RecordedFacts.of("traps/a-scale-in-is-no-crash"));
    SlackChannel channel = channel("<@U012AB>");
    channel.post(new Message.Finding(report), TagSettings.NONE, null);
    channel.post(new Message.Finding(nothing), TagSettings.NONE, null);
    assertThat(slack.calls().get(0).parsed()).hasAtLeastOneElementOfType(SectionBlock.class);
    assertThat(slack.calls().get(2).parsed()).doesNotHaveAnyElementsOfTypes(SectionBlock.class);
  }

  @Test
  void tagsRedirectAndSilence() {
    TagSettings tags =
        TagSettings.of(
            Known.of(Map.of("lb-responder:channel", "#shop", "lb-responder:ignore", "True")));
    assertThat(tags).isEqualTo(new TagSettings("#shop", true));
    assertThat(TagSettings.of(Known.unknown("AccessDenied"))).isEqualTo(TagSettings.NONE);
    channel("").post(new Message.FirstWords(facts.incident()), tags, null);
    assertThat(slack.calls().getFirst().channel()).isEqualTo("#shop");
  }

  @Test
  void aRotatedTokenIsReadAgain() {
    SlackChannel channel = channel("");
    delivered(channel.post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null));
    slack.accept("xoxb-rotated");
    secret.set("xoxb-rotated");
    delivered(channel.post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null));
    assertThat(secrets.asked).isEqualTo(2);
  }

  @Test
  void firstWordsThatAreGoneArePostedAnew() {
    SlackChannel channel = channel("");
    Posted.Delivered first =
        delivered(channel.post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null));
    slack.refuse("message_not_found");
    assertThat(channel.post(new Message.Finding(report), TagSettings.NONE, first))
        .isEqualTo(new Posted.Delivered("C012AB/1767373360.000002"));
  }

  @Test
  void aShortWaitIsKept() {
    slack.fail(429, "1");
    delivered(channel("").post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null));
    slack.fail(429, "3600");
    assertThat(channel("").post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null))
        .isEqualTo(new Posted.Failed("Slack: HTTP 429", true));
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, false",
    "not_in_channel, false",
    "is_archived, false",
    "msg_too_long, false",
    "internal_error, true",
    "ratelimited, true"
  })
  void whatSlackSaysIsTold(String error, boolean retryable) {
    slack.refuse(error);
    assertThat(channel("").post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null))
        .isEqualTo(new Posted.Failed("Slack: " + error, retryable));
  }

  @Test
  void aServerThatFailsOrIsNotThereIsTold() {
    slack.fail(503, "");
    assertThat(channel("").post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null))
        .isEqualTo(new Posted.Failed("Slack: HTTP 503", true));
    slack.close();
    assertThat(channel("").post(new Message.FirstWords(facts.incident()), TagSettings.NONE, null))
        .isInstanceOfSatisfying(
            Posted.Failed.class, failed -> assertThat(failed.retryable()).isTrue());
  }

  @Test
  void theDoctorAsksWithoutPosting() {
    assertThat(channel("").reach()).isEmpty();
    secret.set("xoxb-bad");
    assertThat(channel("").reach()).isEqualTo("auth.test: invalid_auth");
    assertThat(slack.calls()).isEmpty();
  }

  /// Names anybody can give: nothing of them is interpreted, and Slack's limits hold.
  @Test
  void hostileNamesStayText() {
    Random random = new Random(20261121);
    List<String> hostile =
        List.of(
            "<!channel>",
            "<!here>",
            "<@U1>",
            "<http://evil|ok>",
            "```",
            "`",
            "*b*",
            "&lt;",
            "@channel",
            "\u202e",
            "\ud83d\ude00",
            "x".repeat(5000),
            "\n",
            ">",
            "~",
            "_");
    for (int i = 0; i < 2000; i++) {
      StringBuilder name = new StringBuilder();
      for (int n = random.nextInt(1, 8); n > 0; n--) {
        name.append(hostile.get(random.nextInt(hostile.size())));
      }
      SlackBlocks blocks = SlackBlocks.plain(name.toString(), name.toString());
      assertThat(blocks.text()).doesNotContain("<").doesNotContain(">");
      assertThat(((HeaderBlock) blocks.blocks().getFirst()).getText().getText().length())
          .isLessThanOrEqualTo(2 * SlackText.MOST_HEADER);
      if (i % 100 == 0) {
        delivered(
            channel("")
                .post(
                    new Message.Unreadable(name.toString(), name.toString()),
                    TagSettings.NONE,
                    null));
      }
    }
    assertThat(slack.calls())
        .hasSize(20)
        .allSatisfy(
            call ->
                assertThat(call.blocks())
                    .doesNotContain("\"mrkdwn\"", "\"broadcast\"", "\"user\""));
  }
}
