package lbresponder.aws.alarm;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import lbresponder.facts.Alarm;
import lbresponder.facts.LoadBalancerId;
import lbresponder.message.Field;
import lbresponder.message.Json;
import lbresponder.message.MalformedMessage;
import org.jspecify.annotations.Nullable;

/// An alarm's change of state, whichever way the message wrote it; without what the alarm watches.
/// Components are those of {@link Alarm}.
record StateChange(
    String name,
    AlarmOrigin origin,
    String description,
    Alarm.State state,
    Instant changedAt,
    @Nullable Instant evaluatedFrom,
    String reason,
    Alarm.@Nullable State previousState,
    @Nullable Instant previousSince,
    @Nullable Double threshold) {

  private static final Pattern STATE = Pattern.compile("OK|ALARM|INSUFFICIENT_DATA");
  private static final String STATES = "OK, ALARM or INSUFFICIENT_DATA";
  private static final String NAME = "the alarm's name";

  /// As EventBridge and the direct action write it.
  ///
  /// @param alarm the object with `alarmName`, `state` and `previousState`
  /// @param sent when the message was sent, for a state without a timestamp
  static StateChange ofEvent(Field alarm, AlarmOrigin origin, Field sent) {
    Field state = alarm.at("state");
    Field before = alarm.at("previousState");
    Instant changedAt = changedAt(state.at("timestamp"), sent);
    Field reasonData = reasonData(state.at("reasonData"));
    return new StateChange(
        alarm.at("alarmName").text(NAME),
        origin,
        alarm.at("configuration").at("description").textOrEmpty(),
        state(state.at("value")),
        changedAt,
        firstDatapoint(reasonData, changedAt),
        state.at("reason").textOrEmpty(),
        before.at("value").isPresent() ? state(before.at("value")) : null,
        before.at("timestamp").instant(),
        reasonData.at("threshold").number());
  }

  /// As SNS carries it. It tells neither the first datapoint nor when the state before began.
  ///
  /// @param sent the envelope's timestamp, for a notification without its own
  static StateChange ofNotification(Field message, AlarmOrigin origin, Field sent) {
    Field before = message.at("OldStateValue");
    return new StateChange(
        message.at("AlarmName").text(NAME),
        origin,
        message.at("AlarmDescription").textOrEmpty(),
        state(message.at("NewStateValue")),
        changedAt(message.at("StateChangeTime"), sent),
        null,
        message.at("NewStateReason").textOrEmpty(),
        before.isPresent() ? state(before) : null,
        null,
        message.at("Trigger").at("Threshold").number());
  }

  private static Alarm.State state(Field value) {
    return Alarm.State.valueOf(value.matching(STATE, STATES).group());
  }

  private static Instant changedAt(Field timestamp, Field sent) {
    Instant changed = timestamp.instant();
    Instant fallback = changed == null ? sent.instant() : changed;
    if (fallback == null) {
      throw timestamp.malformed("a timestamp such as 2026-01-02T17:04:40.989+0000");
    }
    return fallback;
  }

  /// `reasonData` is JSON within a string, and absent where somebody set the state by hand. It only
  /// narrows the time to look at and tells the threshold: whatever is wrong with it is no reason to
  /// drop an alarm.
  private static Field reasonData(Field reasonData) {
    try {
      return Json.object(reasonData.textOrEmpty(), reasonData.path());
    } catch (MalformedMessage _) {
      return new Field(reasonData.path(), MissingNode.getInstance());
    }
  }

  private static @Nullable Instant firstDatapoint(Field reasonData, Instant changedAt) {
    try {
      Instant start = reasonData.at("startDate").instant();
      return start == null || start.isAfter(changedAt) ? null : start;
    } catch (MalformedMessage _) {
      return null;
    }
  }

  /// @param metrics how many the alarm computes from, its threshold being that of their result
  Alarm on(LoadBalancerId loadBalancer, List<Alarm.Watch> watches, int metrics) {
    return new Alarm(
        name,
        origin.alarmArn(name),
        description,
        state,
        changedAt,
        evaluatedFrom,
        reason,
        previousState,
        previousSince,
        loadBalancer,
        watches,
        metrics == 1 ? threshold : null);
  }
}
