package lbresponder.channel;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import lbresponder.channel.Posted.Delivered;
import lbresponder.channel.Posted.Failed;
import lbresponder.facts.Alarm;
import lbresponder.facts.Durations;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import lbresponder.message.Untrusted;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/// Slack: first words at once, edited to the finding when it is there, with the details in its
/// thread. A reference is `CHANNEL_ID/TIMESTAMP`.
public final class SlackChannel implements PictureChannel {
  private static final Duration CALL = Duration.ofSeconds(5);

  /// Waiting longer is left to the queue.
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  /// The token is no longer good; a new one may be in the secret already.
  private static final Set<String> TOKEN_REFUSED =
      Set.of("invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed");

  /// Slack's own trouble: another attempt may succeed.
  private static final Set<String> PASSING =
      Set.of(
          "internal_error",
          "fatal_error",
          "service_unavailable",
          "request_timeout",
          "ratelimited",
          "rate_limited",
          "team_added_to_org");

  private final Slack slack;
  private final SlackToken token;
  private final String channel;
  private final String mention;

  SlackChannel(Slack slack, SlackToken token, String channel, String mention) {
    this.slack = slack;
    this.token = token;
    this.channel = channel;
    this.mention = mention;
  }

  /// @param secret name of the secret that holds the bot token
  /// @param channel the default channel, by name or id
  /// @param endpoint base of the Web API, ending in a slash
  /// @param mention whom to mention where a cause was found, in Slack's markup; empty: nobody
  public static SlackChannel to(String secret, String channel, String endpoint, String mention) {
    return new SlackChannel(at(endpoint), SlackToken.of(secret), channel, mention);
  }

  static Slack at(String endpoint) {
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(endpoint);
    config.setHttpClientCallTimeoutMillis((int) CALL.toMillis());
    config.setStatsEnabled(false);
    return Slack.getInstance(config);
  }

  @Override
  public String name() {
    return "slack";
  }

  @Override
  public Posted post(Message message, TagSettings tags, @Nullable Delivered before) {
    String to = Objects.requireNonNullElse(tags.channel(), channel);
    return switch (message) {
      case Message.FirstWords(Incident incident) ->
          send(to, SlackBlocks.firstWords(incident), null);
      case Message.Finding(Report report) -> finding(report, to, before);
      case Message.Recovery(Incident incident, Alarm alarm, Duration lasted) ->
          send(
              to,
              SlackBlocks.plain(
                  Untrusted.clean(incident.loadBalancer().name(), 100) + ": OK again",
                  "Alarm %s is OK again%s"
                      .formatted(
                          Untrusted.clean(alarm.name(), 200),
                          lasted == null ? "." : " after " + Durations.words(lasted) + ".")),
              null);
      case Message.Unreadable(String why, String excerpt) ->
          send(
              to,
              SlackBlocks.plain(
                  "lb-responder could not answer a message",
                  Untrusted.clean(why, 500) + "\nIt begins: " + Untrusted.clean(excerpt, 1000)),
              null);
    };
  }

  private Posted finding(Report report, String to, @Nullable Delivered before) {
    SlackBlocks blocks = SlackBlocks.finding(report, mention);
    Posted head = before == null ? send(to, blocks, null) : edit(before, to, blocks);
    if (head instanceof Delivered delivered) {
      send(room(delivered), SlackThread.of(report), timestamp(delivered));
    }
    return head;
  }

  @Override
  public Posted illustrate(Picture picture, Delivered below) {
    return attempt(
        () -> {
          SlackApiTextResponse answer =
              new SlackUpload(client(), slack.getConfig().getMethodsEndpointUrlPrefix())
                  .share(picture, room(below), timestamp(below));
          return answer.isOk() ? below : failed(answer);
        });
  }

