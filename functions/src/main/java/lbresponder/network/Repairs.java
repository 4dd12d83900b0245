package lbresponder.network;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Function;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Target;
import lbresponder.facts.TargetDirectory;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;

/// Applies a repair to the facts, as if it had been carried out and the load balancer had noticed.
public final class Repairs {
  private Repairs() {}

  /// @return Unknown where the model cannot tell what would follow, and why
  public static Known<Facts> apply(Facts facts, Repair repair) {
    return switch (repair) {
      case Repair.StartInstances(List<String> ids) -> Known.of(started(facts, Set.copyOf(ids)));
      case Repair.Deregister deregister -> Known.of(deregistered(facts, deregister));
      case Repair.RegisterTargets _ ->
          Known.unknown("which targets to register only the engineer knows");
      case Repair.Forward forward -> Known.of(forwarded(facts, forward));
      case Repair.EnableZone(String zone, String subnet, _) ->
          Known.of(enabled(facts, new LoadBalancer.Zone(zone, subnet)));
      case Repair.ChangeHealthCheck change -> checked(facts, change);
      case Repair.SendProxyHeader header -> Known.of(ProxyHeaders.sent(facts, header));
      case Repair.SetCapacity _, Repair.SetTasks _ ->
          Known.unknown("what more targets would take on is not known");
      case Repair.Admit admit -> Known.of(admitted(facts, admit));
      case Repair.WearGroups wear -> Known.of(worn(facts, wear));
      case Repair.AllowEntry entry -> Known.of(allowed(facts, entry));
      case Repair.RollBack _ -> Known.unknown("whether what ran before runs now is not known");
      case Repair.RestartInstances _ -> Known.unknown("whether a restart helps is not known");
      case Repair.CheckTrafficPort _ ->
          Known.unknown("what the targets answer on the traffic port was not asked");
      case Repair.AdmitInvocation(String function, _) -> Known.of(invocable(facts, function));
      case Repair.Decide(String what) -> Known.unknown(what);
    };
  }

  private static Facts admitted(Facts facts, Repair.Admit admit) {
    SecurityGroup.Rule rule =
        new SecurityGroup.Rule(
            "new", admit.ingress(), 0, true, "tcp", admit.from(), admit.to(), admit.peer());
    return facts.withNetwork(
        facts
            .network()
            .withSecurityGroups(
                each(
                    facts.network().securityGroups(),
                    group -> group.id().equals(admit.securityGroup()) ? group.with(rule) : group)));
  }

  private static Facts worn(Facts facts, Repair.WearGroups wear) {
    return facts
        .withFleet(
            facts
                .fleet()
                .withInstances(
                    each(
                        facts.fleet().instances(),
                        machine ->
                            wear.machine() && machine.id().equals(wear.wearer())
                                ? machine.wearing(wear.securityGroups())
                                : machine)))
        .withNetwork(
            facts
                .network()
                .withInterfaces(
                    each(
                        facts.network().interfaces(),
                        carrier ->
                            isWorn(carrier, wear)
                                ? carrier.wearing(wear.securityGroups())
                                : carrier)));
  }

  private static boolean isWorn(NetworkInterface carrier, Repair.WearGroups wear) {
    return wear.machine()
        ? carrier.primary() && wear.wearer().equals(carrier.instance())
        : carrier.id().equals(wear.wearer());
  }

  private static Facts allowed(Facts facts, Repair.AllowEntry allow) {
    NetworkAcl.Entry entry =
        new NetworkAcl.Entry(
            allow.number(), allow.egress(), true, "6", allow.cidr(), allow.from(), allow.to());
    return facts.withNetwork(
        facts
            .network()
            .withNetworkAcls(
                each(
                    facts.network().networkAcls(),
                    acl -> acl.id().equals(allow.acl()) ? acl.with(entry) : acl)));
  }

  private static Facts invocable(Facts facts, String id) {
    return facts.withFleet(
        facts
            .fleet()
            .withFunctions(
                each(
                    facts.fleet().functions(),
                    function ->
                        function.id().equals(id) ? new Function(id, Known.of(true)) : function)));
  }

  private static Facts started(Facts facts, Set<String> ids) {
    Facts running =
        facts.withFleet(
            facts
                .fleet()
                .withInstances(
                    each(
                        facts.fleet().instances(),
                        instance -> ids.contains(instance.id()) ? instance.running() : instance)));
    return running.mapTargetGroups(
        group -> mapTargets(group, target -> ids.contains(target.id()) ? joining(target) : target));
  }

