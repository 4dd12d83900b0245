package lbresponder.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Incident;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;

/// What the two ways of reading (Classic, and Application or Network) have in common.
///
/// @param now when reading began
record Gathering(AwsClients clients, Calls calls, Incident incident, Instant now) {
  static final String NOT_READ = "not read by this version";

  /// The ids of target groups that the alarms name, in their order.
  List<String> named() {
    return incident.alarms().stream()
        .flatMap(alarm -> alarm.watches().stream())
        .map(Alarm.Watch::targetGroup)
        .flatMap(Stream::ofNullable)
        .distinct()
        .toList();
  }

  Calls.Pending<Load> load(List<String> targetGroups, Set<String> functions) {
    return calls.start(
        LoadReader.ACTION,
        () -> LoadReader.read(clients.cloudwatch(), incident, now, targetGroups, functions));
  }

  /// The instances behind the targets. Those that a look at the network did not show are asked for
  /// by id: terminated ones have left it, and a large network does not fit one page.
  ///
  /// @param seen a look at the network; null where there was none
  Known<List<Instance>> instances(
      Known<List<TargetGroup>> groups, Calls.@Nullable Pending<Instances.Page> seen) {
    Set<String> registered = Instances.registered(groups);
    if (groups instanceof Known.Unknown<List<TargetGroup>>(String why)) {
      return Known.unknown(why);
    }
    Map<String, Instance> found = new LinkedHashMap<>();
    if (seen != null) {
      switch (seen.get()) {
        case Known.Value<Instances.Page>(Instances.Page page) ->
            page.instances().stream()
                .filter(one -> registered.contains(one.id()))
                .forEach(one -> found.put(one.id(), one));
        case Known.Unknown<Instances.Page>(String why) -> {
          return Known.unknown(why);
        }
      }
    }
    List<String> missing = new ArrayList<>(new TreeSet<>(registered));
    missing.removeAll(found.keySet());
    if (missing.isEmpty()) {
      return Known.of(List.copyOf(found.values()));
    }
    return calls
        .start(Instances.ACTION, () -> Instances.byId(clients.ec2(), missing))
        .get()
        .map(more -> Stream.concat(found.values().stream(), more.stream()).toList());
  }

  /// How the load balancer is wired, as far as it could be read.
  record Wiring(
      Known<LoadBalancer> balancer,
      Known<List<Listener>> listeners,
      Known<List<TargetGroup>> groups,
      Known<List<Instance>> instances) {}

  /// Nothing could be read, for one reason.
  Facts nothing(String why) {
    return facts(
        new Wiring(Known.unknown(why), Known.unknown(why), Known.unknown(why), Known.unknown(why)),
        Known.unknown(why),
        Fleet.unknown(why),
        Network.unknown(why));
  }

  /// Reads what hangs on the targets, beside each other, and puts everything together.
  Facts facts(Wiring wiring, Known<Load> load, Fleets fleets, Networks networks) {
    Supplier<Known<Fleet>> fleet =
        calls.chain(() -> Known.of(fleets.behind(wiring.groups(), wiring.instances())));
    Network network = networks.between(wiring.groups(), wiring.instances());
    return facts(
        new Wiring(
            wiring.balancer().map(one -> located(one, network.subnets().orElse(List.of()))),
            wiring.listeners(),
            wiring.groups(),
            wiring.instances()),
        load,
        switch (fleet.get()) {
          case Known.Value<Fleet>(Fleet read) -> read;
          case Known.Unknown<Fleet>(String why) -> Fleet.unknown(why);
        },
        network);
  }

  /// Each zone by the name its subnet has.
  private static LoadBalancer located(LoadBalancer balancer, List<Subnet> subnets) {
    return balancer.withZones(
        balancer.zones().stream()
            .map(
                zone ->
                    subnets.stream()
                        .filter(subnet -> subnet.id().equals(zone.subnet()))
                        .findFirst()
                        .map(subnet -> new LoadBalancer.Zone(subnet.zone(), zone.subnet()))
                        .orElse(zone))
            .toList());
  }

  private Facts facts(Wiring wiring, Known<Load> load, Fleet fleet, Network network) {
    return new Facts(
        incident,
        now,
        wiring.balancer(),
        wiring.listeners(),
        wiring.groups(),
        wiring.instances(),
        load,
        fleet,
        network,
        Known.unknown("no target was dialled"),
        Known.unknown(NOT_READ));
  }

  String goneMessage() {
    return "%s does not exist in account %s, region %s (elasticloadbalancing:DescribeLoadBalancers)"
        .formatted(
            incident.loadBalancer().name(),
            incident.loadBalancer().account(),
            incident.loadBalancer().region());
  }
}
