package lbresponder.aws.alarm;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.aws.sdk.ClientPool;
import lbresponder.facts.Alarm;
import lbresponder.facts.AlarmReader;
import lbresponder.facts.AlarmReader.AlarmNow;
import lbresponder.facts.Known;
import lbresponder.facts.Recognised;
import lbresponder.message.Field;
import lbresponder.message.Json;
import lbresponder.message.MalformedMessage;
import lbresponder.message.Untrusted;

/// Reads CloudWatch alarms in whichever way they travel: as an EventBridge event, as an SNS
/// notification with or without its envelope, or as the direct action of an alarm on a function.
public final class CloudWatchAlarmReader implements AlarmReader {
  private static final String STATE_CHANGE = "CloudWatch Alarm State Change";

  private final ClientPool clients;

  /// @param clients read the alarms below a composite one
  public CloudWatchAlarmReader(ClientPool clients) {
    this.clients = clients;
  }

  @Override
  public Recognised recognise(String message) {
    return read(message);
  }

  @Override
  public Recognised resolve(Recognised.Composite composite, Instant deadline) {
    try (Calls calls = new Calls(deadline)) {
      AlarmOrigin origin = AlarmOrigin.of(composite.arn());
      AwsClients there = clients.in(origin.account(), origin.region());
      return new Composites(calls, there.cloudwatch()).resolve(composite, origin);
    } catch (MalformedMessage malformed) {
      return new Recognised.Unreadable(malformed.why());
    }
  }

  @Override
  public Map<String, Known<AlarmNow>> now(List<Alarm> alarms, Instant deadline) {
    try (Calls calls = new Calls(deadline)) {
      return new AlarmStates(clients, calls).now(alarms);
    }
  }

  /// What a message turned out to be. Makes no call and never throws.
  ///
  /// @param message as it came out of the queue
  static Recognised read(String message) {
    try {
      Field whole = Json.object(message, "");
      return unwrap(whole, whole.at("TopicArn"), whole.at("Timestamp"));
    } catch (MalformedMessage malformed) {
      return new Recognised.Unreadable(malformed.why());
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
    if (records.size() == 1) {
      return record(records.getFirst());
    }
    List<Alarm> alarms = new ArrayList<>();
    String why = "no records";
    for (Field record : records) {
      switch (record(record)) {
        case Recognised.Alarms(List<Alarm> found) -> alarms.addAll(found);
        case Recognised.NotOurs(String reason) -> why = reason;
        case Recognised.Silenced(String reason, _) -> why = reason;
        case Recognised.Composite composite -> {
          return new Recognised.Unreadable(
              "Records: found composite alarm %s among %d records, expected it alone"
                  .formatted(Untrusted.clean(composite.name(), 60), records.size()));
        }
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
      return new Recognised.NotOurs("a record of " + Untrusted.clean(source, 80));
    }
    Field notification = record.at("Sns");
    if (!notification.isPresent()) {
      throw notification.malformed("a notification of SNS");
    }
    return notification(notification);
  }

  private static Recognised notification(Field envelope) {
    String type = envelope.at("Type").textOrEmpty();
    if (!type.isEmpty() && !type.equals("Notification")) {
      return new Recognised.NotOurs(
          "SNS %s of %s"
              .formatted(
                  Untrusted.clean(type, 80),
                  Untrusted.clean(envelope.at("TopicArn").textOrEmpty(), 80)));
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
          "event %s of %s".formatted(Untrusted.clean(type, 80), Untrusted.clean(source, 80)));
    }
    Field resources = event.at("resources");
    Field arn = resources.isPresent() ? resources.first() : resources;
    AlarmOrigin origin = AlarmOrigin.of(arn, event.at("account"), event.at("region"));
    return eventAlarm(event.at("detail"), origin, event.at("time"));
  }

  private static Recognised direct(Field action) {
    AlarmOrigin origin =
        AlarmOrigin.of(action.at("alarmArn"), action.at("accountId"), action.at("region"));
    return eventAlarm(action.at("alarmData"), origin, action.at("time"));
  }

  private static Recognised eventAlarm(Field alarm, AlarmOrigin origin, Field sent) {
    StateChange change = StateChange.ofEvent(alarm, origin, sent);
    Field configuration = alarm.at("configuration");
    Recognised recognised =
        !configuration.has("metrics") && configuration.has("alarmRule")
            ? Composites.of(
                change,
                Composites.triggering(alarm.at("state").at("reasonData")),
                configuration.at("alarmRule").textOrEmpty())
            : watched(change, MetricEntry.ofEvent(configuration), configuration.at("metrics"));
    String silence = silence(alarm, change);
    return silence.isEmpty() ? recognised : new Recognised.Silenced(silence, recognised);
  }

  /// Why nobody wants to hear of it now; empty: somebody does.
  private static String silence(Field alarm, StateChange change) {
    String suppressed = alarm.at("state").at("actionsSuppressedBy").textOrEmpty();
    Field muted = alarm.at("muteDetail");
    String name = Untrusted.clean(change.name(), 60);
    if (!suppressed.isEmpty()) {
      return "alarm %s is suppressed (%s): %s"
          .formatted(
              name,
              Untrusted.clean(suppressed, 40),
              Untrusted.clean(alarm.at("state").at("actionsSuppressedReason").textOrEmpty(), 120));
    }
    return muted.isPresent()
        ? "alarm %s is muted by %s until %s"
            .formatted(
                name,
                Untrusted.clean(muted.at("mutedByArn").textOrEmpty(), 120),
                Untrusted.clean(muted.at("muteWindowEnd").textOrEmpty(), 40))
        : "";
  }

  private static Recognised notified(Field message, Field topic, Field sent) {
    StateChange change = StateChange.ofNotification(message, origin(message, topic), sent);
    Field trigger = message.at("Trigger");
    if (!trigger.isPresent() && message.has("AlarmRule")) {
      return Composites.of(
          change,
          Composites.children(message.at("TriggeringChildren")),
          message.at("AlarmRule").textOrEmpty());
    }
    if (!trigger.isPresent()) {
      throw trigger.malformed("what the alarm watches");
    }
    return watched(change, MetricEntry.ofTrigger(trigger), trigger.at("Metrics"));
  }

  /// Never from `Region`, which holds a display name.
  private static AlarmOrigin origin(Field message, Field topic) {
    Field arn = message.at("AlarmArn");
    Field account = message.at("AWSAccountId");
    if (arn.isPresent()) {
      return AlarmOrigin.of(arn, account);
    }
    List<Field> notified = new ArrayList<>(List.of(topic));
    for (String actions : List.of("AlarmActions", "OKActions", "InsufficientDataActions")) {
      if (message.has(actions)) {
        notified.addAll(message.at(actions).elements());
      }
    }
    return AlarmOrigin.beside(notified, arn, account);
  }

  private static Recognised watched(StateChange change, List<MetricEntry> entries, Field metrics) {
    if (entries.isEmpty()) {
      throw metrics.malformed("at least one metric");
    }
    return AlarmMatcher.recognise(change, entries);
  }
}
