package lbresponder.aws.repair;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;

/// Repairs as commands of the AWS CLI, version 2. What only the engineer can know is a placeholder
/// in angle brackets, quoted, so that a command pasted as it is fails instead of doing something
/// else.
public final class Commands {
  private Commands() {}

  /// @return the commands in order; empty where this kind of load balancer has no such thing: a
  ///   Classic Load Balancer neither forwards by rule nor looks at status codes
  public static List<String> commands(Repair repair, Facts facts) {
    LoadBalancerId loadBalancer = facts.incident().loadBalancer();
    Stream<Command> commands =
        switch (repair) {
          case Repair.OfFleet ofFleet ->
              FleetCommands.commands(ofFleet, loadBalancer.region()).stream();
          case Repair.OfNetwork ofNetwork ->
              NetworkCommands.command(ofNetwork, loadBalancer.region()).stream();
          case Repair.Deregister _,
              Repair.RegisterTargets _,
              Repair.Forward _,
              Repair.EnableZone _,
              Repair.ChangeHealthCheck _,
              Repair.CheckTrafficPort _,
              Repair.SendProxyHeader _ ->
              ofLoadBalancer(repair, facts).stream();
          case Repair.Decide _ -> Stream.empty();
        };
    return commands.map(Command::toString).toList();
  }

  private static Optional<Command> ofLoadBalancer(Repair repair, Facts facts) {
    return Kind.of(facts.incident().loadBalancer()) == Kind.CLASSIC
        ? ClassicCommands.command(repair, facts)
        : ElbV2Commands.command(repair, facts);
  }

  static Optional<TargetGroup> targetGroup(Facts facts, String id) {
    return facts.targetGroups().stream().filter(group -> group.id().equals(id)).findFirst();
  }

  /// The subnet to use in a zone.
  static String subnet(Repair.EnableZone repair) {
    return repair.subnet().isEmpty() ? "<subnet-in-" + repair.zone() + ">" : repair.subnet();
  }
}
