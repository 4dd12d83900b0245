package lbresponder.aws.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Alarm;
import lbresponder.facts.Evidence;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.Incident;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.Wiring;
import org.jspecify.annotations.Nullable;

/// What the two ways of reading (Classic, and Application or Network) have in common.
///
/// @param now when reading began
record Gathering(AwsClients clients, Calls calls, Incident incident, Instant now) {
  private static final String NOT_READ = "not read by this version";

  Kind kind() {
    return Kind.of(incident.loadBalancer());
  }

  /// The ids of target groups that the alarms name, in their order.
  List<String> named() {
    return incident.alarms().stream()
        .flatMap(alarm -> alarm.watches().stream())
        .map(Alarm.Watch::targetGroup)
        .flatMap(Stream::ofNullable)
        .distinct()
        .toList();
  }

  Calls.Pending<Map<String, String>> tags() {
    return calls.start(
        LoadBalancerTags.ACTION, () -> LoadBalancerTags.of(clients, incident.loadBalancer()));
  }

  Times times() {
    return Times.of(incident, now);
  }

  /// @param fleets tell of the scaling groups whose usage is read in the same call
  Calls.Pending<LoadReader.Answers> load(
      List<String> targetGroups, Set<String> functions, Fleets fleets) {
    return calls.start(
        MetricData.ACTION,
        () ->
            LoadReader.read(
                clients.cloudwatch(),
                incident,
                times(),
                targetGroups,
                functions,
                fleets.usersIn(targetGroups)));
  }

  /// The instances behind the targets. Those that a look at the network did not show are asked for
  /// by id: terminated ones have left it, and a large network does not fit one page.
  ///
  /// @param seen what the network holds, as far as it fits one page; null where nobody looked
  Known<List<Instance>> instances(
      Known<List<TargetGroup>> groups, Calls.@Nullable Pending<List<Instance>> seen) {
    return groups
        .flatMap(_ -> seen == null ? Known.of(List.<Instance>of()) : seen.get())
        .flatMap(found -> withMissing(found, Instances.registered(groups)));
  }

  private Known<List<Instance>> withMissing(List<Instance> seen, Set<String> registered) {
    Map<String, Instance> found = new LinkedHashMap<>();
    seen.stream()
        .filter(instance -> registered.contains(instance.id()))
        .forEach(instance -> found.put(instance.id(), instance));
    List<String> missing = new ArrayList<>(registered);
    missing.removeAll(found.keySet());
    if (missing.isEmpty()) {
      return Known.of(List.copyOf(found.values()));
    }
    return calls
        .start(Instances.ACTION, () -> Instances.byId(clients.ec2(), missing))
        .get()
        .map(more -> Stream.concat(found.values().stream(), more.stream()).toList());
  }

  /// What is around the targets.
  record Around(Fleet fleet, Network network) {}

  /// Reads what hangs on the targets, side by side.
  Around around(
      Known<List<TargetGroup>> groups,
      Known<List<Instance>> instances,
      Calls.Pending<LoadReader.Answers> load,
      Fleets fleets,
      Networks networks) {
    Supplier<Known<List<InnerLoadBalancer>>> inner = InnerLoadBalancers.begin(this, groups);
    Supplier<Known<Networks.Reach>> reaching = networks.reaching(groups);
    Fleets.Carrying carrying =
        new Fleets.Carrying(
            () -> reaching.get().flatMap(Networks.Reach::carriers), networks.subnets());
    Supplier<Known<Fleet>> fleet =
        calls.chain(() -> Known.of(fleets.behind(groups, instances, load, carrying, inner)));
    Network network = networks.between(instances, inner, reaching);
    return new Around(fleet.get().fold(read -> read, Fleet::unknown, Fleet::unknown), network);
  }

  Facts facts(Wiring wiring, Known<Load> load, Around around) {
    List<Subnet> subnets = around.network().subnets().orElse(List.of());
    return new Facts(
        incident,
        now,
        wiring.withLoadBalancer(wiring.loadBalancer().map(known -> located(known, subnets))),
        load,
        around.fleet(),
        around.network(),
        new Evidence(Known.unknown("no target was probed"), Known.unknown(NOT_READ)));
  }

  /// Each zone by the name its subnet has.
  private static LoadBalancer located(LoadBalancer loadBalancer, List<Subnet> subnets) {
    return loadBalancer.withZones(
        loadBalancer.zones().stream()
            .map(
                zone ->
                    subnets.stream()
                        .filter(subnet -> subnet.id().equals(zone.subnet()))
                        .findFirst()
                        .map(subnet -> new LoadBalancer.Zone(subnet.zone(), zone.subnet()))
                        .orElse(zone))
            .toList());
  }

  /// Thrown by the call that describes the load balancer, where there is none.
  Calls.Gone gone() {
    return gone(incident.loadBalancer().name());
  }

  /// As {@link #gone()}, for another load balancer there.
  Calls.Gone gone(String name) {
    return new Calls.Gone(
        "%s does not exist in account %s, region %s (elasticloadbalancing:DescribeLoadBalancers)"
            .formatted(name, incident.loadBalancer().account(), incident.loadBalancer().region()));
  }

  /// Without the load balancer nothing hangs on it.
  Facts nothing(String gone) {
    return new Facts(
        incident,
        now,
        new Wiring(Known.none(gone), Known.none(gone), Known.none(gone)),
        Known.none(gone),
        Fleet.none(gone),
        new Network(
            Known.none(gone),
            Known.none(gone),
            Known.none(gone),
            Known.none(gone),
            Known.none(gone),
            Known.none(gone),
            Known.none(gone)),
        new Evidence(Known.none(gone), Known.unknown(NOT_READ)));
  }
}
