package lbresponder.aws.repair;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Instance;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Repair;
import lbresponder.facts.Service;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;

/// The commands that take a repair back to what was read.
public final class Undo {
  private final Facts facts;
  private final LoadBalancerId loadBalancer;

  private Undo(Facts facts) {
    this.facts = facts;
    this.loadBalancer = facts.incident().loadBalancer();
  }

  /// Empty where nothing takes it back, or what was there before is not known.
  public static List<String> commands(Repair repair, Facts facts) {
    return new Undo(facts).commands(repair);
  }

  private List<String> commands(Repair repair) {
    return switch (repair) {
      case Repair.Admit _ ->
          Commands.commands(repair, facts).stream()
              .map(command -> command.replaceFirst("ec2 authorize-", "ec2 revoke-"))
              .toList();
      case Repair.AllowEntry entry -> List.of(deleteEntry(entry).toString());
      case Repair.StartInstances(List<String> ids) ->
          List.of(command("ec2 stop-instances").with("instance-ids", ids).toString());
      case Repair.AdmitInvocation(String function, _) ->
          List.of(
              command("lambda remove-permission")
                  .with("function-name", function)
                  .with("statement-id", "load-balancer")
                  .toString());
      case Repair.Deregister leaving -> List.of(register(leaving).toString());
      case Repair.EnableZone zone -> List.of(disable(zone).toString());
      case Repair.CheckTrafficPort(String group) -> checkPort(group);
      case Repair.RestartInstances _, Repair.RegisterTargets _, Repair.Decide _ -> List.of();
      case Repair.WearGroups _,
          Repair.Forward _,
          Repair.ChangeHealthCheck _,
          Repair.SendProxyHeader _,
          Repair.SetCapacity _,
          Repair.SetTasks _,
          Repair.RollBack _ ->
          before(repair).stream()
              .flatMap(inverse -> Commands.commands(inverse, facts).stream())
              .toList();
    };
  }

  private Command command(String operation) {
    return new Command(loadBalancer.region(), operation);
  }

  /// The repair that sets what is set now.
  private Optional<Repair> before(Repair repair) {
    return switch (repair) {
      case Repair.WearGroups wear ->
          worn(wear)
              .filter(groups -> !groups.isEmpty())
              .map(groups -> new Repair.WearGroups(wear.wearer(), wear.machine(), groups));
      case Repair.Forward(String listener, String rule, _) ->
          action(listener, rule)
              .map(action -> new Repair.Forward(listener, rule, action.targetGroups()));
      case Repair.ChangeHealthCheck change ->
          Commands.targetGroup(facts, change.targetGroup())
              .map(TargetGroup::healthCheck)
              .filter(check -> change.path() == null || check.path() != null)
              .filter(check -> change.matcher() == null || check.matcher() != null)
              .map(check -> before(change, check));
      case Repair.SendProxyHeader(String group, boolean on) ->
          Optional.of(new Repair.SendProxyHeader(group, !on));
      case Repair.SetCapacity capacity ->
          facts.fleet().scalingGroups().orElse(List.of()).stream()
              .filter(group -> group.name().equals(capacity.scalingGroup()))
              .findFirst()
              .map(
                  group ->
                      new Repair.SetCapacity(
                          group.name(),
                          group.desired(),
                          capacity.maximum() == null ? null : Integer.valueOf(group.maximum())));
      case Repair.SetTasks(String cluster, String name, _) ->
          service(cluster, name)
              .map(service -> new Repair.SetTasks(cluster, name, service.desired()));
      case Repair.RollBack(String cluster, String name, _) ->
          service(cluster, name)
              .flatMap(service -> service.deployments().stream().findFirst())
              .map(newest -> new Repair.RollBack(cluster, name, newest.definition()));
      default -> Optional.empty();
    };
  }

  private Optional<List<String>> worn(Repair.WearGroups wear) {
    return wear.machine()
        ? facts.fleet().instances().orElse(List.of()).stream()
            .filter(machine -> machine.id().equals(wear.wearer()))
            .map(Instance::securityGroups)
            .findFirst()
        : facts.network().interfaces().orElse(List.of()).stream()
            .filter(card -> card.id().equals(wear.wearer()))
            .map(NetworkInterface::securityGroups)
            .findFirst();
  }

  private static Repair before(Repair.ChangeHealthCheck change, HealthCheck check) {
    return new Repair.ChangeHealthCheck(
        change.targetGroup(),
        change.path() == null ? null : check.path(),
        change.matcher() == null ? null : check.matcher(),
        change.protocol() == null ? null : check.protocol());
  }

  private Optional<Service> service(String cluster, String name) {
    return facts.fleet().services().orElse(List.of()).stream()
        .filter(service -> service.cluster().equals(cluster) && service.name().equals(name))
        .findFirst();
  }

  private Optional<Listener.Forward> action(String id, @Nullable String rule) {
    return facts.wiring().listeners().orElse(List.of()).stream()
        .filter(listener -> listener.id().equals(id))
        .flatMap(
            listener ->
                rule == null
                    ? Stream.of(listener.defaultAction())
                    : listener.rules().orElse(List.of()).stream()
                        .filter(one -> one.id().equals(rule))
                        .map(Listener.Rule::action))
        .flatMap(
            action ->
                action instanceof Listener.Forward forward
                    ? Stream.of(forward)
                    : Stream.<Listener.Forward>empty())
        .findFirst();
  }

  private Command deleteEntry(Repair.AllowEntry entry) {
    return command("ec2 delete-network-acl-entry " + (entry.egress() ? "--egress" : "--ingress"))
        .with("network-acl-id", entry.acl())
        .with("rule-number", String.valueOf(entry.number()));
  }

  private Command register(Repair.Deregister leaving) {
    return Kind.of(loadBalancer) == Kind.CLASSIC
        ? command("elb register-instances-with-load-balancer")
            .with("load-balancer-name", loadBalancer.name())
            .with("instances", leaving.targets().stream().map(Target::id).distinct().toList())
        : command("elbv2 register-targets")
            .with("target-group-arn", leaving.targetGroup())
            .with("targets", leaving.targets().stream().map(ElbV2Commands::description).toList());
  }

  private Command disable(Repair.EnableZone zone) {
    return Kind.of(loadBalancer) == Kind.CLASSIC
        ? command("elb detach-load-balancer-from-subnets")
            .with("load-balancer-name", loadBalancer.name())
            .with("subnets", Commands.subnet(zone))
        : command("elbv2 set-subnets")
            .with("load-balancer-arn", loadBalancer.arn())
            .with("subnets", zone.keep());
  }

  private List<String> checkPort(String group) {
    return Commands.targetGroup(facts, group)
        .flatMap(found -> Optional.ofNullable(found.healthCheck().port()))
        .map(
            port ->
                command("elbv2 modify-target-group")
                    .with("target-group-arn", group)
                    .with("health-check-port", String.valueOf(port))
                    .toString())
        .map(List::of)
        .orElse(List.of());
  }
}