  /// Whether the token is good, without posting.
  ///
  /// @return what is wrong, empty where nothing is
  public String reach() {
    try {
      SlackApiTextResponse answer = client().authTest(call -> call);
      return answer.isOk() ? "" : "auth.test: " + answer.getError();
    } catch (SdkException | IOException | SlackApiException failure) {
      return failed(failure).why();
    }
  }

  private Posted edit(Delivered before, String to, SlackBlocks blocks) {
    Posted edited =
        attempt(
            () -> {
              ChatUpdateResponse answer =
                  client()
                      .chatUpdate(
                          call ->
                              call.channel(room(before))
                                  .ts(timestamp(before))
                                  .text(blocks.text())
                                  .blocks(blocks.blocks()));
              return answer.isOk() ? before : failed(answer);
            });
    // Somebody deleted the first words, or Slack no longer lets them be edited.
    return edited instanceof Failed(String _, boolean retryable) && !retryable
        ? send(to, blocks, null)
        : edited;
  }

  private Posted send(String to, SlackBlocks blocks, @Nullable String thread) {
    return attempt(
        () -> {
          ChatPostMessageResponse answer =
              client()
                  .chatPostMessage(
                      call ->
                          call.channel(to)
                              .threadTs(thread)
                              .text(blocks.text())
                              .blocks(blocks.blocks())
                              .unfurlLinks(false)
                              .unfurlMedia(false));
          return answer.isOk()
              ? new Delivered(answer.getChannel() + "/" + answer.getTs())
              : failed(answer);
        });
  }

  private interface Call {
    Posted make() throws IOException, SlackApiException;
  }

  /// Once more where the token may have been rotated, or Slack asks for a short wait.
  private Posted attempt(Call call) {
    Posted first = once(call);
    if (first instanceof Failed(String why, boolean _)
        && TOKEN_REFUSED.stream().anyMatch(why::endsWith)) {
      token.forget();
      return once(call);
    }
    return first;
  }

  private Posted once(Call call) {
    try {
      return call.make();
    } catch (SlackApiException refused) {
      Duration wait = wait(refused);
      if (wait.isZero() || wait.compareTo(LONGEST_WAIT) > 0) {
        return failed(refused);
      }
      try {
        Thread.sleep(wait);
        return call.make();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return failed(refused);
      } catch (IOException | SlackApiException | SdkException again) {
        return failed(again);
      }
    } catch (IOException | SdkException failure) {
      return failed(failure);
    }
  }

  /// How long Slack asks to wait; zero: it does not say.
  private static Duration wait(SlackApiException refused) {
    String after = refused.getResponse().header("Retry-After", "");
    return refused.getResponse().code() == 429 && after != null && after.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(after))
        : Duration.ZERO;
  }

  private MethodsClient client() {
    return slack.methods(token.get());
  }

  private static Failed failed(SlackApiTextResponse answer) {
    String error = Untrusted.clean(String.valueOf(answer.getError()), 100);
    String needed = Untrusted.clean(Objects.requireNonNullElse(answer.getNeeded(), ""), 100);
    return new Failed(
        "Slack: " + error + (needed.isEmpty() ? "" : ": the app needs the scope " + needed),
        PASSING.contains(error));
  }

  private static Failed failed(Exception failure) {
    return switch (failure) {
      case SlackApiException refused -> {
        int status = refused.getResponse().code();
        yield new Failed("Slack: HTTP " + status, status == 429 || status >= 500);
      }
      case SdkException secret ->
          new Failed(
              "secretsmanager:GetSecretValue: "
                  + Untrusted.clean(String.valueOf(secret.getMessage()), 200),
              true);
      default ->
          new Failed("Slack: " + Untrusted.clean(String.valueOf(failure.getMessage()), 200), true);
    };
  }

  private static String room(Delivered delivered) {
    return delivered.reference().substring(0, delivered.reference().indexOf('/'));
  }

  private static String timestamp(Delivered delivered) {
    return delivered.reference().substring(delivered.reference().indexOf('/') + 1);
  }
}
