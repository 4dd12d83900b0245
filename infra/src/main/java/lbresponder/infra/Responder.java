package lbresponder.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lbresponder.infra.Configuration.Place;
import lbresponder.infra.Configuration.ProberSite;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LoggingFormat;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.SnapStartConf;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.lambda.eventsources.SqsEventSource;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.ssm.ParameterTier;
import software.amazon.awscdk.services.ssm.StringParameter;
import software.constructs.Construct;

/// RespondFunction with its role: what it may read, where it may publish, which probers it may
/// invoke.
final class Responder extends Construct {
  static final int TIMEOUT_SECONDS = 60;

  /// Lambda allows 4 KB for all environment variables together.
  private static final int MAX_VARIABLE_BYTES = 1200;

  /// The limit of a parameter in the advanced tier.
  private static final int MAX_PARAMETER_BYTES = 8192;

  private final Configuration configuration;
  private final Role role;
  private final Function function;

  Responder(
      Construct scope,
      String id,
      Configuration configuration,
      FunctionsModule functions,
      Topic reports,
      @Nullable Topic chat,
      Queue alarms) {
    super(scope, id);
    this.configuration = configuration;
    LogGroup log =
        LogGroup.Builder.create(this, "Log")
            .retention(RetentionDays.THREE_MONTHS)
            .removalPolicy(RemovalPolicy.DESTROY)
            .build();
    role =
        Role.Builder.create(this, "Role")
            .roleName(Names.HUB_ROLE)
            .description("Reads load balancers and their network; publishes reports")
            .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
            .build();
    role.addToPolicy(gatherStatement(functions.gatherActions(), configuration.regions()));
    List<String> topics =
        Stream.concat(Stream.of(reports), Stream.ofNullable(chat)).map(Topic::getTopicArn).toList();
    allow("Publish", List.of("sns:Publish"), topics);
    log.grantWrite(role);
    function = function(functions, log);
    setVariable("LB_RESPONDER_TOPIC_ARN", reports.getTopicArn());
    if (chat != null) {
      setVariable("LB_RESPONDER_CHAT_TOPIC_ARN", chat.getTopicArn());
    }
    allowMembers();
    allowProbers();
    consume(alarms);
  }

  /// AWS defines no resources for these read actions; only the Region can be restricted.
  static PolicyStatement gatherStatement(List<String> actions, List<String> regions) {
    return PolicyStatement.Builder.create()
        .sid("Gather")
        .actions(actions)
        .resources(List.of("*"))
        .conditions(Map.of("StringEquals", Map.of("aws:RequestedRegion", regions)))
        .build();
  }

  Function function() {
    return function;
  }

  void setVariable(String variable, String value) {
    function.addEnvironment(variable, value);
  }

  void allow(String sid, List<String> actions, List<String> resources) {
    role.addToPolicy(
        PolicyStatement.Builder.create().sid(sid).actions(actions).resources(resources).build());
  }

  private Function function(FunctionsModule functions, LogGroup log) {
    return Function.Builder.create(this, "Function")
        .description("Answers load balancer alarms with cause, proof and fix")
        .runtime(Runtime.JAVA_25)
        .architecture(PublishedFunction.architecture(configuration.hub().architecture()))
        .memorySize(1024)
        .timeout(Duration.seconds(TIMEOUT_SECONDS))
        .handler("lbresponder.RespondFunction")
        .code(Code.fromAsset(functions.respondJar().toString()))
        .snapStart(SnapStartConf.ON_PUBLISHED_VERSIONS)
        .tracing(Tracing.ACTIVE)
        .role(role)
        .logGroup(log)
        .loggingFormat(LoggingFormat.JSON)
        .build();
  }

  private void allowMembers() {
    List<String> members = configuration.members();
    if (members.isEmpty()) {
      return;
    }
    setVariable("LB_RESPONDER_MEMBER_ROLE", Names.MEMBER_ROLE);
    setVariable("LB_RESPONDER_ACCOUNTS", String.join(",", members));
    allow(
        "ReadMembers",
        List.of("sts:AssumeRole"),
        members.stream()
            .map(account -> Names.memberRole(account, configuration.hub().region()))
            .toList());
  }

  private void allowProbers() {
    Map<String, String> probers = new TreeMap<>();
    for (Place place : configuration.places()) {
      for (ProberSite site : place.probers()) {
        probers.put(site.key(), Names.proberArn(place, site));
      }
    }
    if (probers.isEmpty()) {
      return;
    }
    allow("Dial", List.of("lambda:InvokeFunction"), List.copyOf(probers.values()));
    String list = json(probers);
    int length = list.getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_PARAMETER_BYTES) {
      throw new UnusableInput(
          "places: the probers' names take %,d bytes, expected at most %,d: let one prober stand for a VPC"
                  .formatted(length, MAX_PARAMETER_BYTES)
              + " instead of one for each of its load balancers");
    }
    if (length <= MAX_VARIABLE_BYTES) {
      setVariable("LB_RESPONDER_PROBERS", list);
      return;
    }
    StringParameter parameter =
        StringParameter.Builder.create(this, "Probers")
            .parameterName(Names.PROBERS_PARAMETER)
            .tier(ParameterTier.ADVANCED)
            .stringValue(list)
            .build();
    setVariable("LB_RESPONDER_PROBERS", Names.PROBERS_PARAMETER);
    allow("ReadProbers", List.of("ssm:GetParameter"), List.of(parameter.getParameterArn()));
  }

  private static String json(Map<String, String> map) {
    try {
      return new JsonMapper().writeValueAsString(map);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings are JSON", impossible);
    }
  }

  private void consume(Queue alarms) {
    PublishedFunction.liveAlias(this, function)
        .addEventSource(
            SqsEventSource.Builder.create(alarms)
                .batchSize(10)
                .maxBatchingWindow(Duration.seconds(1))
                .reportBatchItemFailures(true)
                .maxConcurrency(5)
                .build());
  }
}
