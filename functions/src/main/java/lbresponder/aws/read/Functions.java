package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Function;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.message.Json;
import lbresponder.message.Untrusted;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/// Reads whether the load balancer may invoke the Lambda functions that are registered as targets.
record Functions(Calls calls, LambdaClient lambda) {
  private static final String POLICY = "lambda:GetPolicy";
  private static final String SERVICE = "elasticloadbalancing.amazonaws.com";

  Known<List<Function>> behind(Known<List<TargetGroup>> groups) {
    return groups.map(
        all -> {
          Map<String, Calls.Pending<Boolean>> policies = new LinkedHashMap<>();
          for (TargetGroup group : all) {
            if (group.targetType() == TargetType.FUNCTION) {
              for (Target target : group.targets().orElse(List.of())) {
                String id = target.id();
                policies.computeIfAbsent(
                    id, _ -> calls.start(POLICY, () -> admits(id, group.id())));
              }
            }
          }
          return policies.entrySet().stream()
              .map(policy -> new Function(policy.getKey(), policy.getValue().get()))
              .toList();
        });
  }

  /// A function without a policy admits nobody. The policy may limit the invocation to a target
  /// group; other conditions cannot be judged here.
  private boolean admits(String id, String targetGroup) {
    String policy;
    try {
      policy = lambda.getPolicy(call -> call.functionName(id)).policy();
    } catch (ResourceNotFoundException none) {
      return false;
    }
    JsonNode statements = Json.object(orEmpty(policy), "policy").value().path("Statement");
    return StreamSupport.stream(statements.spliterator(), false)
        .anyMatch(statement -> admits(statement, targetGroup));
  }

  private static boolean admits(JsonNode statement, String targetGroup) {
    boolean invokes =
        statement.path("Effect").asText().equals("Allow")
            && texts(statement.path("Principal").path("Service")).contains(SERVICE)
            && texts(statement.path("Action")).stream()
                .anyMatch(
                    action ->
                        action.equalsIgnoreCase("lambda:InvokeFunction")
                            || action.equals("lambda:*"));
    if (!invokes || statement.path("Condition").isMissingNode()) {
      return invokes;
    }
    boolean all = true;
    for (JsonNode operator : statement.path("Condition")) {
      for (Map.Entry<String, JsonNode> condition : operator.properties()) {
        all &= holds(condition.getKey(), texts(condition.getValue()), targetGroup);
      }
    }
    return all;
  }

  private static boolean holds(String key, List<String> allowed, String targetGroup) {
    String found =
        switch (key.toLowerCase(Locale.ROOT)) {
          case "aws:sourcearn" -> targetGroup;
          case "aws:sourceaccount" -> targetGroup.split(":", -1)[4];
          default ->
              throw new Calls.Undecided(
                  "%s: whether its condition on %s lets the load balancer in cannot be told"
                      .formatted(POLICY, Untrusted.clean(key, 60)));
        };
    return allowed.stream().anyMatch(pattern -> like(pattern, found));
  }

  private static boolean like(String pattern, String value) {
    String[] parts = pattern.split("\\*", -1);
    int at = 0;
    for (int i = 0; i < parts.length; i++) {
      int found = i == 0 ? (value.startsWith(parts[0]) ? 0 : -1) : value.indexOf(parts[i], at);
      if (found < 0) {
        return false;
      }
      at = found + parts[i].length();
    }
    return parts[parts.length - 1].isEmpty() || at == value.length();
  }

  private static List<String> texts(JsonNode node) {
    return node.isArray()
        ? StreamSupport.stream(node.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(node.asText());
  }
}
