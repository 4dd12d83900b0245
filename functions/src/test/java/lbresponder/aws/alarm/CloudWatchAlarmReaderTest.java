package lbresponder.aws.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.regex.Matcher;
import lbresponder.facts.Alarm;
import lbresponder.facts.Alarm.Watch;
import lbresponder.facts.Recognised;
import lbresponder.message.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/// Messages that go wrong in one particular way, and the exact answer.
class CloudWatchAlarmReaderTest {
  private static final String EVENT = SampleEvents.read("alb-connection-errors");
  private static final String CLASSIC = SampleEvents.read("clb-backend-connection-errors");
  private static final String RAW = SampleEvents.read("sns-raw-clb-backend-connection-errors");
  private static final String DIMENSIONS =
      "detail.configuration.metrics[0].metricStat.metric.dimensions";

  @ParameterizedTest
  @FieldSource("UNREADABLE")
  void unreadable(String message, String why) {
    assertThat(CloudWatchAlarmReader.read(message)).isEqualTo(new Recognised.Unreadable(why));
  }

  static final List<Arguments> UNREADABLE =
      List.of(
          Arguments.of("", "message: found nothing, expected a JSON object"),
          Arguments.of(" \n", "message: found nothing, expected a JSON object"),
          Arguments.of(
              "hello \u0007",
              "message: not one JSON object: Unrecognized token 'hello': was expecting (JSON"
                  + " String, Number, Array, Object or token 'null', 'true' or 'false') at line 1,"
                  + " column 6; it begins with hello"),
          Arguments.of("42", "message: found 42, expected a JSON object"),
          Arguments.of("[1,2]", "message: found an array of 2, expected a JSON object"),
          Arguments.of("null", "message: found null, expected a JSON object"),
          Arguments.of(
              "x".repeat(Json.MOST_CHARACTERS + 1),
              "message: found 1,048,577 characters, expected at most 1,048,576"),
          Arguments.of(
              EVENT.replaceAll("\"detail\": \\{[\\s\\S]*", "\"detail\": 7}"),
              "detail: found 7, expected an object"),
          Arguments.of(
              EVENT.replaceAll(
                  "\"metrics\": \\[[\\s\\S]*?\\n      \\]", "\"metrics\": {\"id\": 1}"),
              "detail.configuration.metrics: found an object with id, expected an array"),
          Arguments.of(
              EVENT.replaceAll("\"metrics\": \\[[\\s\\S]*?\\n      \\]", "\"metrics\": []"),
              "detail.configuration.metrics: found an array of 0, expected at least one metric"),
          Arguments.of(
              EVENT.replace("\"app/web/50dc6c495c0c9188\"", "12"),
              DIMENSIONS + ".LoadBalancer: found 12, expected app/NAME/ID"),
          Arguments.of(
              EVENT.replace("app/web/50dc6c495c0c9188", "app/only"),
              DIMENSIONS + ".LoadBalancer: found \"app/only\", expected app/NAME/ID"),
          Arguments.of(
              EVENT.replace("app/web/", "net/web/"),
              DIMENSIONS
                  + ".LoadBalancer: found \"net/web/50dc6c495c0c9188\", expected app/NAME/ID"),
          Arguments.of(
              EVENT.replace("targetgroup/web-blue/73e2d6bc24d8a067", "web-blue\\u0000\\u202e"),
              DIMENSIONS + ".TargetGroup: found \"web-blue\", expected targetgroup/NAME/ID"),
          Arguments.of(
              EVENT.replace("\"LoadBalancer\"", "\"Balancer\""),
              DIMENSIONS
                  + ": found Balancer, TargetGroup, expected LoadBalancer: e.g."
                  + " app/web/50dc6c495c0c9188"),
          Arguments.of(
              CLASSIC.replace("\"LoadBalancerName\": \"legacy\"", ""),
              DIMENSIONS
                  + ": found no dimension, expected LoadBalancerName: without it the metric sums up"
                  + " many load balancers"),
          Arguments.of(
              EVENT.replace("\"period\": 60", "\"period\": 1e999999999"),
              "detail.configuration.metrics[0].metricStat.period: found Infinity, expected a number"
                  + " of seconds from 1 to 604800"),
          Arguments.of(
              EVENT.replace("\"account\": \"123456789012\"", "\"account\": \"210987654321\""),
              "account: found \"210987654321\", expected 123456789012, as in the alarm's ARN"),
          Arguments.of(
              EVENT.replace("\"region\": \"eu-west-1\"", "\"region\": \"eu-west-2\""),
              "region: found \"eu-west-2\", expected eu-west-1, as in the alarm's ARN"),
          Arguments.of(
              EVENT.replace("arn:aws:cloudwatch", "arn:aws:sns"),
              "resources[0]: found"
                  + " \"arn:aws:sns:eu-west-1:123456789012:alarm:web-blue-connection-errors\","
                  + " expected an alarm's ARN, arn:aws:cloudwatch:REGION:ACCOUNT:alarm:NAME"),
          Arguments.of(
              EVENT.replace("\"value\": \"ALARM\"", "\"value\": \"" + "A".repeat(300) + "\""),
              "detail.state.value: found \""
                  + "A".repeat(79)
                  + "…\", expected OK, ALARM or INSUFFICIENT_DATA"),
          Arguments.of(
              EVENT.replace("\"detail-type\"", "\"type\""),
              "detail-type: found nothing, expected the event's type, e.g. CloudWatch Alarm State"
                  + " Change"),
          Arguments.of(
              RAW.replace("AlarmArn", "Arn").replaceAll("\\[\\s*\"arn:[^]]*\\]", "[]"),
              "AlarmArn: found nothing, expected the alarm's ARN, since nothing else here tells the"
                  + " region"),
          Arguments.of(
              RAW.replace("\"value\": \"legacy\"", "\"value\": null"),
              "Trigger.Dimensions[0].value: found null, expected the name of a Classic Load"
                  + " Balancer"),
          Arguments.of(
              "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":\"{\\\"AlarmName\\\":7}\"}",
              "Message.AlarmArn: found nothing, expected the alarm's ARN, since nothing else here"
                  + " tells the region"),
          Arguments.of(
              "{\"Records\":[{\"EventSource\":\"aws:sns\"}]}",
              "Records[0].Sns: found nothing, expected a notification of SNS"));

