package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may do what, read from the templates alone.
class PermissionsTest {
  /// What our roles may do to named resources: prefix of the action → a pattern of the resources.
  private static final Map<String, String> ON_NAMED =
      Map.of(
          "sqs:", "Alarms",
          "sns:Publish", "Reports|Chat",
          "logs:", "Log",
          "secretsmanager:GetSecretValue", ":lb-responder/slack-\\?{6}",
          "lambda:InvokeFunction", ":function:lb-responder-probe-[0-9a-f]{12}:live",
          "sts:AssumeRole", ":role/lb-responder-read",
          "events:PutEvents", ":event-bus/lb-responder");

  private static final Set<String> READING = Set.of("Describe", "Get", "List", "Lookup", "Search");

  /// Allowed on `*` beside reading; so are a prober's network interfaces, which are Lambda's own
  /// and denied to the code.
  private static final Set<String> TRACES =
      Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords");

  @Test
  void theHubAndItsReadersMayReadWhatGatheringNeedsAndNothingElse() {
    Set<String> needed = texts(Templates.resource("permissions.json").get("gather"));
    List<JsonNode> gather =
        statements("AWS::IAM::Policy").filter(one -> sid(one).equals("Gather")).toList();
    assertThat(gather)
        .hasSize(3)
        .allSatisfy(
            one -> {
              assertThat(texts(one.get("Action"))).isEqualTo(needed);
              assertThat(texts(one.at("/Condition/StringEquals/aws:RequestedRegion")))
                  .isNotEmpty()
                  .isSubsetOf("eu-west-1", "us-east-1", "eu-central-1");
            });
  }

  @Test
  void onAllResourcesARoleMayOnlyReadTraceOrAttachToItsVpc() {
    List<JsonNode> everything =
        statements("AWS::IAM::Policy").filter(one -> isEverything(one.get("Resource"))).toList();
    everything.stream()
        .map(
            one ->
                "on *: %s %s %s".formatted(one.get("Effect").asText(), sid(one), one.get("Action")))
        .distinct()
        .forEach(System.out::println);
    assertThat(everything)
        .isNotEmpty()
        .allSatisfy(
            one -> {
              String sid = sid(one);
              if (sid.equals("Interface") || sid.equals("NotByCode")) {
                return;
              }
              assertThat(texts(one.get("Action")))
                  .allMatch(
                      action ->
                          TRACES.contains(action)
                              || READING.stream()
                                  .anyMatch(
                                      verb ->
                                          action
                                              .substring(action.indexOf(':') + 1)
                                              .startsWith(verb)));
            });
  }

  /// Where Lambda may make an interface, the function's own code may not.
  @Test
  void aProbersCodeMayDoNothing() {
    for (Map.Entry<String, JsonNode> policy : Templates.everywhere("AWS::IAM::Policy")) {
      if (!policy.getKey().startsWith("Prober")) {
        continue;
      }
      List<JsonNode> own =
          Templates.values(policy.getValue().at("/Properties/PolicyDocument/Statement")).toList();
      JsonNode allowed =
          own.stream().filter(one -> sid(one).equals("Interface")).findFirst().orElseThrow();
      JsonNode denied =
          own.stream().filter(one -> sid(one).equals("NotByCode")).findFirst().orElseThrow();
      assertThat(denied.get("Effect").textValue()).isEqualTo("Deny");
      assertThat(denied.get("Action")).isEqualTo(allowed.get("Action"));
      assertThat(denied.at("/Condition/ArnEquals/lambda:SourceFunctionArn").toString())
          .contains(":function:lb-responder-probe-");
      assertThat(own).hasSize(3);
    }
  }

  @Test
  void allElseIsAllowedOnNamedResourcesOnly() {
    statements("AWS::IAM::Policy")
        .filter(one -> !isEverything(one.get("Resource")))
        .forEach(
            one ->
                texts(one.get("Action"))
                    .forEach(
                        action ->
                            assertThat(named(action, one.get("Resource"))).as("%s", one).isTrue()));
  }

