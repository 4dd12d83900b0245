package lbresponder.aws.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Known;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/// What a deployed responder shows of itself: its settings and its heartbeat.
public final class Deployed {
  /// A heartbeat comes every hour.
  private static final Duration LOOK_BACK = Duration.ofHours(6);

  private Deployed() {}

  /// What the function is configured with.
  ///
  /// @param function its name or ARN
  public static Known<Map<String, String>> environment(String region, String function) {
    AwsClients clients = AwsClients.in(region);
    try (Calls calls = new Calls(Instant.now().plusSeconds(10))) {
      return calls
          .start(
              "lambda:GetFunctionConfiguration",
              () ->
                  clients
                      .lambda()
                      .getFunctionConfiguration(call -> call.functionName(function))
                      .environment())
          .get()
          .map(environment -> environment.variables());
    }
  }

  /// When a heartbeat was last counted; empty: not within six hours.
  public static Known<Optional<Instant>> heartbeat(String region) {
    AwsClients clients = AwsClients.in(region);
    Instant now = Instant.now();
    try (Calls calls = new Calls(now.plusSeconds(10))) {
      return calls
          .start(
              "cloudwatch:GetMetricData",
              () ->
                  clients
                      .cloudwatch()
                      .getMetricData(
                          call ->
                              call.startTime(now.minus(LOOK_BACK))
                                  .endTime(now)
                                  .metricDataQueries(heartbeats()))
                      .metricDataResults())
          .get()
          .map(
              results ->
                  results.stream()
                      .flatMap(result -> result.timestamps().stream())
                      .max(Instant::compareTo));
    }
  }

  private static MetricDataQuery heartbeats() {
    Metric metric =
        Metric.builder()
            .namespace("lb-responder")
            .metricName("HEARTBEAT")
            .dimensions(Dimension.builder().name("service").value("respond").build())
            .build();
    return MetricDataQuery.builder()
        .id("heartbeat")
        .metricStat(MetricStat.builder().metric(metric).period(300).stat("Sum").build())
        .build();
  }
}
