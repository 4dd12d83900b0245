package lbresponder.infra;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/// Shows the alarms that came, how each ended, how long it took, and the heartbeat.
final class ResponderDashboard {
  private ResponderDashboard() {}

  static void create(Construct scope, Function function, Queue alarms, Queue deadLetters) {
    IMetric causes =
        MathExpression.Builder.create()
            .label("")
            .expression(
                "SEARCH('{lb-responder,cause,service} MetricName=\"ANSWERED\"', 'Sum', 300)")
            .period(Duration.minutes(5))
            .build();
    List<List<IWidget>> rows =
        List.of(
            List.of(
                graph(
                    "Alarms",
                    Stream.of("ANSWERED", "RECOVERED", "IGNORED", "NOTHING_TO_SAY", "NOT_OURS")
                        .map(name -> (IMetric) SelfAlarms.metric(name, 5))
                        .toList()),
                graph("Leading causes", List.of(causes))),
            List.of(
                graph(
                    "Trouble",
                    Stream.concat(
                            Stream.of("NOT_DELIVERED", "UNREADABLE", "FAILED")
                                .map(name -> (IMetric) SelfAlarms.metric(name, 5)),
                            Stream.of(function.metricErrors(), function.metricThrottles()))
                        .toList()),
                graph(
                    "Queues",
                    List.of(
                        alarms.metricApproximateAgeOfOldestMessage(),
                        deadLetters.metricApproximateNumberOfMessagesVisible()))),
            List.of(
                graph("Duration", List.of(function.metricDuration())),
                graph("Heartbeat", List.of(SelfAlarms.metric("HEARTBEAT", 60)))));
    Dashboard.Builder.create(scope, "Dashboard").widgets(rows).build();
  }

  private static IWidget graph(String title, List<? extends IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).left(metrics).width(12).build();
  }
}
