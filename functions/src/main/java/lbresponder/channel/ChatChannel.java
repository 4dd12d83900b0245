package lbresponder.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lbresponder.channel.Posted.Delivered;
import lbresponder.facts.Alarm;
import lbresponder.facts.Durations;
import lbresponder.facts.Incident;
import lbresponder.message.Untrusted;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.text.Ages;
import lbresponder.report.text.Sentences;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

/// An SNS topic that Amazon Q Developer in chat applications listens to, for Slack or Teams without
/// a token: its custom notifications. It drops anything else on that topic without a word, which is
/// why people's topic is another. The form is from AWS's documentation and was not tried on the
/// service.
public final class ChatChannel implements Channel {
  private static final int MOST_TITLE = 250;
  private static final int MOST_DESCRIPTION = 7000;
  private static final JsonMapper MAPPER = new JsonMapper();

  private final SnsClient sns;
  private final String topicArn;

  public ChatChannel(SnsClient sns, String topicArn) {
    this.sns = sns;
    this.topicArn = topicArn;
  }

  /// @param topicArn well-formed: its region is the client's
  public static ChatChannel to(String topicArn) {
    return new ChatChannel(SnsChannel.client(topicArn), topicArn);
  }

  @Override
  public String name() {
    return "chat";
  }

  @Override
  public Posted post(Message message, TagSettings tags, Posted.@Nullable Delivered before) {
    if (message instanceof Message.FirstWords) {
      return new Posted.NotTaken();
    }
    try {
      String body = MAPPER.writeValueAsString(notification(message));
      return new Delivered(sns.publish(call -> call.topicArn(topicArn).message(body)).messageId());
    } catch (SdkException failure) {
      return SnsChannel.failed(failure);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings are JSON", impossible);
    }
  }

  /// Whether the topic is there, without publishing.
  ///
  /// @return what is wrong, empty where nothing is
  public String reach() {
    return new SnsChannel(sns, topicArn).reach();
  }

  private static Map<String, Object> notification(Message message) {
    return switch (message) {
      case Message.FirstWords _ -> throw new IllegalArgumentException("it cannot be edited later");
      case Message.Finding(Report report) ->
          notification(
              new Ages(report.at()).in(report.summary()),
              description(report),
              report.causes().stream().flatMap(ChatChannel::steps).limit(10).toList(),
              report.incident().id());
      case Message.Recovery(Incident incident, Alarm alarm, Duration lasted) ->
          notification(
              "%s: alarm %s is OK again%s"
                  .formatted(
                      incident.loadBalancer().name(),
                      alarm.name(),
                      lasted == null ? "" : " after " + Durations.words(lasted)),
              "",
              List.of(),
              incident.id());
      case Message.Unreadable(String why, String excerpt) ->
          notification(
              "lb-responder could not answer a message", why + "\n" + excerpt, List.of(), "");
    };
  }

  /// The commands; where there are none, what is to be decided.
  private static Stream<String> steps(Report.CausePart cause) {
    return cause.fix().isEmpty() ? Stream.of(cause.advice()) : cause.fix().stream();
  }

  private static String description(Report report) {
    List<String> lines = new ArrayList<>(List.of(Sentences.context(report)));
    for (CausePart cause : report.causes()) {
      lines.add("%s (%s)".formatted(Sentences.other(report, cause), cause.id()));
      Sentences.reasons(report, cause).stream()
          .limit(5)
          .forEach(reason -> lines.add("- " + reason));
      lines.add(cause.advice());
    }
    report.gaps().stream().limit(5).forEach(lines::add);
    return String.join("\n", lines);
  }

  private static Map<String, Object> notification(
      String title, String description, List<String> steps, String thread) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("textType", "client-markdown");
    content.put("title", text(title, MOST_TITLE));
    content.put("description", text(description.isBlank() ? title : description, MOST_DESCRIPTION));
    if (!steps.isEmpty()) {
      content.put("nextSteps", steps.stream().map(step -> text(step, 500)).toList());
    }
    Map<String, Object> notification = new LinkedHashMap<>();
    notification.put("version", "1.0");
    notification.put("source", "custom");
    notification.put("content", content);
    if (!thread.isEmpty()) {
      notification.put("metadata", Map.of("threadId", thread, "summary", text(title, MOST_TITLE)));
    }
    return notification;
  }

  /// What the chat would read as markup, or as a mention, is shown as it is.
  private static String text(String raw, int most) {
    StringBuilder lines = new StringBuilder();
    for (String line : raw.split("\n", -1)) {
      lines.append(lines.isEmpty() ? "" : "\n").append(Untrusted.clean(line, 1000));
    }
    return SlackText.escaped(lines.toString().replace("@", "@\u200b"), most);
  }
}
