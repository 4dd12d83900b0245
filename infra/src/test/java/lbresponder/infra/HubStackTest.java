package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubStackTest {
  private static final String FUNCTION = "AWS::Lambda::Function";
  private static final String QUEUE = "AWS::SQS::Queue";

  @Test
  void theRuleFeedsTheQueueAndKeepsWhatItCannotDeliver() {
    assertThat(Hub.resources("AWS::Events::Rule")).hasSize(2);
    for (String name : List.of("AlarmRule", "CompositeRule")) {
      JsonNode rule = Hub.properties("AWS::Events::Rule", name);
      assertThat(rule.get("State").textValue()).isEqualTo("ENABLED");
      assertThat(rule.get("Targets")).hasSize(1);
      JsonNode target = rule.get("Targets").get(0);
      assertThat(target.get("Arn")).isEqualTo(arn(Hub.id(QUEUE, "Alarms")));
      assertThat(target.at("/DeadLetterConfig/Arn")).isEqualTo(arn(Hub.id(QUEUE, "DeadLetters")));
    }
  }

  @Test
  void queuesAreEncryptedAndTheAlarmsQueueHasADeadLetterQueue() {
    assertThat(Hub.resources(QUEUE))
        .hasSize(2)
        .allMatch(
            queue -> queue.getValue().at("/Properties/SqsManagedSseEnabled").asBoolean(false));
    JsonNode redrive = Hub.properties(QUEUE, "Alarms").get("RedrivePolicy");
    assertThat(redrive.get("deadLetterTargetArn")).isEqualTo(arn(Hub.id(QUEUE, "DeadLetters")));
    assertThat(redrive.get("maxReceiveCount").intValue()).isEqualTo(5);
    assertThat(Hub.properties(QUEUE, "DeadLetters").get("MessageRetentionPeriod").intValue())
        .isEqualTo(14 * 24 * 3600);
  }

  @Test
  void aMessageStaysInvisibleForSixTimeoutsOfTheFunction() {
    int timeout = Hub.properties(FUNCTION, "RespondFunction").get("Timeout").intValue();
    assertThat(timeout).isEqualTo(60);
    assertThat(Hub.properties(QUEUE, "Alarms").get("VisibilityTimeout").intValue())
        .isEqualTo(6 * timeout);
  }

  @Test
  void theFunctionRunsAsBuilt() {
    JsonNode function = Hub.properties(FUNCTION, "RespondFunction");
    assertThat(function.get("Runtime").textValue()).isEqualTo("java25");
    assertThat(function.get("Architectures")).isEqualTo(Hub.read("[\"arm64\"]"));
    assertThat(function.get("MemorySize").intValue()).isEqualTo(1024);
    assertThat(function.get("Handler").textValue()).isEqualTo("lbresponder.RespondFunction");
    assertThat(function.at("/SnapStart/ApplyOn").textValue()).isEqualTo("PublishedVersions");
    assertThat(function.at("/LoggingConfig/LogFormat").textValue()).isEqualTo("JSON");
    assertThat(function.at("/LoggingConfig/LogGroup/Ref").textValue())
        .isEqualTo(Hub.id("AWS::Logs::LogGroup", "RespondLog"));
    assertThat(function.at("/Environment/Variables"))
        .isEqualTo(
            Hub.read(
                "{\"LB_RESPONDER_TOPIC_ARN\": {\"Ref\": \"%s\"}}"
                    .formatted(Hub.id("AWS::SNS::Topic", "Reports"))));
    assertThat(function.has("VpcConfig")).isFalse();
  }

  @Test
  void theLogIsNotKeptForEver() {
    assertThat(Hub.properties("AWS::Logs::LogGroup", "RespondLog").get("RetentionInDays"))
        .isNotNull();
  }

  @Test
  void theQueueFeedsTheAliasOfAPublishedVersion() {
    JsonNode source =
        Hub.resources("AWS::Lambda::EventSourceMapping").getFirst().getValue().get("Properties");
    assertThat(Hub.resources("AWS::Lambda::EventSourceMapping")).hasSize(1);
    assertThat(source.get("EventSourceArn")).isEqualTo(arn(Hub.id(QUEUE, "Alarms")));
    assertThat(source.get("FunctionName").findValue("Ref").textValue())
        .isEqualTo(Hub.id("AWS::Lambda::Alias", "Live"));
    assertThat(source.at("/FunctionName/Fn::Join/1/1").textValue()).isEqualTo(":live");
    assertThat(source.get("BatchSize").intValue()).isEqualTo(10);
    assertThat(source.get("MaximumBatchingWindowInSeconds").intValue()).isEqualTo(1);
    assertThat(source.get("FunctionResponseTypes"))
        .isEqualTo(Hub.read("[\"ReportBatchItemFailures\"]"));
    assertThat(source.at("/ScalingConfig/MaximumConcurrency").intValue()).isEqualTo(5);

    JsonNode alias = Hub.properties("AWS::Lambda::Alias", "Live");
    assertThat(alias.get("Name").textValue()).isEqualTo("live");
    assertThat(alias.at("/FunctionVersion/Fn::GetAtt/0").textValue())
        .isEqualTo(Hub.resources("AWS::Lambda::Version").getFirst().getKey());
  }

  @Test
  void nothingIsOpenToTheWorldOrBilledByTheHour() {
    assertThat(Hub.TEMPLATE.get("Resources"))
        .extracting(resource -> resource.get("Type").textValue())
        .containsOnly(
            "AWS::Events::Rule",
            QUEUE,
            "AWS::SQS::QueuePolicy",
            "AWS::SNS::Topic",
            "AWS::SNS::TopicPolicy",
            "AWS::Logs::LogGroup",
            "AWS::IAM::Role",
            "AWS::IAM::Policy",
            FUNCTION,
            "AWS::Lambda::Version",
            "AWS::Lambda::Alias",
            "AWS::Lambda::EventSourceMapping");
  }

  @Test
  void theTopicsArnIsAnOutput() {
    assertThat(Hub.TEMPLATE.at("/Outputs/ReportsTopicArn/Value/Ref").textValue())
        .isEqualTo(Hub.id("AWS::SNS::Topic", "Reports"));
  }

  private static JsonNode arn(String id) {
    return Hub.read("{\"Fn::GetAtt\": [\"%s\", \"Arn\"]}".formatted(id));
  }
}
