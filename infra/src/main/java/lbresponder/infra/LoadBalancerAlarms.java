package lbresponder.infra;

import java.util.Map;
import lbresponder.infra.Configuration.Balancer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/// Alarms for a load balancer that has none: connection errors by rate and number, and unhealthy
/// targets, each in three of five minutes. A single datapoint above zero is every day's noise. They
/// have no action: their events are what the responder listens to.
final class LoadBalancerAlarms extends Construct {
  private static final int OF = 5;
  private static final int MINUTES = 3;

  LoadBalancerAlarms(Construct scope, String id, Balancer balancer) {
    super(scope, id);
    String path = balancer.arn().substring(balancer.arn().indexOf(":loadbalancer/") + 14);
    if (path.startsWith("app/")) {
      Map<String, String> all = Map.of("LoadBalancer", path);
      errors(
          balancer,
          metric("AWS/ApplicationELB", "TargetConnectionErrorCount", "Sum", all),
          metric("AWS/ApplicationELB", "RequestCount", "Sum", all),
          5,
          0.01);
    } else if (!path.contains("/")) {
      Map<String, String> all = Map.of("LoadBalancerName", path);
      // It counts its health checks too, so that one dead instance alone makes some every minute.
      errors(
          balancer,
          metric("AWS/ELB", "BackendConnectionErrors", "Sum", all),
          metric("AWS/ELB", "RequestCount", "Sum", all),
          20,
          0.05);
      unhealthy(balancer, "Targets", metric("AWS/ELB", "UnHealthyHostCount", "Maximum", all));
    }
    for (String group : balancer.targetGroups()) {
      String dimension = group.substring(group.indexOf("targetgroup/"));
      String namespace = path.startsWith("net/") ? "AWS/NetworkELB" : "AWS/ApplicationELB";
      unhealthy(
          balancer,
          dimension.split("/", -1)[1],
          metric(
              namespace,
              "UnHealthyHostCount",
              "Maximum",
              Map.of("LoadBalancer", path, "TargetGroup", dimension)));
    }
  }

  private static Metric metric(
      String namespace, String name, String statistic, Map<String, String> dimensions) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .statistic(statistic)
        .dimensionsMap(dimensions)
        .period(Duration.minutes(1))
        .build();
  }

  private void errors(Balancer balancer, Metric errors, Metric requests, int least, double rate) {
    MathExpression both =
        MathExpression.Builder.create()
            .label("connection errors, many and often")
            .expression(
                "IF(FILL(errors,0) >= %d AND FILL(errors,0) >= %s * (FILL(errors,0) + FILL(requests,0)), 1, 0)"
                    .formatted(least, rate))
            .usingMetrics(Map.of("errors", errors, "requests", requests))
            .period(Duration.minutes(1))
            .build();
    alarm(
        "ConnectionErrors",
        both,
        "%s: at least %d connections a minute to targets fail, and %.0f %% of all"
            .formatted(balancer.name(), least, rate * 100));
  }

  private void unhealthy(Balancer balancer, String group, IMetric metric) {
    alarm(
        "Unhealthy" + group,
        metric,
        "%s: a target of %s fails its health checks".formatted(balancer.name(), group));
  }

  private void alarm(String id, IMetric metric, String description) {
    Alarm.Builder.create(this, id)
        .alarmDescription(description)
        .metric(metric)
        .threshold(1)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .evaluationPeriods(OF)
        .datapointsToAlarm(MINUTES)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }
}
