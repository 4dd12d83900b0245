package lbresponder.infra;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Machine;

/// The synthesised rule, held by the matcher EventBridge itself uses against events as AWS sends
/// them.
class AlarmRuleTest {
  private static final Path EVENTS = Path.of("..", "events");
  private static final JsonNode PATTERN =
      Templates.properties("AWS::Events::Rule", "AlarmRule").get("EventPattern");
  private static final JsonNode COMPOSITES =
      Templates.properties("AWS::Events::Rule", "CompositeRule").get("EventPattern");
  private static final JsonNode FORWARDED =
      Templates.properties("AWS::Events::Rule", "ForwardedAlarmRule").get("EventPattern");

  static Stream<Path> events() throws IOException {
    try (Stream<Path> files = Files.list(EVENTS)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void sampleEvent(Path file) throws IOException {
    String event = Files.readString(file);
    assertThat(matches(event)).isEqualTo(concernsUs(Templates.read(event)));
  }

  static Stream<Arguments> everyRecognisedMetric() {
    return Templates.values(Templates.resource("metrics.json").get("recognised"))
        .map(metric -> Arguments.of(text(metric, "namespace"), text(metric, "name")));
  }

  @ParameterizedTest
  @MethodSource("everyRecognisedMetric")
  void aRecognisedMetric(String namespace, String name) {
    assertThat(matches(alarm("ALARM", metric(namespace, name)))).isTrue();
    assertThat(matches(alarm("OK", metric(namespace, name)))).isTrue();
    assertThat(matches(alarm("INSUFFICIENT_DATA", metric(namespace, name)))).isFalse();
    String inMath = metric("AWS/EC2", "CPUUtilization") + ", " + metric(namespace, name);
    assertThat(matches(alarm("ALARM", inMath))).isTrue();
  }

  static Stream<Arguments> everyOtherMetric() {
    return Stream.concat(
        Templates.values(Templates.resource("metrics.json").get("context"))
            .map(metric -> Arguments.of(text(metric, "namespace"), text(metric, "name"))),
        Stream.of(
            Arguments.of("AWS/GatewayELB", "UnHealthyHostCount"),
            Arguments.of("Custom", "TargetConnectionErrorCount")));
  }

  @ParameterizedTest
  @MethodSource("everyOtherMetric")
  void anotherMetric(String namespace, String name) {
    assertThat(matches(alarm("ALARM", metric(namespace, name)))).isFalse();
  }

  @Test
  void namespaceAndNameOfDifferentMetrics() {
    String metrics =
        metric("AWS/ApplicationELB", "RequestCountPerTarget")
            + ", "
            + metric("Custom", "TargetConnectionErrorCount");
    assertThat(matches(alarm("ALARM", metrics))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws.cloudwatch", "CloudWatch Alarm State Change"})
  void anotherSourceOrType(String word) {
    String event = alarm("ALARM", metric("AWS/ELB", "BackendConnectionErrors"));
    assertThat(matches(event)).isTrue();
    assertThat(matches(event.replace(word, "something else"))).isFalse();
  }

  /// The bus takes what members send; only their accounts' alarms, and the hub's own, go on.
  @Test
  void whatIsForwardedIsOfTheAccountsThatAreKnown() throws Exception {
    Machine machine = Machine.builder().build();
    machine.addRule("forwarded", FORWARDED.toString());
    String event = alarm("ALARM", metric("AWS/ELB", "BackendConnectionErrors"));
    for (String known : List.of("111111111111", "222222222222", "333333333333")) {
      assertThat(machine.rulesForJSONEvent(of(known, event))).hasSize(1);
    }
    assertThat(machine.rulesForJSONEvent(of("444444444444", event))).isEmpty();
  }

  private static String of(String account, String event) {
    return event.replaceFirst("\\{", "{\"account\": \"%s\", ".formatted(account));
  }

  /// The alarms that the app makes are such as it answers.
  @Test
  void theAlarmsOfTheAppArriveHere() {
    List<JsonNode> alarms =
        Templates.everywhere("AWS::CloudWatch::Alarm").stream()
            .filter(one -> one.getKey().startsWith("Alarms"))
            .map(one -> one.getValue().get("Properties"))
            .toList();
    assertThat(alarms).hasSizeGreaterThan(5);
    for (JsonNode alarm : alarms) {
      List<String> metrics = new ArrayList<>();
      if (alarm.has("Metrics")) {
        Templates.values(alarm.get("Metrics"))
            .filter(one -> one.has("MetricStat"))
            .map(one -> one.at("/MetricStat/Metric"))
            .forEach(one -> metrics.add(metric(text(one, "Namespace"), text(one, "MetricName"))));
      } else {
        metrics.add(metric(text(alarm, "Namespace"), text(alarm, "MetricName")));
      }
      assertThat(matches(alarm("ALARM", String.join(", ", metrics)))).as("%s", alarm).isTrue();
      assertThat(alarm.get("EvaluationPeriods").asInt()).isEqualTo(5);
      assertThat(alarm.get("DatapointsToAlarm").asInt()).isEqualTo(3);
      assertThat(alarm.get("TreatMissingData").textValue()).isEqualTo("notBreaching");
    }
  }

  @Test
  void thePatternFitsEventBridgesLimit() {
    assertThat(PATTERN.toString().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(2048);
    int account = "\"111111111111\",".length();
    assertThat(FORWARDED.toString().length() + 17 * account).isLessThanOrEqualTo(2048);
  }

  private static boolean concernsUs(JsonNode event) {
    return event.path("source").asText().equals("aws.cloudwatch")
        && event.path("detail-type").asText().equals("CloudWatch Alarm State Change")
        && List.of("ALARM", "OK").contains(event.at("/detail/state/value").asText())
        && (event.at("/detail/configuration").has("alarmRule")
            || Templates.values(event.at("/detail/configuration/metrics"))
                .map(entry -> entry.at("/metricStat/metric"))
                .anyMatch(AlarmRuleTest::isRecognised));
  }

  private static boolean isRecognised(JsonNode metric) {
    return Templates.values(Templates.resource("metrics.json").get("recognised"))
        .anyMatch(
            known ->
                text(known, "namespace").equals(metric.path("namespace").asText())
                    && text(known, "name").equals(metric.path("name").asText()));
  }

  private static boolean matches(String event) {
    try {
      Machine machine = Machine.builder().build();
      machine.addRule("alarm", PATTERN.toString());
      machine.addRule("composite", COMPOSITES.toString());
      return !machine.rulesForJSONEvent(event).isEmpty();
    } catch (Exception e) {
      throw new AssertionError("the matcher refused %s or %s".formatted(PATTERN, event), e);
    }
  }

  private static String alarm(String state, String metrics) {
    return """
    {"source": "aws.cloudwatch", "detail-type": "CloudWatch Alarm State Change",
     "detail": {"state": {"value": "%s"}, "configuration": {"metrics": [%s]}}}
    """
        .formatted(state, metrics);
  }

  private static String metric(String namespace, String name) {
    return """
    {"metricStat": {"metric": {"namespace": "%s", "name": "%s"}}}\
    """
        .formatted(namespace, name);
  }

  private static String text(JsonNode object, String field) {
    return object.get(field).textValue();
  }
}
