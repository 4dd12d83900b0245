package lbresponder.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import lbresponder.facts.Recognised;

/// Tells what a message is: an EventBridge alarm event, an SNS notification of an alarm in its
/// three wrappings, or what an alarm sends to a function directly. Whatever the message, it answers
/// and does not throw.
final class AlarmReader {
  /// A message is 1 MB at most (SQS, EventBridge); alarms nest about ten deep.
  private static final int LONGEST = 1_048_576;

  private static final int DEEPEST = 64;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxDocumentLength(LONGEST)
                          .maxStringLength(LONGEST)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private AlarmReader() {}

  static Recognised read(String message) {
    try {
      return read(new Tree(parse(message), ""));
    } catch (Tree.Wrong wrong) {
      return new Recognised.Unreadable(Text.clean(String.valueOf(wrong.getMessage()), 400));
    }
  }

  private static JsonNode parse(String message) {
    if (message.length() > LONGEST) {
      throw new Tree.Wrong("", message.length() + " characters", "at most " + LONGEST);
    }
    try {
      return MAPPER.readTree(message);
    } catch (JsonProcessingException broken) {
      throw new Tree.Wrong(
          "", "no JSON: " + Text.clean(broken.getOriginalMessage(), 200), "an alarm as JSON");
    }
  }

  private static Recognised read(Tree message) {
    if (!message.node().isObject()) {
      throw message.wrong("an alarm as a JSON object");
    }
    if (message.at("detail-type").isPresent()) {
      return eventBridge(message);
    }
    if (message.at("alarmData").isPresent()) {
      return StateChange.read(
          message, message.at("alarmArn"), message.at("alarmData"), message.at("time"));
    }
    if (message.at("Records").isPresent()) {
      return records(message.at("Records"));
    }
    if (message.at("Type").isPresent() && message.at("TopicArn").isPresent()) {
      return notification(message);
    }
    if (message.at("AlarmName").isPresent()) {
      return Notification.read(message, "");
    }
    return new Recognised.NotOurs("neither an alarm event nor a notification of one");
  }

  private static Recognised eventBridge(Tree event) {
    String type = event.at("detail-type").text();
    String source = event.at("source").text();
    if (!source.equals("aws.cloudwatch")) {
      return new Recognised.NotOurs("an event of " + Text.clean(source, 80));
    }
    if (!type.equals("CloudWatch Alarm State Change")) {
      return new Recognised.NotOurs("a " + Text.clean(type, 80));
    }
    Tree resources = event.at("resources");
    Tree arn = resources.list().isEmpty() ? resources : resources.list().getFirst();
    return StateChange.read(event, arn, event.at("detail").object(), event.at("time"));
  }

  /// What SNS hands to a function: one notification a record.
  private static Recognised records(Tree records) {
    if (records.list().size() != 1) {
      throw records.wrong("a list with one record");
    }
    return notification(records.list().getFirst().at("Sns").object());
  }

  private static Recognised notification(Tree envelope) {
    String type = envelope.at("Type").textOr("Notification");
    if (!type.equals("Notification")) {
      return new Recognised.NotOurs("an SNS " + Text.clean(type, 80));
    }
    String text = envelope.at("Message").text();
    if (!text.stripLeading().startsWith("{")) {
      return new Recognised.NotOurs("an SNS notification that is not an alarm's");
    }
    Tree inner = new Tree(parse(text), "");
    if (inner.at("AlarmName").isPresent()) {
      return Notification.read(inner, envelope.at("TopicArn").textOr(""));
    }
    // An EventBridge rule may aim at a topic: then the notification wraps the event.
    return inner.at("detail-type").isPresent()
        ? eventBridge(inner)
        : new Recognised.NotOurs("an SNS notification that is not an alarm's");
  }
}
