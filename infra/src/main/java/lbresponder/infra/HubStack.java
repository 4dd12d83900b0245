package lbresponder.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lbresponder.infra.Configuration.Slack;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.ArnComponents;
import software.amazon.awscdk.ArnFormat;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SqsQueue;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.StarPrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/// Deployed once: alarm events → queue → RespondFunction → topics. The queue keeps an alarm while
/// the function is throttled, failing or being replaced; what cannot be handled ends in the
/// dead-letter queue, which has an alarm of its own.
final class HubStack extends Stack {
  /// An event pattern may have 2,048 characters. With more accounts only the bus's policy limits
  /// who may send.
  private static final int MAX_ACCOUNTS_IN_PATTERN = 20;

  private final Configuration configuration;

  HubStack(Construct scope, String id, Configuration configuration, FunctionsModule functions) {
    super(
        scope,
        id,
        StackProps.builder()
            .description("Answers load balancer alarms (read-only)")
            .env(
                Environment.builder()
                    .account(configuration.hub().account())
                    .region(configuration.hub().region())
                    .build())
            .build());
    this.configuration = configuration;
    Queue deadLetters = deadLetterQueue(this);
    Queue alarms = alarmQueue(deadLetters);
    AlarmRules.create(this, "", null, List.of(), functions, target(alarms, deadLetters));
    receiveForwarded(functions, alarms, deadLetters);
    heartbeat(alarms, deadLetters);
    Topic reports = Topic.Builder.create(this, "Reports").enforceSsl(true).build();
    @Nullable Topic chat =
        configuration.hub().chatTopic()
            ? Topic.Builder.create(this, "Chat").enforceSsl(true).build()
            : null;
    incidentLedger();
    Responder responder =
        new Responder(this, "Respond", configuration, functions, reports, chat, alarms);
    configuration.hub().slack().ifPresent(slack -> slack(responder, slack));
    SelfAlarms selfAlarms = selfAlarms(responder, alarms, deadLetters);
    ResponderDashboard.create(this, responder.function(), alarms, deadLetters);
    output("ReportsTopicArn", "Subscribe here to receive the reports", reports.getTopicArn());
    if (chat != null) {
      output("ChatTopicArn", "For Amazon Q Developer in chat applications", chat.getTopicArn());
    }
    output(
        "OperationsTopicArn",
        "Subscribe here to hear of trouble with the responder itself",
        selfAlarms.operations().getTopicArn());
    output("DeadLettersUrl", "What could not be handled", deadLetters.getQueueUrl());
    output(
        "FunctionName",
        "For `lb-responder doctor --function`",
        responder.function().getFunctionName());
  }

  private void slack(Responder responder, Slack slack) {
    responder.setVariable("LB_RESPONDER_SLACK_SECRET", slack.secret());
    responder.setVariable("LB_RESPONDER_SLACK_CHANNEL", slack.channel());
    if (!slack.mention().isEmpty()) {
      responder.setVariable("LB_RESPONDER_MENTION", slack.mention());
    }
    responder.allow(
        "ReadSlackToken",
        List.of("secretsmanager:GetSecretValue"),
        // Six random characters follow the name.
        List.of(
            formatArn(
                ArnComponents.builder()
                    .service("secretsmanager")
                    .resource("secret")
                    .arnFormat(ArnFormat.COLON_RESOURCE_NAME)
                    .resourceName(slack.secret() + "-??????")
                    .build())));
  }

  private static SqsQueue target(Queue queue, Queue deadLetters) {
    return SqsQueue.Builder.create(queue).deadLetterQueue(deadLetters).build();
  }

