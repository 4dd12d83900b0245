package lbresponder.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Rule;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;
import org.jspecify.annotations.Nullable;

/// Applies a repair to the facts, as if it had been carried out and the load balancer had noticed.
public final class Repairs {
  private Repairs() {}

  /// @return Unknown where the model cannot tell what would follow, and why
  public static Known<Facts> apply(Facts facts, Repair repair) {
    return switch (repair) {
      case Repair.StartInstances(List<String> ids) -> Known.of(started(facts, ids));
      case Repair.Deregister(String group, List<Target> targets) ->
          Known.of(targets(facts, group, target -> targets.contains(target) ? null : target));
      case Repair.RegisterTargets _ ->
          Known.unknown("which targets to register only the engineer knows");
      case Repair.Forward forward -> Known.of(forwarded(facts, forward));
      case Repair.EnableZone(String zone, String subnet, _) ->
          Known.of(enabled(facts, zone, subnet));
      case Repair.ChangeHealthCheck change -> checked(facts, change);
      case Repair.SendProxyHeader header -> Known.of(ProxyHeaders.sent(facts, header));
      case Repair.SetCapacity _, Repair.SetTasks _ ->
          Known.unknown("what more targets would take on is not known");
      case Repair.Admit admit -> Known.of(admitting(facts, admit));
      case Repair.AllowEntry entry -> Known.of(allowing(facts, entry));
      case Repair.RollBack _ -> Known.unknown("whether what ran before runs now is not known");
      case Repair.RestartInstances _ -> Known.unknown("whether a restart helps is not known");
      case Repair.CheckTrafficPort _ ->
          Known.unknown("what the targets answer on the traffic port was not asked");
      case Repair.AdmitInvocation(String function, _) -> Known.of(admitted(facts, function));
    };
  }

  private static Facts admitting(Facts facts, Repair.Admit admit) {
    SecurityGroup.Rule rule =
        new SecurityGroup.Rule(
            "new", admit.ingress(), 0, true, "tcp", admit.port(), admit.port(), admit.peer());
    Network old = facts.network();
    return facts.withNetwork(
        new Network(
            old.securityGroups()
                .map(
                    all ->
                        all.stream()
                            .map(
                                one ->
                                    one.id().equals(admit.securityGroup()) ? one.with(rule) : one)
                            .toList()),
            old.networkAcls(),
            old.routeTables(),
            old.subnets(),
            old.interfaces(),
            old.prefixLists()));
  }

  private static Facts allowing(Facts facts, Repair.AllowEntry allow) {
    NetworkAcl.Entry entry =
        new NetworkAcl.Entry(
            allow.number(), allow.egress(), true, "6", allow.cidr(), allow.from(), allow.to());
    Network old = facts.network();
    return facts.withNetwork(
        new Network(
            old.securityGroups(),
            old.networkAcls()
                .map(
                    all ->
                        all.stream()
                            .map(one -> one.id().equals(allow.acl()) ? one.with(entry) : one)
                            .toList()),
            old.routeTables(),
            old.subnets(),
            old.interfaces(),
            old.prefixLists()));
  }

  private static Facts admitted(Facts facts, String function) {
    Fleet fleet = facts.fleet();
    return facts.withFleet(
        new Fleet(
            fleet.statusChecks(),
            fleet.scalingGroups(),
            fleet.services(),
            fleet
                .functions()
                .map(
                    all ->
                        all.stream()
                            .map(
                                one ->
                                    one.id().equals(function)
                                        ? new lbresponder.facts.Function(one.id(), Known.of(true))
                                        : one)
                            .toList())));
  }

  private static Facts started(Facts facts, List<String> ids) {
    Facts mended =
        facts.withInstances(
            facts.instances().map(all -> all.stream().map(one -> started(one, ids)).toList()));
    return targets(mended, null, target -> ids.contains(target.id()) ? joining(target) : target);
  }

  private static Instance started(Instance one, List<String> ids) {
    return ids.contains(one.id()) ? one.running() : one;
  }

