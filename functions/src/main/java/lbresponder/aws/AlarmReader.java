package lbresponder.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Alarm;
import lbresponder.facts.Recognised;

/// Reads CloudWatch alarms in whichever way they travel: as an EventBridge event, as an SNS
/// notification with or without its envelope, or as the direct action of an alarm on a function.
final class AlarmReader {
  private static final String STATE_CHANGE = "CloudWatch Alarm State Change";

  /// What a message turned out to be. Makes no call and never throws.
  ///
  /// @param message as it came out of the queue
  static Recognised read(String message) {
    try {
      Field whole = Json.object(message, "");
      return unwrap(whole, whole.at("TopicArn"), whole.at("Timestamp"));
    } catch (Unfit unfit) {
      return new Recognised.Unreadable(unfit.why());
    }
  }

  /// Takes envelopes off. One within another is quoted once more, which doubles its backslashes, so
  /// that the length of a message bounds how deep this can go.
  ///
  /// @param topic ARN of the topic it came through; missing: none that is known
  /// @param sent when the envelope was sent; missing: there was none
  private static Recognised unwrap(Field message, Field topic, Field sent) {
    if (message.has("Records")) {
      return records(message.at("Records").elements());
    }
    if (message.has("TopicArn") || (message.has("Type") && message.has("Message"))) {
      return notification(message);
    }
    return alarm(message, topic, sent);
  }

  /// SNS hands a function one record at a time; several are read as if they had come one by one.
  private static Recognised records(List<Field> records) {
    List<Alarm> alarms = new ArrayList<>();
    String why = "no records";
    for (Field record : records) {
      switch (record(record)) {
        case Recognised.Alarms(List<Alarm> found) -> alarms.addAll(found);
        case Recognised.NotOurs(String reason) -> why = reason;
        case Recognised.Unreadable unreadable -> {
          return unreadable;
        }
      }
    }
    return alarms.isEmpty() ? new Recognised.NotOurs(why) : new Recognised.Alarms(alarms);
  }

  private static Recognised record(Field record) {
    String source = record.at("EventSource").textOrEmpty() + record.at("eventSource").textOrEmpty();
    if (!source.isEmpty() && !source.equals("aws:sns")) {
      return new Recognised.NotOurs("a record of " + Field.printable(source, 80));
    }
    Field notification = record.at("Sns");
    if (!notification.isPresent()) {
      throw notification.unfit("a notification of SNS");
    }
    return notification(notification);
  }

  private static Recognised notification(Field envelope) {
    String type = envelope.at("Type").textOrEmpty();
    if (!type.isEmpty() && !type.equals("Notification")) {
      return new Recognised.NotOurs(
          "SNS %s of %s"
              .formatted(
                  Field.printable(type, 80),
                  Field.printable(envelope.at("TopicArn").textOrEmpty(), 80)));
    }
    Field text = envelope.at("Message");
    Field message = Json.object(text.text("what the notification says"), text.path());
    return unwrap(message, envelope.at("TopicArn"), envelope.at("Timestamp"));
  }

  private static Recognised alarm(Field message, Field topic, Field sent) {
    if (message.has("alarmData") || message.has("alarmArn")) {
      return direct(message);
    }
    if (message.has("detail-type") || message.has("detail")) {
      return event(message);
    }
    if (Stream.of("AlarmName", "AlarmArn", "NewStateValue", "Trigger").anyMatch(message::has)) {
      return notified(message, topic, sent);
    }
    return new Recognised.NotOurs("no alarm: an object" + message.names());
  }

  private static Recognised event(Field event) {
    String source = event.at("source").text("the event's source, e.g. aws.cloudwatch");
    String type = event.at("detail-type").text("the event's type, e.g. " + STATE_CHANGE);
    if (!source.equals("aws.cloudwatch") || !type.equals(STATE_CHANGE)) {
      return new Recognised.NotOurs(
          "event %s of %s".formatted(Field.printable(type, 80), Field.printable(source, 80)));
    }
    Field resources = event.at("resources");
    Field arn = resources.isPresent() ? resources.first() : resources;
    Place place = Place.of(arn, event.at("account"), event.at("region"));
    return eventAlarm(event.at("detail"), place, event.at("time"));
  }

  private static Recognised direct(Field action) {
    Place place = Place.of(action.at("alarmArn"), action.at("accountId"), action.at("region"));
    return eventAlarm(action.at("alarmData"), place, action.at("time"));
  }

  private static Recognised eventAlarm(Field alarm, Place place, Field sent) {
    Transition transition = Transition.ofEvent(alarm, place, sent);
    Field configuration = alarm.at("configuration");
    if (!configuration.has("metrics") && configuration.has("alarmRule")) {
      return composite(transition);
    }
    return watching(transition, MetricEntry.ofEvent(configuration), configuration.at("metrics"));
  }

  private static Recognised notified(Field message, Field topic, Field sent) {
    Transition transition = Transition.ofNotification(message, place(message, topic), sent);
    Field trigger = message.at("Trigger");
    if (!trigger.isPresent() && message.has("AlarmRule")) {
      return composite(transition);
    }
    if (!trigger.isPresent()) {
      throw trigger.unfit("what the alarm watches");
    }
    return watching(transition, MetricEntry.ofTrigger(trigger), trigger.at("Metrics"));
  }

  /// Never from `Region`, which holds a display name.
  private static Place place(Field message, Field topic) {
    Field arn = message.at("AlarmArn");
    Field account = message.at("AWSAccountId");
    if (arn.isPresent()) {
      return Place.of(arn, account);
    }
    List<Field> notified = new ArrayList<>(List.of(topic));
    for (String actions : List.of("AlarmActions", "OKActions", "InsufficientDataActions")) {
      if (message.has(actions)) {
        notified.addAll(message.at(actions).elements());
      }
    }
    return Place.beside(notified, arn, account);
  }

  private static Recognised watching(
      Transition transition, List<MetricEntry> entries, Field metrics) {
    if (entries.isEmpty()) {
      throw metrics.unfit("at least one metric");
    }
    return Watching.recognise(transition, entries);
  }

  private static Recognised composite(Transition transition) {
    return new Recognised.NotOurs(
        "composite alarm %s: its children carry the metrics"
            .formatted(Field.printable(transition.name(), 60)));
  }

  private AlarmReader() {}
}
