package lbresponder.aws.repair;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;

/// Commands of the AWS CLI for repairs of Application and Network Load Balancers.
final class ElbV2Commands {
  private ElbV2Commands() {}

  static Optional<Command> command(Repair repair, Facts facts) {
    LoadBalancerId loadBalancer = facts.incident().loadBalancer();
    String region = loadBalancer.region();
    return switch (repair) {
      case Repair.OfFleet _, Repair.OfNetwork _, Repair.Decide _ -> Optional.empty();
      case Repair.CheckTrafficPort(String group) ->
          Optional.of(
              new Command(region, "elbv2 modify-target-group")
                  .with("target-group-arn", group)
                  .with("health-check-port", "traffic-port"));
      case Repair.SendProxyHeader(String group, boolean on) ->
          Optional.of(
              new Command(region, "elbv2 modify-target-group-attributes")
                  .with("target-group-arn", group)
                  .with("attributes", "Key=proxy_protocol_v2.enabled,Value=" + on));
      case Repair.Deregister deregister -> Optional.of(deregister(region, deregister));
      case Repair.RegisterTargets(String group) ->
          Optional.of(
              new Command(region, "elbv2 register-targets")
                  .with("target-group-arn", group)
                  .with("targets", "Id=" + placeholder(Commands.targetGroup(facts, group))));
      case Repair.Forward forward -> ForwardCommand.command(forward, facts);
      case Repair.EnableZone zone -> Optional.of(setSubnets(loadBalancer, zone));
      case Repair.ChangeHealthCheck change ->
          changeHealthCheck(region, change, Commands.targetGroup(facts, change.targetGroup()));
    };
  }

  private static Command deregister(String region, Repair.Deregister deregister) {
    return new Command(region, "elbv2 deregister-targets")
        .with("target-group-arn", deregister.targetGroup())
        .with("targets", deregister.targets().stream().map(ElbV2Commands::description).toList());
  }

  /// The subnets named replace those there are, so those that stay are named too.
  private static Command setSubnets(LoadBalancerId loadBalancer, Repair.EnableZone zone) {
    List<String> subnets =
        Stream.concat(zone.keep().stream(), Stream.of(Commands.subnet(zone))).distinct().toList();
    return new Command(loadBalancer.region(), "elbv2 set-subnets")
        .with("load-balancer-arn", loadBalancer.arn())
        .with("subnets", subnets);
  }

  static String description(Target target) {
    return target.port() == null
        ? "Id=" + target.id()
        : "Id=%s,Port=%d".formatted(target.id(), target.port());
  }

  private static String placeholder(Optional<TargetGroup> group) {
    return switch (group.map(TargetGroup::targetType).orElse(TargetType.MACHINE)) {
      case MACHINE -> "<instance-id>";
      case ADDRESS -> "<ip-address>";
      case FUNCTION -> "<function-arn>";
      case LOAD_BALANCER -> "<load-balancer-arn>";
    };
  }

  private static Optional<Command> changeHealthCheck(
      String region, Repair.ChangeHealthCheck change, Optional<TargetGroup> group) {
    if (change.protocol() == null && change.path() == null && change.matcher() == null) {
      return Optional.empty();
    }
    Command command =
        new Command(region, "elbv2 modify-target-group")
            .with("target-group-arn", change.targetGroup());
    if (change.protocol() != null) {
      command = command.with("health-check-protocol", change.protocol().name());
    }
    if (change.path() != null) {
      command = command.with("health-check-path", change.path());
    }
    if (change.matcher() != null) {
      boolean grpc =
          group.filter(found -> found.protocolVersion() == ProtocolVersion.GRPC).isPresent();
      String code = grpc ? "GrpcCode" : "HttpCode";
      command = command.with("matcher", code + "=" + Command.inShorthand(change.matcher()));
    }
    return Optional.of(command);
  }
}
