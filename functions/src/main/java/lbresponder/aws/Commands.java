package lbresponder.aws;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// Words repairs as commands of the AWS CLI, version 2. What only the engineer can know is a
/// placeholder in angle brackets, quoted, so that a command pasted as it is fails instead of doing
/// something else.
final class Commands {

  /// @return the commands in order; empty where this kind of load balancer has no such thing: a
  ///   Classic Load Balancer neither forwards by rule nor looks at status codes
  static List<String> word(Repair repair, Facts facts) {
    LoadBalancerId loadBalancer = facts.incident().loadBalancer();
    List<Command> commands =
        repair instanceof Repair.OfFleet fleet
            ? FleetCommands.word(fleet, loadBalancer.region())
            : repair instanceof Repair.OfNetwork opening
                ? List.of(NetworkCommands.word(opening, loadBalancer.region()))
                : (loadBalancer.kind() == Kind.CLASSIC
                        ? classic(repair, facts, loadBalancer)
                        : current(repair, facts, loadBalancer))
                    .stream().toList();
    return commands.stream().map(Command::toString).toList();
  }

  private static Optional<Command> current(
      Repair repair, Facts facts, LoadBalancerId loadBalancer) {
    String region = loadBalancer.region();
    return switch (repair) {
      case Repair.OfFleet _, Repair.OfNetwork _ -> Optional.empty();
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
      case Repair.Deregister deregister -> deregister(region, deregister);
      case Repair.RegisterTargets(String group) ->
          Optional.of(
              new Command(region, "elbv2 register-targets")
                  .with("target-group-arn", group)
                  .with("targets", "Id=" + placeholder(targetGroup(facts, group))));
      case Repair.Forward forward -> Optional.of(forward(region, forward));
      case Repair.EnableZone zone -> setSubnets(loadBalancer, zone);
      case Repair.ChangeHealthCheck change ->
          changeHealthCheck(region, change, targetGroup(facts, change.targetGroup()));
    };
  }

  private static Optional<Command> classic(
      Repair repair, Facts facts, LoadBalancerId loadBalancer) {
    return switch (repair) {
      case Repair.OfFleet _,
          Repair.OfNetwork _,
          Repair.Forward _,
          Repair.CheckTrafficPort _,
          Repair.SendProxyHeader _ ->
          Optional.empty();
      case Repair.Deregister(_, List<Target> targets) ->
          named(loadBalancer, "elb deregister-instances-from-load-balancer")
              .map(
                  command ->
                      command.with(
                          "instances", targets.stream().map(Target::id).distinct().toList()));
      case Repair.RegisterTargets _ ->
          named(loadBalancer, "elb register-instances-with-load-balancer")
              .map(command -> command.with("instances", "<instance-id>"));
      case Repair.EnableZone zone ->
          named(loadBalancer, "elb attach-load-balancer-to-subnets")
              .map(command -> command.with("subnets", subnet(zone)));
      case Repair.ChangeHealthCheck change ->
          configureHealthCheck(loadBalancer, change, targetGroup(facts, change.targetGroup()));
    };
  }

  private static Optional<Command> named(LoadBalancerId loadBalancer, String operation) {
    return Optional.of(
        new Command(loadBalancer.region(), operation)
            .with("load-balancer-name", loadBalancer.name()));
  }

  private static Optional<Command> deregister(String region, Repair.Deregister deregister) {
    return Optional.of(
        new Command(region, "elbv2 deregister-targets")
            .with("target-group-arn", deregister.targetGroup())
            .with("targets", deregister.targets().stream().map(Commands::description).toList()));
  }

  /// The subnets named replace those there are, so those that stay are named too.
  private static Optional<Command> setSubnets(LoadBalancerId loadBalancer, Repair.EnableZone zone) {
    List<String> subnets =
        Stream.concat(zone.keep().stream(), Stream.of(subnet(zone))).distinct().toList();
    return Optional.of(
        new Command(loadBalancer.region(), "elbv2 set-subnets")
            .with("load-balancer-arn", loadBalancer.arn())
            .with("subnets", subnets));
  }

  private static String description(Target target) {
    return target.port() == null
        ? "Id=" + target.id()
        : "Id=%s,Port=%d".formatted(target.id(), target.port());
  }