  private static Facts forwarded(Facts facts, Repair.Forward repair) {
    Listener.Forward action = new Listener.Forward(repair.weights());
    Known<List<Listener>> listeners =
        facts
            .listeners()
            .map(
                all ->
                    all.stream()
                        .map(
                            one ->
                                one.id().equals(repair.listener()) ? set(one, repair, action) : one)
                        .toList());
    List<String> sent = repair.weights().stream().map(group -> group.targetGroup()).toList();
    Facts mended = facts.withListeners(listeners);
    for (String group : sent) {
      mended = targets(mended, group, target -> joiningIf(target, Reason.NO_LISTENER));
    }
    return mended;
  }

  private static Listener set(Listener listener, Repair.Forward repair, Listener.Forward action) {
    if (repair.rule() == null) {
      return new Listener(
          listener.id(), listener.port(), listener.protocol(), action, listener.rules());
    }
    Known<List<Rule>> rules =
        listener
            .rules()
            .map(
                all ->
                    all.stream()
                        .map(
                            rule ->
                                rule.id().equals(repair.rule())
                                    ? new Rule(
                                        rule.id(), rule.priority(), rule.conditions(), action)
                                    : rule)
                        .toList());
    return new Listener(
        listener.id(), listener.port(), listener.protocol(), listener.otherwise(), rules);
  }

  private static Facts enabled(Facts facts, String zone, String subnet) {
    Known<LoadBalancer> mended =
        facts
            .loadBalancer()
            .map(
                one -> {
                  List<LoadBalancer.Zone> zones = new ArrayList<>(one.zones());
                  zones.add(new LoadBalancer.Zone(zone, subnet));
                  return one.withZones(zones);
                });
    Facts facing = facts.withLoadBalancer(mended);
    return targets(
        facing,
        null,
        target ->
            zone.equals(facts.zoneOf(target))
                ? joiningIf(target, Reason.ZONE_NOT_ENABLED)
                : target);
  }

  private static Known<Facts> checked(Facts facts, Repair.ChangeHealthCheck change) {
    if (change.path() != null || change.protocol() != null) {
      return Known.unknown("what the targets answer to that check was not asked");
    }
    return Known.of(
        groups(
            facts,
            group -> {
              if (!group.id().equals(change.targetGroup())) {
                return group;
              }
              HealthCheck check = group.healthCheck().withMatcher(change.matcher());
              return group
                  .withHealthCheck(check)
                  .withTargets(
                      group
                          .targets()
                          .map(all -> all.stream().map(one -> passing(one, check)).toList()));
            }));
  }

  private static Target passing(Target target, HealthCheck check) {
    return target
        .health()
        .map(
            health ->
                health.reason() == Reason.UNEXPECTED_STATUS
                        && health.statusCodes().stream().allMatch(check::accepts)
                    ? target.with(TargetHealth.healthy(health.checkedPort()))
                    : target)
        .orElse(target);
  }

  private static Target joiningIf(Target target, Reason reason) {
    return target.health().map(health -> health.reason() == reason).orElse(false)
        ? joining(target)
        : target;
  }

  private static Target joining(Target target) {
    return target.with(
        new TargetHealth(
            TargetHealth.State.INITIAL, Reason.REGISTERING, "", "", List.of(), null, null));
  }

  /// Changes the targets of one group, or of all where it is null; a function that returns null
  /// drops the target.
  private static Facts targets(
      Facts facts, @Nullable String group, Function<Target, @Nullable Target> change) {
    return groups(
        facts,
        one ->
            group == null || one.id().equals(group)
                ? one.withTargets(
                    one.targets()
                        .map(all -> all.stream().map(change).filter(Objects::nonNull).toList()))
                : one);
  }

  private static Facts groups(Facts facts, UnaryOperator<TargetGroup> change) {
    return facts.withTargetGroups(
        facts.targetGroups().map(all -> all.stream().map(change).toList()));
  }
}
