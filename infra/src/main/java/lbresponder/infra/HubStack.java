package lbresponder.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
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

/// The smallest deployment: alarms, a queue, the function, a topic. A message that cannot be
/// answered ends in the dead-letter queue; nothing here may change anything it did not make.
public final class HubStack extends Stack {
  private static final JsonMapper MAPPER = new JsonMapper();

  /// How long one batch may take, in seconds.
  private static final int TIMEOUT = 60;

  /// @param functions the module whose lists of metrics and permissions are deployed
  /// @param jar the function's code
  public HubStack(Construct scope, String id, Path functions, Path jar) {
    super(scope, id);
    Path lists = functions.resolve("src/main/resources/lbresponder");
    Queue dead = queue("DeadLetters").retentionPeriod(Duration.days(14)).build();
    Queue alarms =
        queue("Alarms")
            .visibilityTimeout(Duration.seconds(6 * TIMEOUT))
            .deadLetterQueue(DeadLetterQueue.builder().queue(dead).maxReceiveCount(5).build())
            .build();
    Topic topic = Topic.Builder.create(this, "Answers").enforceSsl(true).build();
    Rule.Builder.create(this, "AlarmStateChanges")
        .eventPattern(pattern(read(lists.resolve("metrics.json"))))
        .targets(List.of(SqsQueue.Builder.create(alarms).deadLetterQueue(dead).build()))
        .build();
    Function respond = function(jar, topic, read(lists.resolve("permissions.json")));
    Alias live =
        Alias.Builder.create(this, "Live")
            .aliasName("live")
            .version(respond.getCurrentVersion())
            .build();
    live.addEventSource(
        SqsEventSource.Builder.create(alarms)
            .batchSize(10)
            .maxBatchingWindow(Duration.seconds(1))
            .maxConcurrency(5)
            .reportBatchItemFailures(true)
            .build());
  }

  private Queue.Builder queue(String id) {
    return Queue.Builder.create(this, id).encryption(QueueEncryption.SQS_MANAGED).enforceSsl(true);
  }

  /// An array in an event is matched element by element, so `metrics` is written as an object.
  private static EventPattern pattern(JsonNode metrics) {
    TreeSet<String> namespaces = new TreeSet<>();
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode metric : metrics.path("recognised")) {
      namespaces.add(metric.path("namespace").textValue());
      names.add(metric.path("name").textValue());
    }
    Map<String, Object> metric =
        Map.of("namespace", List.copyOf(namespaces), "name", List.copyOf(names));
    return EventPattern.builder()
        .source(List.of("aws.cloudwatch"))
        .detailType(List.of("CloudWatch Alarm State Change"))
        .detail(
            Map.of(
                "state", Map.of("value", List.of("ALARM", "OK")),
                "configuration", Map.of("metrics", Map.of("metricStat", Map.of("metric", metric)))))
        .build();
  }

  private Function function(Path jar, Topic topic, JsonNode permissions) {
    LogGroup logs =
        LogGroup.Builder.create(this, "RespondLogs").retention(RetentionDays.THREE_MONTHS).build();
    Role role =
        Role.Builder.create(this, "RespondRole")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    logs.grantWrite(role);
    role.addToPolicy(
        PolicyStatement.Builder.create()
            .sid("ReadLoadBalancers")
            .actions(
                StreamSupport.stream(permissions.path("gather").spliterator(), false)
                    .map(JsonNode::textValue)
                    .toList())
            .resources(List.of("*"))
            .conditions(Map.of("StringEquals", Map.of("aws:RequestedRegion", getRegion())))
            .build());
    topic.grantPublish(role);
    return Function.Builder.create(this, "Respond")
        .runtime(Runtime.JAVA_25)
        .architecture(Architecture.ARM_64)
        .handler("lbresponder.RespondFunction")
        .code(Code.fromAsset(jar.toString()))
        .memorySize(1024)
        .timeout(Duration.seconds(TIMEOUT))
        .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
        .loggingFormat(LoggingFormat.JSON)
        .logGroup(logs)
        .role(role)
        .environment(Map.of("LB_RESPONDER_TOPIC_ARN", topic.getTopicArn()))
        .build();
  }

  private static JsonNode read(Path file) {
    try {
      return MAPPER.readTree(file.toFile());
    } catch (IOException failure) {
      throw new UncheckedIOException(file + " cannot be read", failure);
    }
  }
}
