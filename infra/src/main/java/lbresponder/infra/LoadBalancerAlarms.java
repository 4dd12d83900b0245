package lbresponder.infra;

import java.util.Map;
import java.util.TreeMap;
import lbresponder.infra.Configuration.LoadBalancer;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.constructs.Construct;

/// Alarms for a load balancer that has none: connection errors by rate and number, and unhealthy
/// targets, each in three of five minutes, as single datapoints above zero are normal. They have no
/// action: the responder's rules receive their events.
final class LoadBalancerAlarms extends Construct {
  private static final int EVALUATION_PERIODS = 5;
  private static final int DATAPOINTS_TO_ALARM = 3;

  LoadBalancerAlarms(Construct scope, String id, LoadBalancer loadBalancer) {
    super(scope, id);
    String path = loadBalancer.arn().substring(loadBalancer.arn().indexOf(":loadbalancer/") + 14);
    if (path.startsWith("app/")) {
      Map<String, String> dimensions = Map.of("LoadBalancer", path);
      connectionErrors(
          loadBalancer,
          metric("AWS/ApplicationELB", "TargetConnectionErrorCount", "Sum", dimensions),
          metric("AWS/ApplicationELB", "RequestCount", "Sum", dimensions),
          5,
          0.01);
    } else if (!path.contains("/")) {
      Map<String, String> dimensions = Map.of("LoadBalancerName", path);
      // Classic counts failed health checks too: one dead instance makes some every minute.
      connectionErrors(
          loadBalancer,
          metric("AWS/ELB", "BackendConnectionErrors", "Sum", dimensions),
          metric("AWS/ELB", "RequestCount", "Sum", dimensions),
          20,
          0.05);
      unhealthyTargets(
          loadBalancer, "Targets", metric("AWS/ELB", "UnHealthyHostCount", "Maximum", dimensions));
    }
    for (String group : loadBalancer.targetGroups()) {
      String dimension = group.substring(group.indexOf("targetgroup/"));
      String namespace = path.startsWith("net/") ? "AWS/NetworkELB" : "AWS/ApplicationELB";
      unhealthyTargets(
          loadBalancer,
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

  private void connectionErrors(
      LoadBalancer loadBalancer, Metric errors, Metric requests, int least, double rate) {
    MathExpression manyAndOften =
        MathExpression.Builder.create()
            .label("connection errors, many and often")
            .expression(
                "IF(FILL(errors,0) >= %d AND FILL(errors,0) >= %s * (FILL(errors,0) + FILL(requests,0)), 1, 0)"
                    .formatted(least, rate))
            // Sorted: Map.of has another order in each run, and every deployment would change the
            // alarm.
            .usingMetrics(new TreeMap<>(Map.of("errors", errors, "requests", requests)))
            .period(Duration.minutes(1))
            .build();
    alarm(
        "ConnectionErrors",
        manyAndOften,
        "%s: at least %d connections a minute to targets fail, and %.0f %% of all"
            .formatted(loadBalancer.name(), least, rate * 100));
  }

  private void unhealthyTargets(LoadBalancer loadBalancer, String group, IMetric metric) {
    alarm(
        "Unhealthy" + group,
        metric,
        "%s: a target of %s fails its health checks".formatted(loadBalancer.name(), group));
  }

  private void alarm(String id, IMetric metric, String description) {
    Alarm.Builder.create(this, id)
        .alarmDescription(description)
        .metric(metric)
        .threshold(1)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .evaluationPeriods(EVALUATION_PERIODS)
        .datapointsToAlarm(DATAPOINTS_TO_ALARM)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build();
  }
}
