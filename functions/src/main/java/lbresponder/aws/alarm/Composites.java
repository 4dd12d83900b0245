package lbresponder.aws.alarm;

import static lbresponder.aws.sdk.Absent.orEmpty;
import static lbresponder.aws.sdk.Absent.orZero;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Alarm;
import lbresponder.facts.Known;
import lbresponder.facts.Recognised;
import lbresponder.message.Field;
import lbresponder.message.Json;
import lbresponder.message.MalformedMessage;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/// Composite alarms carry no metric: what they are about stands in the alarms below them.
record Composites(Calls calls, CloudWatchClient cloudwatch) {
  private static final String ACTION = AlarmStates.ACTION;
  private static final int MOST_NAMES = AlarmStates.MOST_NAMES;

  /// Composites of composites; a cycle ends sooner, since no alarm is read twice.
  private static final int DEEPEST = 5;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// `ALARM("name")`, `OK(name)` or `ALARM(arn)` in a rule.
  private static final Pattern IN_RULE =
      Pattern.compile(
          "\\b(?:ALARM|OK|INSUFFICIENT_DATA)\\s*\\(\\s*(?:\"([^\"]+)\"|([^\")]+?))\\s*\\)");

  /// @param triggering ids of the children that set it off; empty: the message does not say
  static Recognised of(StateChange change, List<String> triggering, String rule) {
    List<String> children = triggering.isEmpty() ? inRule(rule) : triggering;
    if (children.isEmpty()) {
      return new Recognised.NotOurs(
          "composite alarm %s: its rule names no alarm"
              .formatted(Untrusted.clean(change.name(), 60)));
    }
    return new Recognised.Composite(
        Kind.PROVIDER,
        change.name(),
        change.origin().alarmArn(change.name()),
        change.description(),
        change.state(),
        change.changedAt(),
        change.reason(),
        change.previousState(),
        change.previousSince(),
        children);
  }

  private static List<String> inRule(String rule) {
    return IN_RULE
        .matcher(rule)
        .results()
        .map((MatchResult found) -> found.group(1) == null ? found.group(2) : found.group(1))
        .distinct()
        .toList();
  }

  /// From EventBridge's `reasonData`, JSON within a string; whatever is wrong with it, the rule
  /// still names the children.
  static List<String> triggering(Field reasonData) {
    try {
      Field data = Json.object(reasonData.textOrEmpty(), reasonData.path());
      return data.at("triggeringAlarms").elements().stream()
          .map(child -> child.at("arn").text("an alarm's ARN"))
          .toList();
    } catch (MalformedMessage _) {
      return List.of();
    }
  }

  /// From SNS's `TriggeringChildren`.
  static List<String> children(Field children) {
    try {
      return children.elements().stream()
          .map(child -> child.at("Arn").text("an alarm's ARN"))
          .toList();
    } catch (MalformedMessage _) {
      return List.of();
    }
  }

  Recognised resolve(Recognised.Composite composite, AlarmOrigin origin) {
    String name = Untrusted.clean(composite.name(), 60);
    String unread = "composite alarm %s: its children could not be read: ".formatted(name);
    return below(composite.children())
        .fold(
            alarms -> about(alarms, composite, origin),
            why -> new Recognised.Unreadable(unread + why),
            why -> new Recognised.Unreadable(unread + why));
  }

  private static Recognised about(
      List<MetricAlarm> alarms, Recognised.Composite composite, AlarmOrigin origin) {
    List<MetricAlarm> children = inState(alarms, composite);
    List<MetricEntry> entries =
        children.stream().flatMap(alarm -> entries(alarm).stream()).toList();
    if (entries.isEmpty()) {
      return new Recognised.NotOurs(
          "composite alarm %s: none of its children watches a metric"
              .formatted(Untrusted.clean(composite.name(), 60)));
    }
    StateChange change =
        new StateChange(
            composite.name(),
            origin,
            composite.description(),
            composite.state(),
            composite.changedAt(),
            null,
            composite.reason(),
            composite.previousState(),
            composite.previousSince(),
            children.getFirst().threshold());
    return AlarmMatcher.recognise(change, entries);
  }

