package lbresponder.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import lbresponder.facts.Known;
import lbresponder.facts.Recognised;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/// Composite alarms carry no metric: what they are about stands in the alarms below them.
record Composites(Calls calls, CloudWatchClient cloudwatch) {
  static final String ACTION = "cloudwatch:DescribeAlarms";

  /// DescribeAlarms takes so many names.
  private static final int MOST_NAMES = 100;

  /// Composites of composites; a cycle ends sooner, since no alarm is read twice.
  private static final int DEEPEST = 5;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// `ALARM("name")`, `OK(name)` or `ALARM(arn)` in a rule.
  private static final Pattern IN_RULE =
      Pattern.compile(
          "\\b(?:ALARM|OK|INSUFFICIENT_DATA)\\s*\\(\\s*(?:\"([^\"]+)\"|([^\")]+?))\\s*\\)");

  /// @param triggering ids of the children that set it off; empty: the message does not say
  static Recognised of(Transition transition, List<String> triggering, String rule) {
    List<String> children = triggering.isEmpty() ? inRule(rule) : triggering;
    if (children.isEmpty()) {
      return new Recognised.NotOurs(
          "composite alarm %s: its rule names no alarm"
              .formatted(Field.printable(transition.name(), 60)));
    }
    return new Recognised.Composite(
        transition.name(),
        transition.place().alarmArn(transition.name()),
        transition.description(),
        transition.state(),
        transition.changedAt(),
        transition.reason(),
        transition.previousState(),
        transition.previousSince(),
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
    } catch (Unfit _) {
      return List.of();
    }
  }

  /// From SNS's `TriggeringChildren`.
  static List<String> children(Field children) {
    try {
      return children.elements().stream()
          .map(child -> child.at("Arn").text("an alarm's ARN"))
          .toList();
    } catch (Unfit _) {
      return List.of();
    }
  }

  /// @throws Unfit where its id is no alarm's ARN
  static Place place(Recognised.Composite composite) {
    Field arn = new Field("AlarmArn", TextNode.valueOf(composite.arn()));
    return Place.of(arn, new Field("AWSAccountId", JSON.missingNode()));
  }

  Recognised resolve(Recognised.Composite composite, Place place) {
    Transition transition =
        new Transition(
            composite.name(),
            place,
            composite.description(),
            composite.state(),
            composite.changedAt(),
            null,
            composite.reason(),
            composite.previousState(),
            composite.previousSince());
    return switch (below(composite.children())) {
      case Known.Unknown<List<MetricAlarm>>(String why) ->
          new Recognised.Unreadable(
              "composite alarm %s: its children could not be read: %s"
                  .formatted(Field.printable(composite.name(), 60), why));
      case Known.Value<List<MetricAlarm>>(List<MetricAlarm> alarms) -> {
        List<MetricEntry> entries =
            inState(alarms, composite).stream().flatMap(one -> entries(one).stream()).toList();
        yield entries.isEmpty()
            ? new Recognised.NotOurs(
                "composite alarm %s: none of its children watches a metric"
                    .formatted(Field.printable(composite.name(), 60)))
            : Watching.recognise(transition, entries);
      }
    };
  }

  /// The metric alarms below, level by level.
  private Known<List<MetricAlarm>> below(List<String> children) {
    Set<String> seen = new LinkedHashSet<>();
    List<MetricAlarm> found = new ArrayList<>();
    List<String> open = names(children, seen);
    for (int level = 0; level < DEEPEST && !open.isEmpty(); level++) {
      List<String> asked = open;
      Known<DescribeAlarmsResponse> answer = calls.start(ACTION, () -> describe(asked)).get();
      if (answer instanceof Known.Unknown<DescribeAlarmsResponse>(String why)) {
        return Known.unknown(why);
      }
      List<String> next = new ArrayList<>();
      answer.map(
          all -> {
            found.addAll(all.metricAlarms());
            all.compositeAlarms().stream()
                .map(CompositeAlarm::alarmRule)
                .forEach(rule -> next.addAll(inRule(V2.orEmpty(rule))));
            return all;
          });
      open = names(next, seen);
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
    return ids.stream()
        .map(id -> id.startsWith("arn:") ? id.substring(id.indexOf(":alarm:") + 7) : id)
        .filter(seen::add)
        .limit(MOST_NAMES)
        .toList();
  }

  /// Of a composite that alarms, those children that alarm; all where none is known to.
  private static List<MetricAlarm> inState(
      List<MetricAlarm> alarms, Recognised.Composite composite) {
    List<MetricAlarm> same =
        alarms.stream()
            .filter(
                one ->
                    one.stateValue() == StateValue.ALARM
                        && composite.state() == lbresponder.facts.Alarm.State.ALARM)
            .toList();
    return same.isEmpty() ? alarms : same;
  }

  /// In the form a notification has, so that one reader reads both.
  private static List<MetricEntry> entries(MetricAlarm alarm) {
    ObjectNode trigger = JSON.objectNode();
    if (alarm.metrics().isEmpty()) {
      metric(trigger, alarm.namespace(), alarm.metricName(), alarm.dimensions());
      trigger.put("Statistic", V2.orEmpty(alarm.statisticAsString()));
      trigger.put("ExtendedStatistic", V2.orEmpty(alarm.extendedStatistic()));
      trigger.put("Period", V2.orZero(alarm.period()));
    } else {
      alarm.metrics().forEach(one -> trigger.withArray("Metrics").add(query(one)));
    }
    return MetricEntry.ofTrigger(new Field(V2.orEmpty(alarm.alarmName()), trigger));
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
      stat.put("Stat", V2.orEmpty(from.metricStat().stat()));
      stat.put("Period", V2.orZero(from.metricStat().period()));
    }
    return query;
  }

  private static void metric(
      ObjectNode into,
      @Nullable String namespace,
      @Nullable String name,
      List<Dimension> dimensions) {
    into.put("Namespace", V2.orEmpty(namespace));
    into.put("MetricName", V2.orEmpty(name));
    for (Dimension dimension : dimensions) {
      into.withArray("Dimensions")
          .addObject()
          .put("name", dimension.name())
          .put("value", dimension.value());
    }
  }
}
