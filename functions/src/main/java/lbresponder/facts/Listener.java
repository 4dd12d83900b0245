package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A port on which the load balancer takes connections, and where it sends what arrives.
///
/// @param id the provider's id; where it has none, `NAME:PORT`
/// @param defaultAction what becomes of a request that no rule matches, in the end
/// @param rules the rules before it, in the order they are tried; empty on kinds that have none
/// @param before the default action's steps before that, in order; see {@link Rule#before}
@RecordBuilder
public record Listener(
    String id,
    int port,
    Protocol protocol,
    Action defaultAction,
    Known<List<Rule>> rules,
    Known<List<Action>> before)
    implements ListenerBuilder.With {

  /// One whose default action is a single step.
  public Listener(
      String id, int port, Protocol protocol, Action defaultAction, Known<List<Rule>> rules) {
    this(id, port, protocol, defaultAction, rules, Known.of(List.of()));
  }

  /// @param priority lower is tried first
  /// @param conditions all must match
  /// @param action what becomes of the request in the end
  /// @param before the steps before that, in order: only what passes them gets to the action.
  ///   Unknown in what was recorded before they were read
  public record Rule(
      String id,
      int priority,
      List<Condition> conditions,
      Action action,
      Known<List<Action>> before) {

    /// One of a single step.
    public Rule(String id, int priority, List<Condition> conditions, Action action) {
      this(id, priority, conditions, action, Known.of(List.of()));
    }
  }

  /// @param field what is looked at, as the provider names it: `path-pattern`, `host-header`, …
  /// @param values any of them must match
  public record Condition(String field, List<String> values) {}

  /// What the load balancer does with a request.
  public sealed interface Action {}

  /// Sends it to a target group, chosen by weight.
  ///
  /// @param stickySeconds for how long a client stays with the group that was chosen for it; None:
  ///   each request is sent by weight anew. Unknown in what was recorded before it was read
  public record Forward(List<WeightedTargetGroup> targetGroups, Known<Integer> stickySeconds)
      implements Action {

    /// Each request by weight anew.
    public Forward(List<WeightedTargetGroup> targetGroups) {
      this(targetGroups, NOT_STICKY);
    }

    /// Whether it can be said again in full, with the steps before it: all of them were read and
    /// understood.
    public boolean isWholeAfter(Known<List<Action>> before) {
      return !(stickySeconds instanceof Known.Unknown<Integer>)
          && before
              .map(
                  steps ->
                      steps.stream()
                          .allMatch(
                              step ->
                                  step instanceof Authenticate(_, Known<String> settings)
                                      && settings.isKnown()))
              .orElse(false);
    }

    /// Whether it names groups, and none of them gets anything.
    public boolean leadsNowhere() {
      return !targetGroups.isEmpty()
          && targetGroups.stream().allMatch(group -> group.weight() == 0);
    }
  }

  /// No client is bound to a target group.
  public static final Known<Integer> NOT_STICKY = Known.none("each request is sent by weight");

  /// @param weight 0 to 999; a group with 0 gets nothing
  public record WeightedTargetGroup(String targetGroup, int weight) {}

  /// Lets only those pass whom it can tell.
  ///
  /// @param type as the provider calls it
  /// @param settings all of it in the provider's own form, without secrets, so that it can be
  ///   repeated; Unknown where it was not understood
  public record Authenticate(String type, Known<String> settings) implements Action {}

  /// Answers it without a target.
  public record FixedResponse(int status) implements Action {}

  /// Sends the client elsewhere.
  ///
  /// @param to Unknown in what was recorded before it was read
  public record Redirect(int status, Known<Destination> to) implements Action {}

  /// Where a client is sent; a part that is null is as in the request.
  public record Destination(
      @Nullable String protocol,
      @Nullable String port,
      @Nullable String host,
      @Nullable String path,
      @Nullable String query) {}

  /// Something the provider added since: neither a target nor a refusal is assumed.
  public record OtherAction(String type) implements Action {}

  /// The weight with which an action sends to a target group; null where it does not name it.
  public static @Nullable Integer weight(Action action, String targetGroup) {
    return switch (action) {
      case Forward(List<WeightedTargetGroup> groups, _) ->
          groups.stream()
              .filter(group -> group.targetGroup().equals(targetGroup))
              .map(WeightedTargetGroup::weight)
              .findFirst()
              .orElse(null);
      case Authenticate _, FixedResponse _, Redirect _, OtherAction _ -> null;
    };
  }
}