  private static Facts deregistered(Facts facts, Repair.Deregister repair) {
    Set<Target> gone = Set.copyOf(repair.targets());
    return facts.mapTargetGroups(
        group ->
            group.id().equals(repair.targetGroup())
                ? group.withTargets(
                    group
                        .targets()
                        .map(all -> all.stream().filter(target -> !gone.contains(target)).toList()))
                : group);
  }

  private static Facts forwarded(Facts facts, Repair.Forward repair) {
    List<String> named = repair.weights().stream().map(WeightedTargetGroup::targetGroup).toList();
    return facts
        .withWiring(
            facts
                .wiring()
                .withListeners(
                    each(
                        facts.wiring().listeners(),
                        listener ->
                            listener.id().equals(repair.listener())
                                ? forwarding(listener, repair)
                                : listener)))
        .mapTargetGroups(
            group ->
                named.contains(group.id())
                    ? mapTargets(group, target -> joiningIf(target, Reason.NO_LISTENER))
                    : group);
  }

  /// What leads there, and how long clients stay, is as before.
  private static Listener forwarding(Listener listener, Repair.Forward repair) {
    return repair.rule() == null
        ? listener.withDefaultAction(weighted(listener.defaultAction(), repair))
        : listener.withRules(
            each(
                listener.rules(),
                rule ->
                    rule.id().equals(repair.rule())
                        ? new Rule(
                            rule.id(),
                            rule.priority(),
                            rule.conditions(),
                            weighted(rule.action(), repair),
                            rule.before())
                        : rule));
  }

  private static Listener.Forward weighted(Listener.Action action, Repair.Forward repair) {
    return new Listener.Forward(
        repair.weights(),
        action instanceof Listener.Forward(_, Known<Integer> sticky)
            ? sticky
            : Listener.NOT_STICKY);
  }

  private static Facts enabled(Facts facts, LoadBalancer.Zone zone) {
    TargetDirectory directory = new TargetDirectory(facts.fleet());
    Known<LoadBalancer> enabled =
        facts
            .wiring()
            .loadBalancer()
            .map(
                old ->
                    old.withZones(Stream.concat(old.zones().stream(), Stream.of(zone)).toList()));
    return facts
        .withWiring(facts.wiring().withLoadBalancer(enabled))
        .mapTargetGroups(
            group ->
                mapTargets(
                    group,
                    target ->
                        zone.name().equals(directory.zone(target))
                            ? joiningIf(target, Reason.ZONE_NOT_ENABLED)
                            : target));
  }

  private static Known<Facts> checked(Facts facts, Repair.ChangeHealthCheck change) {
    return change.path() != null || change.protocol() != null
        ? Known.unknown("what the targets answer to that check was not asked")
        : Known.of(
            facts.mapTargetGroups(
                group -> group.id().equals(change.targetGroup()) ? checked(group, change) : group));
  }

  private static TargetGroup checked(TargetGroup group, Repair.ChangeHealthCheck change) {
    HealthCheck check = group.healthCheck().withMatcher(change.matcher());
    return mapTargets(group.withHealthCheck(check), target -> passingIf(target, check));
  }

  private static Target passingIf(Target target, HealthCheck check) {
    return target.health() instanceof Known.Value<TargetHealth>(TargetHealth health)
            && health.reason() == Reason.UNEXPECTED_STATUS
            && health.statusCodes().stream().allMatch(check::accepts)
        ? target.withHealth(Known.of(TargetHealth.healthy(health.checkedPort())))
        : target;
  }

  private static Target joiningIf(Target target, Reason reason) {
    return target.health().map(health -> health.reason() == reason).orElse(false)
        ? joining(target)
        : target;
  }

  private static Target joining(Target target) {
    return target.withHealth(Known.of(TargetHealth.registering()));
  }

  private static TargetGroup mapTargets(TargetGroup group, UnaryOperator<Target> change) {
    return group.withTargets(each(group.targets(), change));
  }

  /// With each element changed.
  static <T> Known<List<T>> each(Known<List<T>> all, UnaryOperator<T> change) {
    return all.map(known -> known.stream().map(change).toList());
  }
}
