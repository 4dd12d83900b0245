package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A port on which the load balancer takes connections, and where it sends what arrives.
///
/// @param id the provider's id; where it has none, `NAME:PORT`
/// @param defaultAction what happens to a request that no rule matches
/// @param rules the rules before it, in the order they are tried; empty on kinds that have none
@RecordBuilder
public record Listener(
    String id, int port, Protocol protocol, Action defaultAction, Known<List<Rule>> rules)
    implements ListenerBuilder.With {

  /// @param priority lower is tried first
  /// @param conditions all must match
  public record Rule(String id, int priority, List<Condition> conditions, Action action) {}

  /// @param field what is looked at, as the provider names it: `path-pattern`, `host-header`, …
  /// @param values any of them must match
  public record Condition(String field, List<String> values) {}

  /// What the load balancer does with a request.
  public sealed interface Action {}

  /// Sends it to a target group, chosen by weight.
  public record Forward(List<WeightedTargetGroup> targetGroups) implements Action {}

  /// @param weight 0 to 999; a group with 0 gets nothing
  public record WeightedTargetGroup(String targetGroup, int weight) {}

  /// Answers it without a target.
  public record FixedResponse(int status) implements Action {}

  /// Sends the client elsewhere.
  public record Redirect(int status) implements Action {}

  /// Something the provider added since: neither a target nor a refusal is assumed.
  public record OtherAction(String type) implements Action {}

  /// Where requests can go: every rule's action that is known, and the default's.
  public Stream<Action> actions() {
    return Stream.concat(
        rules.orElse(List.of()).stream().map(Rule::action), Stream.of(defaultAction));
  }

  /// The weight with which an action sends to a target group; null where it does not name it.
  public static @Nullable Integer weight(Action action, String targetGroup) {
    return switch (action) {
      case Forward(List<WeightedTargetGroup> groups) ->
          groups.stream()
              .filter(group -> group.targetGroup().equals(targetGroup))
              .map(WeightedTargetGroup::weight)
              .findFirst()
              .orElse(null);
      case FixedResponse _, Redirect _, OtherAction _ -> null;
    };
  }
}