  /// What other Regions and the organisation's accounts send. They cannot forge CloudWatch's
  /// events: EventBridge lets nobody else send with the source `aws.cloudwatch`.
  private void receiveForwarded(FunctionsModule functions, Queue alarms, Queue deadLetters) {
    boolean others =
        configuration.places().stream().anyMatch(place -> !place.isIn(configuration.hub()));
    if (!others) {
      return;
    }
    EventBus bus = EventBus.Builder.create(this, "Bus").eventBusName(Names.BUS).build();
    List<String> accounts = new ArrayList<>(configuration.members());
    accounts.add(configuration.hub().account());
    if (!configuration.members().isEmpty()) {
      bus.addToResourcePolicy(
          PolicyStatement.Builder.create()
              .sid("Organisation")
              .principals(List.of(new StarPrincipal()))
              .actions(List.of("events:PutEvents"))
              .resources(List.of(bus.getEventBusArn()))
              .conditions(
                  Map.of(
                      "StringEquals",
                      Map.of(
                          "aws:PrincipalOrgID",
                          configuration.organisation(),
                          "aws:PrincipalAccount",
                          configuration.members())))
              .build());
    }
    AlarmRules.create(
        this,
        "Forwarded",
        bus,
        accounts.size() <= MAX_ACCOUNTS_IN_PATTERN ? accounts : List.of(),
        functions,
        target(alarms, deadLetters));
  }

  /// Goes the whole way of an alarm, so that a disabled rule, a queue that is not read and a
  /// function that does not start are all noticed.
  private void heartbeat(Queue alarms, Queue deadLetters) {
    Rule.Builder.create(this, "Heartbeat")
        .description("Shows every hour that an alarm would be answered")
        .schedule(Schedule.rate(Duration.hours(1)))
        .targets(
            List.of(
                SqsQueue.Builder.create(alarms)
                    .deadLetterQueue(deadLetters)
                    .message(RuleTargetInput.fromObject(Map.of("lb-responder", "heartbeat")))
                    .build()))
        .build();
  }

  /// The table of the incident ledger, which does not exist yet: nothing may read or write it.
  private void incidentLedger() {
    Table.Builder.create(this, "Ledger")
        .partitionKey(Attribute.builder().name("pk").type(AttributeType.STRING).build())
        .sortKey(Attribute.builder().name("sk").type(AttributeType.STRING).build())
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .timeToLiveAttribute("expiresAt")
        .pointInTimeRecoverySpecification(
            PointInTimeRecoverySpecification.builder().pointInTimeRecoveryEnabled(true).build())
        .removalPolicy(RemovalPolicy.DESTROY)
        .build();
  }

  private SelfAlarms selfAlarms(Responder responder, Queue alarms, Queue deadLetters) {
    SelfAlarms selfAlarms = new SelfAlarms(this, "Watch");
    selfAlarms.whenAtLeast(
        "DeadLetters",
        over(5, deadLetters.metricApproximateNumberOfMessagesVisible()),
        1,
        "An alarm could not be answered, and lies in the dead-letter queue");
    selfAlarms.whenAtLeast(
        "Errors",
        over(5, responder.function().metricErrors()),
        1,
        "The function that answers alarms fails");
    selfAlarms.whenAtLeast(
        "Waiting",
        over(5, alarms.metricApproximateAgeOfOldestMessage()),
        900,
        "An alarm has waited for fifteen minutes");
    selfAlarms.whenAtLeast(
        "NotDelivered",
        SelfAlarms.metric("NOT_DELIVERED", 5),
        1,
        "A channel did not take an answer: see the function's log");
    selfAlarms.whenSilent(
        "NoHeartbeat",
        SelfAlarms.metric("HEARTBEAT", 60),
        "No heartbeat came through in two hours: alarms may not be answered");
    return selfAlarms;
  }

  private static Metric over(int minutes, Metric metric) {
    return metric.with(MetricOptions.builder().period(Duration.minutes(minutes)).build());
  }

  private void output(String id, String description, String value) {
    CfnOutput.Builder.create(this, id).description(description).value(value).build();
  }

  /// With the longest retention of SQS: a message's age counts from its arrival in the first queue.
  static Queue deadLetterQueue(Construct scope) {
    return Queue.Builder.create(scope, "DeadLetters")
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .retentionPeriod(Duration.days(14))
        .build();
  }

  /// Lambda asks for a visibility timeout of six function timeouts: while the function is throttled
  /// its pollers keep the batch.
  private Queue alarmQueue(Queue deadLetters) {
    return Queue.Builder.create(this, "Alarms")
        .encryption(QueueEncryption.SQS_MANAGED)
        .enforceSsl(true)
        .retentionPeriod(Duration.days(4))
        .visibilityTimeout(Duration.seconds(6 * Responder.TIMEOUT_SECONDS))
        .deadLetterQueue(DeadLetterQueue.builder().queue(deadLetters).maxReceiveCount(5).build())
        .build();
  }
}