  /// The metric alarms below, level by level.
  private Known<List<MetricAlarm>> below(List<String> children) {
    Set<String> seen = new LinkedHashSet<>();
    List<MetricAlarm> found = new ArrayList<>();
    List<String> open = names(children, seen);
    for (int level = 0; level < DEEPEST && !open.isEmpty(); level++) {
      List<String> asked = open;
      switch (calls.start(ACTION, () -> describe(asked)).get()) {
        case Known.Value<DescribeAlarmsResponse>(DescribeAlarmsResponse answer) -> {
          found.addAll(answer.metricAlarms());
          open =
              names(
                  answer.compositeAlarms().stream()
                      .flatMap(alarm -> inRule(orEmpty(alarm.alarmRule())).stream())
                      .toList(),
                  seen);
        }
        case Known.Unknown<DescribeAlarmsResponse>(String why) -> {
          return Known.unknown(why);
        }
        case Known.None<DescribeAlarmsResponse>(String why) -> {
          return Known.none(why);
        }
      }
    }
    return Known.of(List.copyOf(found));
  }

  private DescribeAlarmsResponse describe(List<String> names) {
    return cloudwatch.describeAlarms(
        call ->
            call.alarmNames(names)
                .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM)
                .maxRecords(MOST_NAMES));
  }

  /// Names of those not asked for before.
  private static List<String> names(List<String> ids, Set<String> seen) {
    return ids.stream().map(AlarmOrigin::name).filter(seen::add).limit(MOST_NAMES).toList();
  }

  /// Of a composite that alarms, those children that alarm; all where none is known to.
  private static List<MetricAlarm> inState(
      List<MetricAlarm> alarms, Recognised.Composite composite) {
    List<MetricAlarm> same =
        alarms.stream()
            .filter(
                alarm ->
                    alarm.stateValue() == StateValue.ALARM
                        && composite.state() == Alarm.State.ALARM)
            .toList();
    return same.isEmpty() ? alarms : same;
  }

  /// In the form a notification has, so that one reader reads both.
  private static List<MetricEntry> entries(MetricAlarm alarm) {
    ObjectNode trigger = JSON.objectNode();
    if (alarm.metrics().isEmpty()) {
      metric(trigger, alarm.namespace(), alarm.metricName(), alarm.dimensions());
      trigger.put("Statistic", orEmpty(alarm.statisticAsString()));
      trigger.put("ExtendedStatistic", orEmpty(alarm.extendedStatistic()));
      trigger.put("Period", orZero(alarm.period()));
    } else {
      alarm.metrics().forEach(metric -> trigger.withArray("Metrics").add(query(metric)));
    }
    return MetricEntry.ofTrigger(new Field(orEmpty(alarm.alarmName()), trigger));
  }

  private static ObjectNode query(MetricDataQuery from) {
    ObjectNode query = JSON.objectNode();
    if (from.expression() != null) {
      query.put("Expression", from.expression());
    }
    if (from.accountId() != null) {
      query.put("AccountId", from.accountId());
    }
    if (from.metricStat() != null) {
      ObjectNode stat = query.putObject("MetricStat");
      metric(
          stat.putObject("Metric"),
          from.metricStat().metric().namespace(),
          from.metricStat().metric().metricName(),
          from.metricStat().metric().dimensions());
      stat.put("Stat", orEmpty(from.metricStat().stat()));
      stat.put("Period", orZero(from.metricStat().period()));
    }
    return query;
  }

  private static void metric(
      ObjectNode into,
      @Nullable String namespace,
      @Nullable String name,
      List<Dimension> dimensions) {
    into.put("Namespace", orEmpty(namespace));
    into.put("MetricName", orEmpty(name));
    for (Dimension dimension : dimensions) {
      into.withArray("Dimensions")
          .addObject()
          .put("name", dimension.name())
          .put("value", dimension.value());
    }
  }
}
