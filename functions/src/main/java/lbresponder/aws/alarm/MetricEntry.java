package lbresponder.aws.alarm;

import java.util.List;
import lbresponder.message.Field;

/// One metric of an alarm, whichever way the message wrote it. Fields are read only for metrics of
/// load balancers: what an alarm on something else looks like is not ours to judge.
///
/// @param expression present where the entry is computed from others and names no metric itself
/// @param dimensions an object (EventBridge) or an array of `name` and `value` (SNS)
/// @param statistics where it may stand: SNS keeps percentiles under another name
/// @param account the account of what is measured; missing: the alarm's own
record MetricEntry(
    Field expression,
    Field namespace,
    Field name,
    Field dimensions,
    List<Field> statistics,
    Field period,
    Field account) {

  /// @param configuration `configuration` of an EventBridge event or a direct action
  static List<MetricEntry> ofEvent(Field configuration) {
    return configuration.at("metrics").elements().stream().map(MetricEntry::ofEventEntry).toList();
  }

  private static MetricEntry ofEventEntry(Field entry) {
    Field stat = entry.at("metricStat");
    Field metric = stat.at("metric");
    return new MetricEntry(
            entry.at("expression"),
            metric.at("namespace"),
            metric.at("name"),
            metric.at("dimensions"),
            List.of(stat.at("stat")),
            stat.at("period"),
            entry.at("accountId"))
        .checked(entry, stat);
  }

  /// @param trigger `Trigger` of a notification: one metric itself, or several under `Metrics`
  static List<MetricEntry> ofTrigger(Field trigger) {
    if (trigger.has("Metrics")) {
      return trigger.at("Metrics").elements().stream().map(MetricEntry::ofTriggerEntry).toList();
    }
    return List.of(
        new MetricEntry(
            trigger.at("Expression"),
            trigger.at("Namespace"),
            trigger.at("MetricName"),
            trigger.at("Dimensions"),
            List.of(trigger.at("Statistic"), trigger.at("ExtendedStatistic")),
            trigger.at("Period"),
            trigger.at("AccountId")));
  }

  private static MetricEntry ofTriggerEntry(Field entry) {
    Field stat = entry.at("MetricStat");
    Field metric = stat.at("Metric");
    return new MetricEntry(
            entry.at("Expression"),
            metric.at("Namespace"),
            metric.at("MetricName"),
            metric.at("Dimensions"),
            List.of(stat.at("Stat")),
            stat.at("Period"),
            entry.at("AccountId"))
        .checked(entry, stat);
  }

  private MetricEntry checked(Field entry, Field stat) {
    if (!stat.isPresent() && !expression.isPresent()) {
      throw entry.malformed("a metric or an expression");
    }
    return this;
  }

  /// Computed from other entries, or a query.
  boolean isExpression() {
    return expression.isPresent() && !namespace.isPresent();
  }

  /// As CloudWatch names it everywhere else: SNS writes `SUM` for `Sum`.
  ///
  /// @param usual what to say where the message does not
  String statistic(String usual) {
    String said =
        statistics.stream()
            .map(Field::textOrEmpty)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse(usual);
    return switch (said) {
      case "SUM" -> "Sum";
      case "AVERAGE" -> "Average";
      case "MAXIMUM" -> "Maximum";
      case "MINIMUM" -> "Minimum";
      case "SAMPLE_COUNT", "SAMPLECOUNT" -> "SampleCount";
      default -> said;
    };
  }

  int periodSeconds() {
    return period.wholeNumber(1, 604_800, "a number of seconds from 1 to 604800");
  }
}