  @Test
  void whatIsNotOneCompleteJsonObjectIsUnreadable() {
    List<String> messages =
        List.of(
            EVENT.substring(0, EVENT.length() / 2),
            "\uFEFF" + EVENT,
            EVENT + "garbage",
            EVENT + EVENT,
            EVENT.replace("\"period\": 60", "\"period\": NaN"),
            EVENT.replace("\"period\": 60", "\"period\": 60, \"period\": 61"),
            EVENT.replace("\"period\": 60", "\"period\": " + "9".repeat(100_000)),
            "{\"a\":".repeat(1000) + "1" + "}".repeat(1000),
            "[".repeat(500_000));
    for (String message : messages) {
      assertThat(CloudWatchAlarmReader.read(message))
          .isInstanceOfSatisfying(
              Recognised.Unreadable.class,
              unreadable ->
                  assertThat(unreadable.why())
                      .startsWith("message: not one JSON object: ")
                      .hasSizeLessThanOrEqualTo(500));
    }
  }

  @ParameterizedTest
  @FieldSource("NOT_OURS")
  void notOurs(String message, String why) {
    assertThat(CloudWatchAlarmReader.read(message)).isEqualTo(new Recognised.NotOurs(why));
  }

  static final List<Arguments> NOT_OURS =
      List.of(
          Arguments.of("{}", "no alarm: an object without fields"),
          Arguments.of("{\"job\":1,\"note\":\"x\"}", "no alarm: an object with job, note"),
          Arguments.of("{\"Records\":[]}", "no records"),
          Arguments.of("{\"Records\":[{\"eventSource\":\"aws:s3\"}]}", "a record of aws:s3"),
          Arguments.of(
              EVENT.replace("app/web/", "gwy/web/"),
              "alarm web-blue-connection-errors: Gateway Load Balancer recognised, not covered: its"
                  + " appliances are reached through tunnels that cannot be probed"
                  + " (AWS/ApplicationELB TargetConnectionErrorCount)"));

  @ParameterizedTest
  @FieldSource("SAME_ALARM_WITHOUT")
  void sameAlarmWithout(String message) {
    assertThat(CloudWatchAlarmReader.read(message)).isEqualTo(CloudWatchAlarmReader.read(EVENT));
  }

