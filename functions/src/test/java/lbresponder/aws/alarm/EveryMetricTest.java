package lbresponder.aws.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.kind.Metric;
import lbresponder.facts.Alarm;
import lbresponder.facts.Recognised;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every metric of the list, in an alarm on it alone, as EventBridge and as SNS write it.
class EveryMetricTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TestFactory
  List<DynamicTest> recognisedInAnEvent() {
    return each(
        Metric.RECOGNISED,
        metric -> assertWatches(metric, CloudWatchAlarmReader.read(event(metric))));
  }

  @TestFactory
  List<DynamicTest> recognisedInANotification() {
    return each(
        Metric.RECOGNISED,
        metric -> assertWatches(metric, CloudWatchAlarmReader.read(notification(metric))));
  }

  @TestFactory
  List<DynamicTest> contextAloneIsNotOursAndSaysWhatIs() {
    return each(
        Metric.CONTEXT,
        metric -> {
          for (String message : List.of(event(metric), notification(metric))) {
            assertThat(CloudWatchAlarmReader.read(message))
                .isInstanceOfSatisfying(
                    Recognised.NotOurs.class,
                    notOurs ->
                        assertThat(notOurs.why())
                            .contains(metric.namespace() + " " + metric.name())
                            .contains("HealthyHostCount")
                            .hasSizeLessThan(650));
          }
        });
  }

  private interface Assertion {
    void on(Metric metric) throws Exception;
  }

  private static List<DynamicTest> each(List<Metric> metrics, Assertion assertion) {
    return metrics.stream()
        .map(
            metric ->
                DynamicTest.dynamicTest(
                    metric.namespace() + " " + metric.name(), () -> assertion.on(metric)))
        .toList();
  }

  private static void assertWatches(Metric metric, Recognised recognised) {
    boolean classic = metric.kind() == Kind.CLASSIC;
    String targetGroup =
        classic
            ? null
            : "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web-blue/73e2d6bc24d8a067";
    assertThat(recognised)
        .isInstanceOfSatisfying(
            Recognised.Alarms.class,
            alarms -> {
              Alarm alarm = alarms.alarms().getFirst();
              assertThat(alarms.alarms()).hasSize(1);
              assertThat(Kind.of(alarm.loadBalancer())).isEqualTo(metric.kind());
              assertThat(alarm.watches())
                  .containsExactly(
                      new Alarm.Watch(
                          metric.measure(),
                          metric.namespace(),
                          metric.name(),
                          targetGroup,
                          "eu-west-1a",
                          metric.statistic(),
                          60));
            });
  }

  private static Map<String, String> dimensions(Metric metric) {
    Map<String, String> dimensions = new LinkedHashMap<>();
    dimensions.put("AvailabilityZone", "eu-west-1a");
    switch (metric.kind()) {
      case CLASSIC -> dimensions.put("LoadBalancerName", "legacy");
      case APPLICATION -> dimensions.put("LoadBalancer", "app/web/50dc6c495c0c9188");
      case NETWORK -> dimensions.put("LoadBalancer", "net/edge/1b2c3d4e5f607182");
    }
    if (metric.kind() != Kind.CLASSIC) {
      dimensions.put("TargetGroup", "targetgroup/web-blue/73e2d6bc24d8a067");
    }
    return dimensions;
  }

  private static String event(Metric metric) throws Exception {
    ObjectNode event = (ObjectNode) JSON.readTree(SampleEvents.read("alb-connection-errors"));
    ObjectNode stat = (ObjectNode) event.at("/detail/configuration/metrics/0/metricStat");
    ObjectNode watched = (ObjectNode) stat.path("metric");
    stat.put("stat", metric.statistic());
    watched.put("namespace", metric.namespace()).put("name", metric.name());
    watched.set("dimensions", JSON.valueToTree(dimensions(metric)));
    return event.toString();
  }

  private static String notification(Metric metric) throws Exception {
    ObjectNode message =
        (ObjectNode) JSON.readTree(SampleEvents.read("sns-raw-clb-backend-connection-errors"));
    ObjectNode trigger = (ObjectNode) message.path("Trigger");
    trigger.put("Namespace", metric.namespace()).put("MetricName", metric.name());
    trigger.put("Statistic", metric.statistic().toUpperCase(Locale.ROOT));
    ArrayNode dimensions = trigger.putArray("Dimensions");
    dimensions(metric)
        .forEach((name, value) -> dimensions.addObject().put("value", value).put("name", name));
    return message.toString();
  }
}
