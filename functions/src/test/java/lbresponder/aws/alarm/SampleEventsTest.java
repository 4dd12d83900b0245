package lbresponder.aws.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Alarm;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import lbresponder.facts.Recognised;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every file in `events/` is recognised as. The table is `sample-events.txt`: a file's name,
/// and under it, indented, what comes of it.
class SampleEventsTest {

  @TestFactory
  List<DynamicTest> recognises() throws IOException {
    Map<String, String> expected = table();
    List<DynamicTest> tests = new ArrayList<>();
    SampleEvents.all()
        .forEach(
            (name, event) ->
                tests.add(
                    DynamicTest.dynamicTest(
                        name,
                        () ->
                            assertThat(described(CloudWatchAlarmReader.read(event)))
                                .isEqualTo(expected.get(name)))));
    return tests;
  }

  @Test
  void tableNamesEveryFileAndNoOther() throws IOException {
    assertThat(table().keySet()).isEqualTo(SampleEvents.all().keySet());
  }

  @Test
  void fillsEveryComponentOfAnAlarm() {
    LoadBalancerId web =
        Kind.APPLICATION.id(
            "123456789012",
            "eu-west-1",
            "web",
            "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188");
    assertThat(CloudWatchAlarmReader.read(SampleEvents.read("alb-connection-errors")))
        .isEqualTo(
            new Recognised.Alarms(
                List.of(
                    new Alarm(
                        "web-blue-connection-errors",
                        "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:web-blue-connection-errors",
                        "Targets cannot be reached",
                        Alarm.State.ALARM,
                        Instant.parse("2026-01-02T17:02:40.989Z"),
                        Instant.parse("2026-01-02T17:01:00Z"),
                        "Threshold Crossed: 1 out of the last 1 datapoints [99.0 (02/01/26"
                            + " 17:01:00)] was greater than or equal to the threshold (1.0)"
                            + " (minimum 1 datapoint for OK -> ALARM transition).",
                        Alarm.State.OK,
                        Instant.parse("2026-01-02T16:41:40.987Z"),
                        web,
                        List.of(
                            new Alarm.Watch(
                                Measure.CONNECTION_ERRORS,
                                "AWS/ApplicationELB",
                                "TargetConnectionErrorCount",
                                "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web-blue/73e2d6bc24d8a067",
                                null,
                                "Sum",
                                60)),
                        1.0))));
  }

  /// What several metrics are computed to is not any one of them.
  @ParameterizedTest
  @CsvSource({
    "alb-connection-errors, 1.0",
    "nlb-unhealthy-routing, 10.0",
    "sns-raw-clb-backend-connection-errors, 1.0",
    "alb-state-set-by-hand,",
    "alb-metric-math,",
    "alb-anomaly-band,",
    "sns-raw-alb-metric-math,"
  })
  void theThresholdIsThatOfOneMetric(String name, @Nullable Double threshold) {
    assertThat(CloudWatchAlarmReader.read(SampleEvents.read(name)))
        .isInstanceOfSatisfying(
            Recognised.Alarms.class,
            alarms ->
                assertThat(alarms.alarms()).extracting(Alarm::threshold).containsOnly(threshold));
  }

  private static Map<String, String> table() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(SampleEventsTest.class.getResourceAsStream("sample-events.txt"))) {
      Map<String, String> table = new TreeMap<>();
      for (String entry :
          new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n(?=\\S)", -1)) {
        String[] nameAndRest = entry.strip().split("\n", 2);
        table.put(nameAndRest[0], nameAndRest[1].stripIndent().strip());
      }
      return table;
    }
  }

  private static String described(Recognised recognised) {
    return switch (recognised) {
      case Recognised.Alarms(List<Alarm> alarms) ->
          alarms.stream().map(SampleEventsTest::described).collect(Collectors.joining("\n"));
      case Recognised.Composite composite ->
          "composite %s over %s"
              .formatted(composite.state(), String.join(", ", composite.children()));
      case Recognised.Silenced(String why, Recognised what) ->
          "silenced: %s\n%s".formatted(why, described(what));
      case Recognised.NotOurs(String why) -> "not ours: " + why;
      case Recognised.Unreadable(String why) -> "unreadable: " + why;
    };
  }

  private static String described(Alarm alarm) {
    String watches =
        alarm.watches().stream()
            .map(
                watch ->
                    "  %s %s%s%s %s/%d"
                        .formatted(
                            watch.measure(),
                            watch.metric(),
                            limit(watch.targetGroup()),
                            limit(watch.zone()),
                            watch.statistic(),
                            watch.periodSeconds()))
            .collect(Collectors.joining("\n"));
    return """
    %s %s since %s, first datapoint %s, before that %s since %s
    %s
    %s\
    """
        .formatted(
            alarm.state(),
            alarm.arn(),
            alarm.changedAt(),
            alarm.evaluatedFrom(),
            alarm.previousState(),
            alarm.previousSince(),
            alarm.loadBalancer().arn(),
            watches);
  }

  private static String limit(@Nullable String dimension) {
    return dimension == null ? "" : " of " + dimension.substring(dimension.lastIndexOf(':') + 1);
  }
}
