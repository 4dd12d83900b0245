package lbresponder.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lbresponder.facts.Known;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/// What a deployed responder tells of itself, read by whoever looks after it.
public final class Deployed {
  /// A heartbeat comes every hour.
  private static final Duration LOOK_BACK = Duration.ofHours(6);

  private Deployed() {}

  /// What the function is configured with.
  ///
  /// @param function its name or ARN
  public static Known<Map<String, String>> environment(String region, String function) {
    AwsClients clients = AwsClients.in(region, AwsClients.http(), List.of());
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
    AwsClients clients = AwsClients.in(region, AwsClients.http(), List.of());
    Metric metric =
        Metric.builder()
            .namespace("lb-responder")
            .metricName("HEARTBEAT")
            .dimensions(Dimension.builder().name("service").value("respond").build())
            .build();
    MetricDataQuery query =
        MetricDataQuery.builder()
            .id("heartbeat")
            .metricStat(MetricStat.builder().metric(metric).period(300).stat("Sum").build())
            .build();
    Instant now = Instant.now();
    try (Calls calls = new Calls(now.plusSeconds(10))) {
      return calls
          .start(
              LoadReader.ACTION,
              () ->
                  clients
                      .cloudwatch()
                      .getMetricData(
                          call ->
                              call.startTime(now.minus(LOOK_BACK))
                                  .endTime(now)
                                  .metricDataQueries(query))
                      .metricDataResults())
          .get()
          .map(
              results ->
                  results.stream()
                      .flatMap(one -> one.timestamps().stream())
                      .max(Instant::compareTo));
    }
  }
}
