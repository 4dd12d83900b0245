package lbresponder.aws.repair;

import java.util.List;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Protocol;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// Commands of the AWS CLI for repairs of Classic Load Balancers.
final class ClassicCommands {
  private ClassicCommands() {}

  static Optional<Command> command(Repair repair, Facts facts) {
    LoadBalancerId loadBalancer = facts.incident().loadBalancer();
    return switch (repair) {
      case Repair.OfFleet _,
          Repair.OfNetwork _,
          Repair.Forward _,
          Repair.CheckTrafficPort _,
          Repair.SendProxyHeader _,
          Repair.Decide _ ->
          Optional.empty();
      case Repair.Deregister(_, List<Target> targets) ->
          Optional.of(
              command(loadBalancer, "elb deregister-instances-from-load-balancer")
                  .with("instances", targets.stream().map(Target::id).distinct().toList()));
      case Repair.RegisterTargets _ ->
          Optional.of(
              command(loadBalancer, "elb register-instances-with-load-balancer")
                  .with("instances", "<instance-id>"));
      case Repair.EnableZone zone ->
          Optional.of(
              command(loadBalancer, "elb attach-load-balancer-to-subnets")
                  .with("subnets", Commands.subnet(zone)));
      case Repair.ChangeHealthCheck change ->
          configureHealthCheck(
              loadBalancer, change, Commands.targetGroup(facts, change.targetGroup()));
    };
  }

  private static Command command(LoadBalancerId loadBalancer, String operation) {
    return new Command(loadBalancer.region(), operation)
        .with("load-balancer-name", loadBalancer.name());
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
    return Optional.of(
        command(loadBalancer, "elb configure-health-check")
            .with("health-check", String.join(",", parts)));
  }

  /// `PROTOCOL:PORT`, and a path where the protocol asks for one.
  private static String checked(Repair.ChangeHealthCheck change, Optional<HealthCheck> check) {
    Protocol protocol =
        change.protocol() != null
            ? change.protocol()
            : check.map(HealthCheck::protocol).orElse(Protocol.OTHER);
    String port = known(check.flatMap(found -> Optional.ofNullable(found.port())), "<port>");
    String path =
        Optional.ofNullable(change.path())
            .or(() -> check.flatMap(found -> Optional.ofNullable(found.path())))
            .orElse("/");
    boolean asksPath = protocol != Protocol.TCP && protocol != Protocol.TLS;
    return text(protocol) + ":" + port + (asksPath ? path : "");
  }

  /// As Classic writes it: TLS is `SSL` there.
  private static String text(Protocol protocol) {
    return switch (protocol) {
      case HTTP, HTTPS, TCP -> protocol.name();
      case TLS -> "SSL";
      case UDP, TCP_UDP, QUIC, TCP_QUIC, OTHER, NONE -> "<protocol>";
    };
  }

  private static String known(Optional<Integer> number, String placeholder) {
    return number.map(String::valueOf).orElse(placeholder);
  }
}
