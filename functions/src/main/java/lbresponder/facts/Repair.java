package lbresponder.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a fix would change, as data: it can be applied to the facts to check it, and the provider
/// words it as commands. lb-responder never carries one out.
public sealed interface Repair {

  /// Start stopped instances.
  record StartInstances(List<String> instances) implements Repair {}

  /// Take targets out of their group.
  record Deregister(String targetGroup, List<Target> targets) implements Repair {}

  /// Register targets: which ones only the engineer knows, so the command carries a placeholder.
  record RegisterTargets(String targetGroup) implements Repair {}

  /// Let a rule, or a listener's default action, send to a target group.
  ///
  /// @param rule the rule to change; null: the listener's default action
  /// @param weights every group of the action with its weight after the repair
  record Forward(String listener, @Nullable String rule, List<Listener.WeightedTargetGroup> weights)
      implements Repair {}

  /// Enable a zone on the load balancer.
  ///
  /// @param subnet a subnet to use there; the targets' own where known
  /// @param keep subnets of the load balancer as it is, which the command must repeat
  record EnableZone(String zone, String subnet, List<String> keep) implements Repair {}

  /// Change what the health check asks for. Null: left as it is.
  record ChangeHealthCheck(
      String targetGroup,
      @Nullable String path,
      @Nullable String matcher,
      @Nullable String protocol)
      implements Repair {}

  /// Give the scaling group more instances.
  ///
  /// @param instances how many it should have
  record SetCapacity(String scalingGroup, int instances) implements Repair {}
}
