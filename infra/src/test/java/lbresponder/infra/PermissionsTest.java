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

/// Who may do what, read from the template alone.
class PermissionsTest {
  /// What the function does to the stack's own resources: type of the resource → actions.
  private static final Map<String, Set<String>> ON_OUR_OWN =
      Map.of(
          "AWS::SQS::Queue",
          Set.of(
              "sqs:ReceiveMessage",
              "sqs:DeleteMessage",
              "sqs:ChangeMessageVisibility",
              "sqs:GetQueueUrl",
              "sqs:GetQueueAttributes"),
          "AWS::SNS::Topic",
          Set.of("sns:Publish"),
          "AWS::Logs::LogGroup",
          Set.of("logs:CreateLogStream", "logs:PutLogEvents"));

  private static final Set<String> READING = Set.of("Describe", "Get", "List", "Lookup", "Search");

  @Test
  void theFunctionMayReadWhatGatheringNeedsAndNothingElse() {
    Set<String> needed = texts(Hub.resource("permissions.json").get("gather"));
    List<JsonNode> onEverything =
        roleStatements().filter(statement -> isEverything(statement.get("Resource"))).toList();
    Set<String> allowed = new TreeSet<>();
    onEverything.forEach(statement -> allowed.addAll(texts(statement.get("Action"))));
    assertThat(allowed).isEqualTo(needed);
    assertThat(onEverything)
        .allSatisfy(
            statement ->
                assertThat(statement.get("Condition"))
                    .isEqualTo(
                        Hub.read(
                            """
                            {"StringEquals": {"aws:RequestedRegion": {"Ref": "AWS::Region"}}}
                            """)));
  }

  @Test
  void noActionOnEverythingChangesAnything() {
    assertThat(roleStatements())
        .filteredOn(statement -> isEverything(statement.get("Resource")))
        .flatExtracting(statement -> texts(statement.get("Action")))
        .isNotEmpty()
        .allSatisfy(
            action ->
                assertThat(READING)
                    .anyMatch(verb -> action.substring(action.indexOf(':') + 1).startsWith(verb)));
  }

  @Test
  void theRestIsOnResourcesOfThisStack() {
    roleStatements()
        .filter(statement -> !isEverything(statement.get("Resource")))
        .forEach(
            statement ->
                Hub.values(statement.get("Resource"))
                    .forEach(
                        resource ->
                            assertThat(ON_OUR_OWN.get(typeOf(resource)))
                                .as("actions on %s", resource)
                                .containsAll(texts(statement.get("Action")))));
  }

  @Test
  void statementsOfTheRoleOnlyAllowAndNameTheirActions() {
    assertThat(roleStatements())
        .isNotEmpty()
        .allSatisfy(
            statement -> {
              assertThat(statement.get("Effect").textValue()).isEqualTo("Allow");
              assertThat(statement.has("NotAction")).isFalse();
              assertThat(statement.has("NotResource")).isFalse();
            });
    assertThat(Hub.resources("AWS::IAM::Role"))
        .hasSize(1)
        .allMatch(role -> !role.getValue().get("Properties").has("ManagedPolicyArns"));
  }

  @Test
  void onlyThisStacksRuleMayFillTheQueues() {
    List<JsonNode> toServices =
        resourceStatements()
            .filter(statement -> statement.get("Effect").textValue().equals("Allow"))
            .toList();
    List<JsonNode> rules =
        Hub.resources("AWS::Events::Rule").stream()
            .map(rule -> Hub.read("{\"Fn::GetAtt\": [\"%s\", \"Arn\"]}".formatted(rule.getKey())))
            .toList();
    assertThat(toServices)
        .isNotEmpty()
        .allSatisfy(
            statement -> {
              assertThat(statement.at("/Principal/Service").textValue())
                  .isEqualTo("events.amazonaws.com");
              assertThat(statement.at("/Condition/ArnEquals/aws:SourceArn")).isIn(rules);
            });
  }

  @Test
  void queuesAndTopicRefuseUnencryptedTransport() {
    Stream.of("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy")
        .flatMap(type -> Hub.resources(type).stream())
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
    assertThat(Hub.resources("AWS::SQS::QueuePolicy"))
        .hasSize(Hub.resources("AWS::SQS::Queue").size());
    assertThat(Hub.resources("AWS::SNS::TopicPolicy"))
        .hasSize(Hub.resources("AWS::SNS::Topic").size());
  }

  private static Stream<JsonNode> roleStatements() {
    return statements("AWS::IAM::Policy");
  }

  private static Stream<JsonNode> resourceStatements() {
    return Stream.concat(statements("AWS::SQS::QueuePolicy"), statements("AWS::SNS::TopicPolicy"));
  }

  private static Stream<JsonNode> statements(String type) {
    return Hub.resources(type).stream()
        .flatMap(
            policy -> Hub.values(policy.getValue().at("/Properties/PolicyDocument/Statement")));
  }

  private static boolean isEverything(JsonNode resource) {
    return Hub.values(resource).anyMatch(value -> value.asText().equals("*"));
  }

  private static Set<String> texts(JsonNode oneOrMore) {
    return Hub.values(oneOrMore)
        .map(JsonNode::textValue)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The type of the resource of this stack that a policy names by `Ref` or `Fn::GetAtt`.
  private static String typeOf(JsonNode resource) {
    String id =
        resource.has("Ref")
            ? resource.get("Ref").textValue()
            : resource.at("/Fn::GetAtt/0").asText();
    return Hub.TEMPLATE.at("/Resources/" + id + "/Type").asText();
  }
}
