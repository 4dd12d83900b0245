package lbresponder.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/// Once per account and Region: alarm events → queue → RespondFunction → topic. The queue keeps an
/// alarm while the function is throttled, failing or being replaced; what cannot be handled ends in
/// the dead-letter queue.
final class HubStack extends Stack {
  private static final int RESPOND_SECONDS = 60;

  HubStack(Construct scope, String id, FunctionsModule functions) {
    super(
        scope,
        id,
        StackProps.builder().description("Answers load balancer alarms (read-only)").build());
    Queue deadLetters = deadLetters();
    Queue alarms = alarms(deadLetters);
    rule(
        "AlarmRule",
        "Alarms on load balancer metrics that start or end",
        AlarmPattern.of(functions.recognised()),
        SqsQueue.Builder.create(alarms).deadLetterQueue(deadLetters).build());
    rule(
        "CompositeRule",
        "Composite alarms that start or end",
        AlarmPattern.ofComposites(),
        SqsQueue.Builder.create(alarms).deadLetterQueue(deadLetters).build());
    Topic reports = Topic.Builder.create(this, "Reports").enforceSsl(true).build();
    LogGroup log =
        LogGroup.Builder.create(this, "RespondLog")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    Role role = role(functions.gatherActions(), reports, log);
    answer(alarms, respond(functions, role, reports, log));
    output("ReportsTopicArn", "Subscribe here to receive the reports", reports.getTopicArn());
    output("DeadLettersUrl", "What could not be handled", deadLetters.getQueueUrl());
  }

  private void rule(String id, String description, EventPattern pattern, SqsQueue target) {
    Rule.Builder.create(this, id)
        .description(description)
        .eventPattern(pattern)
        .targets(List.of(target))
        .build();
  }

  private void output(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }

  /// Kept as long as SQS can: a message's age counts from its first arrival in the other queue.
  private Queue deadLetters() {
    return Queue.Builder.create(this, "DeadLetters")
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .retentionPeriod(Duration.days(14))
        .build();
  }

  /// Six timeouts of visibility are what Lambda asks for: its pollers wait out throttling while
  /// holding the batch.
  private Queue alarms(Queue deadLetters) {
    return Queue.Builder.create(this, "Alarms")
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .visibilityTimeout(Duration.seconds(6 * RESPOND_SECONDS))
        .deadLetterQueue(DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(5).build())
        .build();
  }

  private Role role(List<String> gatherActions, Topic reports, LogGroup log) {
    Role role =
        Role.Builder.create(this, "RespondRole")
            .description("Reads load balancers and their network; publishes reports")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    // AWS defines no resource for these reads to be narrowed to; the Region is what can be.
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("Gather")
            .actions(gatherActions)
            .resources(List.of("*"))
            .conditions(Map.of("StringEquals", Map.of("aws:RequestedRegion", getRegion())))
            .build());
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("Publish")
            .actions(List.of("sns:Publish"))
            .resources(List.of(reports.getTopicArn()))
            .build());
    log.grantWrite(role);
    return role;
  }

  private Function respond(FunctionsModule functions, Role role, Topic reports, LogGroup log) {
    return Function.Builder.create(this, "RespondFunction")
        .description("Answers load balancer alarms with cause, proof and fix")
        .runtime(Runtime.JAVA_25)
        .architecture(Architecture.ARM_64)
        .memorySize(1024)
        .timeout(Duration.seconds(RESPOND_SECONDS))
        .handler("lbresponder.RespondFunction")
        .code(Code.fromAsset(functions.respondJar().toString()))
        .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
        .role(role)
        .logGroup(log)
        .loggingFormat(LoggingFormat.JSON)
        .environment(Map.of("LB_RESPONDER_TOPIC_ARN", reports.getTopicArn()))
        .build();
  }

  /// SnapStart works on published versions only, so the queue feeds the alias, never the function
  /// itself.
  private void answer(Queue alarms, Function respond) {
    Annotations.of(respond)
        .acknowledgeWarning(
            "@aws-cdk/aws-lambda:snapStartRequirePublish", "the alias is of a published version");
    Alias live =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(respond.getCurrentVersion())
            .build();
    live.addEventSource(
        SqsEventSource.Builder.create(alarms)
            .batchSize(10)
            .maxBatchingWindow(Duration.seconds(1))
            .reportBatchItemFailures(true)
            .maxConcurrency(5)
            .build());
  }
}