  static final List<String> SAME_ALARM_WITHOUT =
      List.of(
          EVENT.replace("\"resources\"", "\"things\""),
          EVENT.replace("\"account\"", "\"konto\""),
          EVENT.replace("\"time\"", "\"sent\""),
          EVENT.replace("\"stat\"", "\"how\""),
          EVENT.replace("2026-01-02T17:02:40.989+0000\"\n", "2026-01-02T17:02:40.989Z\"\n"),
          EVENT.replace("2026-01-02T17:02:40.989+0000\"\n", "2026-01-02T18:02:40.989+01:00\"\n"));

  @Test
  void fallsBackToTheTimeOfTheEnvelope() {
    String event = EVENT.replace("2026-01-02T17:02:40.989+0000", "yesterday");
    assertThat(only(event).changedAt()).hasToString("2026-01-02T17:02:40Z");
    String envelope =
        SampleEvents.read("sns-envelope-alb-connection-errors").replace("StateChangeTime", "When");
    assertThat(only(envelope).changedAt()).hasToString("2026-01-02T17:02:41.022Z");
  }

  @Test
  void rubbishInReasonDataIsIgnored() {
    for (String rubbish : List.of("\"{]\"", "[1]", "\"{\\\"startDate\\\":7}\"", "\"\"")) {
      String event = EVENT.replaceAll("\"reasonData\": \".*\"", "\"reasonData\": " + q(rubbish));
      assertThat(only(event).evaluatedFrom()).as(rubbish).isNull();
    }
    String future = EVENT.replace("startDate\\\":\\\"2026", "startDate\\\":\\\"2036");
    assertThat(only(future).evaluatedFrom()).isNull();
  }

  @Test
  void readsTheRegionFromWhatItNotifies() {
    String message = RAW.replace("\"AlarmArn\"", "\"Arn\"");
    assertThat(CloudWatchAlarmReader.read(message)).isEqualTo(CloudWatchAlarmReader.read(RAW));
  }

  @Test
  void readsPercentilesOfSns() {
    String message = RAW.replace("\"Statistic\": \"SUM\"", "\"ExtendedStatistic\": \"p99\"");
    assertThat(only(message).watched().statistic()).isEqualTo("p99");
  }

  @Test
  void putsTheFailingMetricFirstAndNamesEachOnce() {
    String event =
        EVENT.replaceFirst(
            "\"metrics\": \\[",
            "\"metrics\": ["
                + entry("HTTPCode_Target_4XX_Count")
                + entry("HTTPCode_ELB_504_Count")
                + entry("HTTPCode_ELB_504_Count"));
    assertThat(only(event).watches().stream().map(Watch::metric))
        .containsExactly(
            "TargetConnectionErrorCount", "HTTPCode_ELB_504_Count", "HTTPCode_Target_4XX_Count");
  }

  @Test
  void readsEnvelopesWithinEnvelopes() {
    String quoted = RAW;
    for (int i = 0; i < 5; i++) {
      quoted =
          JsonNodeFactory.instance
              .objectNode()
              .put("Type", "Notification")
              .put("Message", quoted)
              .toString();
    }
    assertThat(CloudWatchAlarmReader.read(quoted)).isEqualTo(CloudWatchAlarmReader.read(RAW));
  }

  @Test
  void lengthBreaksNothing() {
    String length = "eu-west-".repeat(60_000);
    for (String value :
        List.of(
            "web-blue-connection-errors",
            "50dc6c495c0c9188",
            "targetgroup/web-blue",
            "eu-west-1",
            "123456789012")) {
      switch (CloudWatchAlarmReader.read(EVENT.replaceFirst(value, length))) {
        case Recognised.Alarms(List<Alarm> alarms) -> assertThat(alarms).hasSize(1);
        case Recognised.NotOurs(String why) -> throw new AssertionError(why);
        case Recognised.Composite _, Recognised.Silenced _ -> throw new AssertionError(value);
        case Recognised.Unreadable(String why) -> assertThat(why).hasSizeLessThan(500);
      }
    }
  }

  private static Alarm only(String message) {
    assertThat(CloudWatchAlarmReader.read(message)).isInstanceOf(Recognised.Alarms.class);
    return ((Recognised.Alarms) CloudWatchAlarmReader.read(message)).alarms().getFirst();
  }

  private static String entry(String metric) {
    return """
    {"id": "m", "metricStat": {"metric": {"namespace": "AWS/ApplicationELB", "name": "%s",
      "dimensions": {"LoadBalancer": "app/web/50dc6c495c0c9188"}}, "period": 60, "stat": "Sum"}},
    """
        .formatted(metric);
  }

  private static String q(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }
}
