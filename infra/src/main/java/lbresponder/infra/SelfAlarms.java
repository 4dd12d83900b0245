package lbresponder.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/// The responder's own alarms. They have a topic of their own, as who is on call for load balancers
/// is not who operates the responder.
final class SelfAlarms extends Construct {
  private final Topic operations;

  SelfAlarms(Construct scope, String id) {
    super(scope, id);
    operations = Topic.Builder.create(this, "Operations").enforceSsl(true).build();
    operations.addToResourcePolicy(
        PolicyStatement.Builder.create()
            .sid("Alarms")
            .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
            .actions(List.of("sns:Publish"))
            .resources(List.of(operations.getTopicArn()))
            .conditions(
                Map.of("StringEquals", Map.of("aws:SourceAccount", Stack.of(this).getAccount())))
            .build());
  }

  Topic operations() {
    return operations;
  }

  void whenAtLeast(String id, IMetric metric, int threshold, String description) {
    alarm(id, metric, description)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .threshold(threshold)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build()
        .addAlarmAction(new SnsAction(operations));
  }

  /// Fires where nothing was counted in two periods.
  void whenSilent(String id, IMetric metric, String description) {
    alarm(id, metric, description)
        .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
        .threshold(1)
        .evaluationPeriods(2)
        .treatMissingData(TreatMissingData.BREACHING)
        .build()
        .addAlarmAction(new SnsAction(operations));
  }

  private Alarm.Builder alarm(String id, IMetric metric, String description) {
    return Alarm.Builder.create(this, id).metric(metric).alarmDescription(description);
  }

  /// One of the function's own metrics, its sum over so many minutes.
  static Metric metric(String name, int minutes) {
    return Metric.Builder.create()
        .namespace("lb-responder")
        .metricName(name)
        .dimensionsMap(Map.of("service", "respond"))
        .statistic("Sum")
        .period(Duration.minutes(minutes))
        .build();
  }
}
