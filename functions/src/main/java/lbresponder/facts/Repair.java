package lbresponder.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a fix would change, as data: it can be applied to the facts to check it, and the provider
/// words it as commands. lb-responder never carries one out.
public sealed interface Repair {

  /// What concerns the network between: the same for every kind of load balancer.
  sealed interface OfNetwork extends Repair {}

  /// Let TCP pass a security group.
  ///
  /// @param ingress true: in from the peer; false: out to it
  /// @param from and `to`: the ports, inclusive
  record Admit(String securityGroup, boolean ingress, SecurityGroup.Peer peer, int from, int to)
      implements OfNetwork {
    /// On one port.
    public Admit(String securityGroup, boolean ingress, SecurityGroup.Peer peer, int port) {
      this(securityGroup, ingress, peer, port, port);
    }
  }

  /// Put a machine's first interface, or another interface, into one more security group.
  ///
  /// @param wearer id of the machine or of the interface
  /// @param machine true: the wearer is a machine
  /// @param securityGroups ids of all groups it has afterwards: those that it keeps, and the new
  ///   one
  record WearGroups(String wearer, boolean machine, List<String> securityGroups)
      implements OfNetwork {}

  /// Let TCP pass a network ACL.
  ///
  /// @param number before the entry that denies it, and free
  /// @param cidr the other side
  record AllowEntry(String acl, int number, boolean egress, String cidr, int from, int to)
      implements OfNetwork {}

  /// What concerns whoever keeps the targets: the same for every kind of load balancer.
  sealed interface OfFleet extends Repair {}

  /// Start stopped instances.
  record StartInstances(List<String> instances) implements OfFleet {}

  /// Take targets out of their group.
  record Deregister(String targetGroup, List<Target> targets) implements Repair {}

  /// Register targets: which ones only the engineer knows, so the command carries a placeholder.
  record RegisterTargets(String targetGroup) implements Repair {}

  /// Let a rule, or a listener's default action, send to a target group. Whatever else the action
  /// does, e.g. ask for a login first, stays as it is.
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
      @Nullable Protocol protocol)
      implements Repair {}

  /// Let the health check ask on the port that traffic goes to.
  record CheckTrafficPort(String targetGroup) implements Repair {}

  /// Send the proxy protocol's header to a target group, or stop sending it.
  record SendProxyHeader(String targetGroup, boolean on) implements Repair {}

  /// Give the scaling group more instances.
  ///
  /// @param instances how many it should have
  /// @param maximum what its upper limit must be raised to for that; null: it has room
  record SetCapacity(String scalingGroup, int instances, @Nullable Integer maximum)
      implements OfFleet {}

  /// Give a container service more tasks.
  record SetTasks(String cluster, String service, int tasks) implements OfFleet {}

  /// Let a container service run what it ran before.
  ///
  /// @param definition what its tasks were made from, e.g. `web:41`
  record RollBack(String cluster, String service, String definition) implements OfFleet {}

  /// Start instances anew.
  ///
  /// @param elsewhere true: stop and start, so that they come up on other hardware; false: reboot
  record RestartInstances(List<String> instances, boolean elsewhere) implements OfFleet {}

  /// Let the load balancer invoke a function for a target group.
  record AdmitInvocation(String function, String targetGroup) implements OfFleet {}

  /// What a person must decide or find out first, so that no command is offered.
  ///
  /// @param what one full sentence that says what to do
  record Decide(String what) implements Repair {}
}
