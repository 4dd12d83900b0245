package lbresponder.aws.read;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Fleet;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.Host;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.Usage;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Service;

/// Reads who runs the targets. What needs nothing from the load balancer begins before it is read.
final class Fleets {
  private final Gathering gathering;
  private final ScalingGroups scalingGroups;
  private final Services services;
  private final Supplier<Known<List<Service>>> registered;

  private Fleets(Gathering gathering) {
    this.gathering = gathering;
    this.scalingGroups = new ScalingGroups(gathering.calls(), gathering.clients().autoscaling());
    this.services = new Services(gathering.calls(), gathering.clients().ecs());
    this.registered = gathering.calls().chain(services::all);
  }

  static Fleets begin(Gathering gathering) {
    return new Fleets(gathering);
  }

  /// @param carrying what carries the addresses of targets, and the subnets it may be in
  /// @param inner load balancers that are targets
  Fleet behind(
      Known<List<TargetGroup>> groups,
      Known<List<Instance>> instances,
      Calls.Pending<LoadReader.Answers> load,
      Carrying carrying,
      Supplier<Known<List<InnerLoadBalancer>>> inner) {
    Calls calls = gathering.calls();
    String classic = classic();
    List<String> ids = groups.orElse(List.of()).stream().map(TargetGroup::id).toList();
    Set<String> failing = failing(groups, instances);
    var scaling = calls.chain(() -> scalingGroups.behind(groups, instances, classic));
    var containers = calls.chain(() -> services.behind(registered.get(), ids, classic));
    var functions =
        calls.chain(() -> new Functions(calls, gathering.clients().lambda()).behind(groups));
    var under = calls.chain(() -> Known.of(under(groups.orElse(List.of()), carrying)));
    var usage =
        calls.chain(
            () ->
                usage(
                    services.ours(registered.get(), ids, classic).orElse(List.of()),
                    instances.orElse(List.of()).stream()
                        .filter(machine -> failing.contains(machine.id()))
                        .toList(),
                    others(groups, instances, failing),
                    load));
    Known<List<StatusCheck>> checks = statusChecks(failing);
    Under hosts = under.get().fold(read -> read, Under::unknown, Under::unknown);
    return new Fleet(
        instances,
        hosts.hosts(),
        checks.map(
            all -> Stream.concat(all.stream(), hosts.checks().orElse(List.of()).stream()).toList()),
        scaling.get(),
        containers.get(),
        functions.get(),
        usage.get(),
        inner.get());
  }

  /// What carries addresses, once that was read.
  record Carrying(
      Supplier<Known<List<NetworkInterface>>> interfaces, Supplier<Known<List<Subnet>>> subnets) {}

  /// The machines under targets that are registered by address.
  private record Under(Known<List<Host>> hosts, Known<List<StatusCheck>> checks) {
    static Under unknown(String why) {
      return new Under(Known.unknown(why), Known.unknown(why));
    }
  }

  private Under under(List<TargetGroup> groups, Carrying carrying) {
    return carrying
        .interfaces()
        .get()
        .flatMap(
            interfaces ->
                carrying.subnets().get().map(subnets -> Hosts.carried(groups, interfaces, subnets)))
        .fold(this::under, Under::unknown, Under::unknown);
  }

  private Under under(Map<String, List<String>> carried) {
    if (carried.isEmpty()) {
      return new Under(Known.of(List.of()), Known.of(List.of()));
    }
    List<String> ids = List.copyOf(carried.keySet());
    Calls.Pending<List<Instance>> machines =
        gathering
            .calls()
            .start(Instances.ACTION, () -> Instances.byId(gathering.clients().ec2(), ids));
    Known<List<StatusCheck>> checks = statusChecks(carried.keySet());
    return new Under(machines.get().map(found -> Hosts.of(found, carried)), checks);
  }

  /// Name of a Classic Load Balancer; null for the other kinds.
  private @Nullable String classic() {
    return gathering.kind() == Kind.CLASSIC ? gathering.incident().loadBalancer().name() : null;
  }

  /// Whose usage can be asked for before the targets are known.
  ///
  /// @param targetGroups ids
  List<UsageReader.Wanted> usersIn(List<String> targetGroups) {
    return UsageReader.ofScalingGroups(scalingGroups.registered(targetGroups, classic()));
  }

  /// Together with what was read beside the load balancer's own metrics.
  private Known<List<Usage>> usage(
      List<Service> ours,
      List<Instance> failing,
      List<Instance> others,
      Calls.Pending<LoadReader.Answers> load) {
    return load.get()
        .map(LoadReader.Answers::usage)
        .flatMap(
            before -> {
              List<UsageReader.Wanted> wanted =
                  UsageReader.of(ours, failing, others, before.size());
              return wanted.isEmpty()
                  ? Known.of(before)
                  : usage(wanted)
                      .map(more -> Stream.concat(before.stream(), more.stream()).toList());
            });
  }

  private Known<List<Usage>> usage(List<UsageReader.Wanted> wanted) {
    return gathering
        .calls()
        .start(
            MetricData.ACTION,
            () -> UsageReader.read(gathering.clients().cloudwatch(), gathering.times(), wanted))
        .get();
  }

  private Known<List<StatusCheck>> statusChecks(Set<String> ids) {
    return ids.isEmpty()
        ? Known.of(List.of())
        : gathering
            .calls()
            .start(StatusChecks.ACTION, () -> StatusChecks.of(gathering.clients().ec2(), ids))
            .get();
  }

  /// Instances that run and pass their health check, beside others that do not.
  private static List<Instance> others(
      Known<List<TargetGroup>> groups, Known<List<Instance>> instances, Set<String> failing) {
    Set<String> beside =
        groups.orElse(List.of()).stream()
            .map(group -> group.targets().orElse(List.of()).stream().map(Target::id).toList())
            .filter(ids -> ids.stream().anyMatch(failing::contains))
            .flatMap(List::stream)
            .collect(Collectors.toSet());
    return instances.orElse(List.of()).stream()
        .filter(machine -> machine.state() == Instance.State.RUNNING)
        .filter(machine -> beside.contains(machine.id()) && !failing.contains(machine.id()))
        .toList();
  }

  /// Instances that run and do not pass their health check, or whose health is not known.
  private static Set<String> failing(
      Known<List<TargetGroup>> groups, Known<List<Instance>> instances) {
    Set<String> running =
        instances.orElse(List.of()).stream()
            .filter(instance -> instance.state() == Instance.State.RUNNING)
            .map(Instance::id)
            .collect(Collectors.toSet());
    return groups.orElse(List.of()).stream()
        .flatMap(group -> group.targets().orElse(List.of()).stream())
        .filter(
            target ->
                !target
                    .health()
                    .map(health -> health.state() == TargetHealth.State.HEALTHY)
                    .orElse(false))
        .map(target -> target.id())
        .filter(running::contains)
        .limit(StatusChecks.MOST)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