  private static boolean named(String action, JsonNode resources) {
    String expected =
        ON_NAMED.entrySet().stream()
            .filter(one -> action.startsWith(one.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("nothing");
    return Templates.values(resources)
        .allMatch(resource -> resource.toString().matches("(?s).*(" + expected + ").*"));
  }

  @Test
  void statementsOfRolesNameTheirActions() {
    assertThat(statements("AWS::IAM::Policy"))
        .isNotEmpty()
        .allSatisfy(
            statement -> {
              assertThat(texts(statement.get("Action"))).noneMatch(one -> one.contains("*"));
              assertThat(statement.has("NotAction")).isFalse();
              assertThat(statement.has("NotResource")).isFalse();
            });
    assertThat(Templates.everywhere("AWS::IAM::Role"))
        .allMatch(role -> !role.getValue().get("Properties").has("ManagedPolicyArns"));
  }

  @Test
  void onlyTheHubsRoleFromWithinTheOrganisationMayReadAMember() {
    List<JsonNode> readers =
        Templates.everywhere("AWS::IAM::Role").stream()
            .map(role -> role.getValue().get("Properties"))
            .filter(role -> role.path("RoleName").asText().equals("lb-responder-read"))
            .toList();
    assertThat(readers)
        .hasSize(2)
        .allSatisfy(
            role -> {
              JsonNode trust = role.at("/AssumeRolePolicyDocument/Statement/0");
              assertThat(trust.at("/Principal/AWS").asText())
                  .isEqualTo("arn:aws:iam::111111111111:role/lb-responder-respond");
              assertThat(trust.at("/Condition/StringEquals/aws:PrincipalOrgID").asText())
                  .isEqualTo("o-a1b2c3d4e5");
            });
    assertThat(Templates.properties("AWS::IAM::Role", "RespondRole").get("RoleName").textValue())
        .isEqualTo("lb-responder-respond");
  }

  @Test
  void onlyTheHubsRoleMayInvokeAProber() {
    assertThat(Templates.everywhere("AWS::Lambda::Permission"))
        .hasSize(6)
        .allSatisfy(
            permission ->
                assertThat(permission.getValue().at("/Properties/Principal").asText())
                    .isEqualTo("arn:aws:iam::111111111111:role/lb-responder-respond"));
  }

  /// What no pack looks for: a service that is let in without saying for whom.
  @Test
  void everyServiceThatIsLetInIsHeldToARuleOrAnAccount() {
    List<JsonNode> allowed =
        Stream.of("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
            .flatMap(PermissionsTest::statements)
            .filter(statement -> statement.get("Effect").textValue().equals("Allow"))
            .toList();
    assertThat(allowed)
        .isNotEmpty()
        .allSatisfy(
            statement ->
                assertThat(statement.get("Condition").toString())
                    .containsAnyOf("aws:SourceArn", "aws:SourceAccount"));
    assertThat(Templates.everywhere("AWS::Events::EventBusPolicy"))
        .hasSize(1)
        .allSatisfy(
            policy ->
                assertThat(policy.getValue().at("/Properties/Statement/Condition/StringEquals"))
                    .isEqualTo(
                        Templates.read(
                            """
                            {"aws:PrincipalOrgID": "o-a1b2c3d4e5",
                             "aws:PrincipalAccount": ["222222222222", "333333333333"]}
                            """)));
  }

  @Test
  void nothingCanBeReachedFromOutside() {
    Set<String> types =
        Templates.STACKS.values().stream()
            .flatMap(stack -> stack.get("Resources").properties().stream())
            .map(resource -> resource.getValue().get("Type").asText())
            .collect(Collectors.toSet());
    assertThat(types)
        .noneMatch(type -> type.matches("AWS::(ApiGateway.*|Lambda::Url|ElasticLoadBalancing.*)"));
  }

  @Test
  void queuesAndTopicsRefuseUnencryptedTransport() {
    Stream.of("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
        .flatMap(type -> Templates.everywhere(type).stream())
        .forEach(
            policy ->
                assertThat(policy.getValue().at("/Properties/PolicyDocument/Statement"))
                    .as(policy.getKey())
                    .anySatisfy(
                        statement -> {
                          assertThat(statement.get("Effect").textValue()).isEqualTo("Deny");
                          assertThat(
                                  statement.at("/Condition/Bool/aws:SecureTransport").textValue())
                              .isEqualTo("false");
                        }));
    assertThat(Templates.everywhere("AWS::SQS::QueuePolicy"))
        .hasSize(Templates.everywhere("AWS::SQS::Queue").size());
    assertThat(Templates.everywhere("AWS::SNS::TopicPolicy"))
        .hasSize(Templates.everywhere("AWS::SNS::Topic").size());
  }

  private static String sid(JsonNode statement) {
    return statement.path("Sid").asText();
  }

  private static Stream<JsonNode> statements(String type) {
    return Templates.everywhere(type).stream()
        .flatMap(
            policy ->
                Templates.values(policy.getValue().at("/Properties/PolicyDocument/Statement")));
  }

  private static boolean isEverything(JsonNode resource) {
    return Templates.values(resource).anyMatch(value -> value.asText().equals("*"));
  }

  private static Set<String> texts(JsonNode oneOrMore) {
    return Templates.values(oneOrMore)
        .map(JsonNode::asText)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
