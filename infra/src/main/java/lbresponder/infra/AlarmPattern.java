package lbresponder.infra;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.events.EventPattern;

/// Which events on the account's bus reach the responder: alarms on recognised metrics that start
/// (`ALARM`) or end (`OK`).
final class AlarmPattern {
  private AlarmPattern() {}

  /// Every namespace is combined with every name: a third of the length of the exact pairs. The
  /// pairs this adds are none that AWS publishes.
  ///
  /// `metrics` is a list in the event and an object here: EventBridge matches an object with each
  /// entry of a list, namespace and name within the same entry, and refuses a list of objects.
  static EventPattern.Builder onMetrics(List<RecognisedMetric> recognised) {
    Map<String, Object> metric =
        Map.of(
            "namespace", distinct(recognised.stream().map(RecognisedMetric::namespace)),
            "name", distinct(recognised.stream().map(RecognisedMetric::name)));
    return pattern(Map.of("metrics", Map.of("metricStat", Map.of("metric", metric))));
  }

  /// Composite alarms carry no metric: all of them pass, and the function reads their children.
  static EventPattern.Builder onComposites() {
    return pattern(Map.of("alarmRule", List.of(Map.of("exists", true))));
  }

  private static EventPattern.Builder pattern(Map<String, Object> configuration) {
    return EventPattern.builder()
        .source(List.of("aws.cloudwatch"))
        .detailType(List.of("CloudWatch Alarm State Change"))
        .detail(
            Map.of(
                "state", Map.of("value", List.of("ALARM", "OK")), "configuration", configuration));
  }

  private static List<String> distinct(Stream<String> words) {
    return words.distinct().sorted().toList();
  }
}