  private static String placeholder(Optional<TargetGroup> group) {
    return switch (group.map(TargetGroup::targetType).orElse(TargetGroup.TargetType.INSTANCE)) {
      case INSTANCE -> "<instance-id>";
      case IP -> "<ip-address>";
      case LAMBDA -> "<function-arn>";
      case ALB -> "<load-balancer-arn>";
    };
  }

  private static String subnet(Repair.EnableZone repair) {
    return repair.subnet().isEmpty() ? "<subnet-in-" + repair.zone() + ">" : repair.subnet();
  }

  private static Command forward(String region, Repair.Forward forward) {
    Command command =
        forward.rule() == null
            ? new Command(region, "elbv2 modify-listener").with("listener-arn", forward.listener())
            : new Command(region, "elbv2 modify-rule").with("rule-arn", forward.rule());
    String groups =
        forward.weights().stream()
            .map(Commands::weighted)
            .collect(Collectors.joining(",", "[", "]"));
    return command.with(
        forward.rule() == null ? "default-actions" : "actions",
        "Type=forward,ForwardConfig={TargetGroups=" + groups + "}");
  }

  private static String weighted(Listener.WeightedTargetGroup group) {
    return "{TargetGroupArn=%s,Weight=%d}".formatted(group.targetGroup(), group.weight());
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
      command = command.with("health-check-protocol", change.protocol());
    }
    if (change.path() != null) {
      command = command.with("health-check-path", change.path());
    }
    if (change.matcher() != null) {
      boolean grpc = group.filter(found -> "GRPC".equals(found.protocolVersion())).isPresent();
      String code = grpc ? "GrpcCode" : "HttpCode";
      command = command.with("matcher", code + "=" + Command.inShorthand(change.matcher()));
    }
    return Optional.of(command);
  }

  /// Classic takes the whole check or nothing: what the repair leaves alone is repeated from what
  /// was read.
  private static Optional<Command> configureHealthCheck(
      LoadBalancerId loadBalancer, Repair.ChangeHealthCheck change, Optional<TargetGroup> group) {
    if (change.path() == null && change.protocol() == null) {
      return Optional.empty();
    }
    Optional<HealthCheck> check = group.map(TargetGroup::healthCheck);
    String interval = known(check.map(HealthCheck::intervalSeconds), "<seconds-between>");
    String timeout = known(check.map(HealthCheck::timeoutSeconds), "<seconds-to-wait>");
    String unhealthy = known(check.map(HealthCheck::unhealthyThreshold), "<failures>");
    String healthy = known(check.map(HealthCheck::healthyThreshold), "<successes>");
    List<String> parts =
        List.of(
            "Target=" + Command.inShorthand(checked(change, check)),
            "Interval=" + interval,
            "Timeout=" + timeout,
            "UnhealthyThreshold=" + unhealthy,
            "HealthyThreshold=" + healthy);
    return named(loadBalancer, "elb configure-health-check")
        .map(command -> command.with("health-check", String.join(",", parts)));
  }

  /// `PROTOCOL:PORT`, and a path where the protocol asks for one.
  private static String checked(Repair.ChangeHealthCheck change, Optional<HealthCheck> check) {
    Optional<String> protocol =
        Optional.ofNullable(change.protocol()).or(() -> check.map(HealthCheck::protocol));
    String port = known(check.flatMap(found -> Optional.ofNullable(found.port())), "<port>");
    String path =
        Optional.ofNullable(change.path())
            .or(() -> check.flatMap(found -> Optional.ofNullable(found.path())))
            .orElse("/");
    boolean asksPath = protocol.filter(one -> one.equals("TCP") || one.equals("SSL")).isEmpty();
    return protocol.orElse("<protocol>") + ":" + port + (asksPath ? path : "");
  }

  private static String known(Optional<Integer> number, String placeholder) {
    return number.map(String::valueOf).orElse(placeholder);
  }

  private static Optional<TargetGroup> targetGroup(Facts facts, String id) {
    return facts.targetGroups().orElse(List.of()).stream()
        .filter(group -> group.id().equals(id))
        .findFirst();
  }

  private Commands() {}
}
