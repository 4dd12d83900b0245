package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubStackTest {
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String QUEUE = "AWS::SQS::Queue";

  @Test
  void everyRuleFeedsTheQueueAndHasADeadLetterQueue() {
    assertThat(Templates.resources("AWS::Events::Rule")).hasSize(5);
    for (String name :
        List.of(
            "AlarmRule",
            "CompositeRule",
            "ForwardedAlarmRule",
            "ForwardedCompositeRule",
            "Heartbeat")) {
      JsonNode rule = Templates.properties("AWS::Events::Rule", name);
      assertThat(rule.get("State").textValue()).isEqualTo("ENABLED");
      assertThat(rule.get("Targets")).hasSize(1);
      JsonNode target = rule.get("Targets").get(0);
      assertThat(target.get("Arn")).isEqualTo(arn(Templates.id(QUEUE, "Alarms")));
      assertThat(target.at("/DeadLetterConfig/Arn"))
          .isEqualTo(arn(Templates.id(QUEUE, "DeadLetters")));
    }
  }

  @Test
  void queuesAreEncryptedAndTheAlarmsQueueHasADeadLetterQueue() {
    assertThat(Templates.resources(QUEUE))
        .hasSize(2)
        .allMatch(
            queue -> queue.getValue().at("/Properties/SqsManagedSseEnabled").asBoolean(false));
    JsonNode redrive = Templates.properties(QUEUE, "Alarms").get("RedrivePolicy");
    assertThat(redrive.get("deadLetterTargetArn"))
        .isEqualTo(arn(Templates.id(QUEUE, "DeadLetters")));
    assertThat(redrive.get("maxReceiveCount").intValue()).isEqualTo(5);
    assertThat(Templates.properties(QUEUE, "DeadLetters").get("MessageRetentionPeriod").intValue())
        .isEqualTo(14 * 24 * 3600);
  }

  @Test
  void aMessageStaysInvisibleForSixTimeoutsOfTheFunction() {
    int timeout = Templates.properties(FUNCTION, "RespondFunction").get("Timeout").intValue();
    assertThat(timeout).isEqualTo(60);
    assertThat(Templates.properties(QUEUE, "Alarms").get("VisibilityTimeout").intValue())
        .isEqualTo(6 * timeout);
  }

  @Test
  void theFunctionRunsAsBuilt() {
    JsonNode function = Templates.properties(FUNCTION, "RespondFunction");
    assertThat(function.get("Runtime").textValue()).isEqualTo("java25");
    assertThat(function.get("Architectures")).isEqualTo(Templates.read("[\"arm64\"]"));
    assertThat(function.get("MemorySize").intValue()).isEqualTo(1024);
    assertThat(function.get("Handler").textValue()).isEqualTo("lbresponder.RespondFunction");
    assertThat(function.at("/SnapStart/ApplyOn").textValue()).isEqualTo("PublishedVersions");
    assertThat(function.at("/LoggingConfig/LogFormat").textValue()).isEqualTo("JSON");
    assertThat(function.at("/LoggingConfig/LogGroup/Ref").textValue())
        .isEqualTo(Templates.id("AWS::Logs::LogGroup", "RespondLog"));
    assertThat(function.at("/TracingConfig/Mode").textValue()).isEqualTo("Active");
    JsonNode variables = function.at("/Environment/Variables");
    assertThat(variables.at("/LB_RESPONDER_TOPIC_ARN/Ref").textValue())
        .isEqualTo(Templates.id("AWS::SNS::Topic", "Reports"));
    assertThat(variables.at("/LB_RESPONDER_CHAT_TOPIC_ARN/Ref").textValue())
        .isEqualTo(Templates.id("AWS::SNS::Topic", "Chat"));
    assertThat(variables.get("LB_RESPONDER_SLACK_SECRET").textValue())
        .isEqualTo("lb-responder/slack");
    assertThat(variables.get("LB_RESPONDER_SLACK_CHANNEL").textValue()).isEqualTo("#on-call");
    assertThat(variables.get("LB_RESPONDER_MENTION").textValue()).isEqualTo("<!here>");
    assertThat(variables.get("LB_RESPONDER_MEMBER_ROLE").textValue())
        .isEqualTo("lb-responder-read");
    assertThat(variables.get("LB_RESPONDER_ACCOUNTS").textValue())
        .isEqualTo("222222222222,333333333333");
    assertThat(Templates.read(variables.get("LB_RESPONDER_PROBERS").textValue())).hasSize(6);
    assertThat(variables.has("LB_RESPONDER_TABLE")).isFalse();
    assertThat(function.has("VpcConfig")).isFalse();
  }

  @Test
  void theLogIsNotKeptForEver() {
    assertThat(Templates.properties("AWS::Logs::LogGroup", "RespondLog").get("RetentionInDays"))
        .isNotNull();
  }

  @Test
  void theQueueFeedsTheAliasOfAPublishedVersion() {
    JsonNode source =
        Templates.resources("AWS::Lambda::EventSourceMapping")
            .getFirst()
            .getValue()
            .get("Properties");
    assertThat(Templates.resources("AWS::Lambda::EventSourceMapping")).hasSize(1);
    assertThat(source.get("EventSourceArn")).isEqualTo(arn(Templates.id(QUEUE, "Alarms")));
    assertThat(source.get("FunctionName").findValue("Ref").textValue())
        .isEqualTo(Templates.id("AWS::Lambda::Alias", "RespondLive"));
    assertThat(source.at("/FunctionName/Fn::Join/1/1").textValue()).isEqualTo(":live");
    assertThat(source.get("BatchSize").intValue()).isEqualTo(10);
    assertThat(source.get("MaximumBatchingWindowInSeconds").intValue()).isEqualTo(1);
    assertThat(source.get("FunctionResponseTypes"))
        .isEqualTo(Templates.read("[\"ReportBatchItemFailures\"]"));
    assertThat(source.at("/ScalingConfig/MaximumConcurrency").intValue()).isEqualTo(5);

    JsonNode alias = Templates.properties("AWS::Lambda::Alias", "RespondLive");
    assertThat(alias.get("Name").textValue()).isEqualTo("live");
    assertThat(alias.at("/FunctionVersion/Fn::GetAtt/0").textValue())
        .isEqualTo(Templates.resources("AWS::Lambda::Version").getFirst().getKey());
  }

  @Test
  void onlyResourceTypesThatAreNotBilledByTheHour() {
    assertThat(Templates.STACKS.values())
        .flatExtracting(stack -> List.copyOf(stack.get("Resources").findValuesAsText("Type")))
        .filteredOn(type -> type.startsWith("AWS::"))
        .containsOnly(
            "AWS::Events::Rule",
            "AWS::Events::EventBus",
            "AWS::Events::EventBusPolicy",
            QUEUE,
            "AWS::SQS::QueuePolicy",
            "AWS::SNS::Topic",
            "AWS::SNS::TopicPolicy",
            "AWS::Logs::LogGroup",
            "AWS::IAM::Role",
            "AWS::IAM::Policy",
            "AWS::DynamoDB::Table",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            FUNCTION,
            "AWS::Lambda::Permission",
            "AWS::Lambda::Version",
            "AWS::Lambda::Alias",
            "AWS::Lambda::EventSourceMapping");
  }

  @Test
  void theLedgerIsThereAndNobodyMayUseIt() {
    JsonNode table = Templates.properties("AWS::DynamoDB::Table", "Ledger");
    assertThat(table.get("BillingMode").textValue()).isEqualTo("PAY_PER_REQUEST");
    assertThat(table.at("/TimeToLiveSpecification/AttributeName").textValue())
        .isEqualTo("expiresAt");
    assertThat(table.at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled").asBoolean())
        .isTrue();
    assertThat(Templates.resources("AWS::IAM::Policy").toString()).doesNotContain("dynamodb:");
  }

  @Test
  void theRespondersOwnFailuresRaiseAlarms() {
    String operations = Templates.id("AWS::SNS::Topic", "WatchOperations");
    assertThat(Templates.resources("AWS::CloudWatch::Alarm"))
        .extracting(Map.Entry::getKey)
        .anyMatch(id -> id.startsWith("WatchDeadLetters"))
        .anyMatch(id -> id.startsWith("WatchErrors"))
        .anyMatch(id -> id.startsWith("WatchWaiting"))
        .anyMatch(id -> id.startsWith("WatchNotDelivered"))
        .anyMatch(id -> id.startsWith("WatchNoHeartbeat"))
        .hasSize(5);
    assertThat(Templates.resources("AWS::CloudWatch::Alarm"))
        .allSatisfy(
            alarm ->
                assertThat(alarm.getValue().at("/Properties/AlarmActions/0/Ref").textValue())
                    .isEqualTo(operations));
    JsonNode silent = Templates.properties("AWS::CloudWatch::Alarm", "WatchNoHeartbeat");
    assertThat(silent.get("Period").asInt() * silent.get("EvaluationPeriods").asInt())
        .isEqualTo(2 * 3600);
    assertThat(silent.get("TreatMissingData").textValue()).isEqualTo("breaching");
    JsonNode rule = Templates.properties("AWS::Events::Rule", "Heartbeat");
    assertThat(rule.get("ScheduleExpression").textValue()).isEqualTo("rate(1 hour)");
    assertThat(rule.at("/Targets/0/Input").textValue())
        .isEqualTo("{\"lb-responder\":\"heartbeat\"}");
  }

  @Test
  void withoutOthersThereIsNoBus() {
    JsonNode hub =
        Templates.synthesised(Templates.ONE_ACCOUNT)
            .getOrDefault("LbResponder", Templates.read("null"));
    assertThat(Templates.resources(hub, "AWS::Events::EventBus")).isEmpty();
    assertThat(Templates.resources(hub, "AWS::SNS::Topic")).hasSize(2);
  }

  @Test
  void theTopicsArnIsAnOutput() {
    assertThat(Templates.HUB.at("/Outputs/ReportsTopicArn/Value/Ref").textValue())
        .isEqualTo(Templates.id("AWS::SNS::Topic", "Reports"));
  }

  private static JsonNode arn(String id) {
    return Templates.read("{\"Fn::GetAtt\": [\"%s\", \"Arn\"]}".formatted(id));
  }
}
