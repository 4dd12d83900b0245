package lbresponder.aws.read;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Ranges;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;

/// Reads the network between the load balancer and its targets: first what hangs on the VPC, then
/// the security groups of load balancer and targets.
final class Networks {
  private static final int MOST_PREFIX_LISTS = 20;

  private final Calls calls;
  private final NetworkCalls ec2;
  private final LoadBalancerId id;
  private final Known<LoadBalancer> loadBalancer;
  private final Supplier<Known<List<NetworkAcl>>> acls;
  private final Supplier<Known<List<RouteTable>>> routes;
  private final Supplier<Known<List<Subnet>>> subnets;
  private final Supplier<Known<List<NetworkInterface>>> nodes;
  private final Supplier<Known<Map<String, PrefixList>>> listsOfRoutes;

  private Networks(Gathering gathering, Known<LoadBalancer> loadBalancer) {
    this.calls = gathering.calls();
    this.ec2 =
        new NetworkCalls(
            gathering.clients().ec2(),
            NetworkMapper.nodeDescription(gathering.incident().loadBalancer()));
    this.id = gathering.incident().loadBalancer();
    this.loadBalancer = loadBalancer;
    this.acls = start(NetworkCalls.ACLS, ec2::acls);
    this.routes = start(NetworkCalls.ROUTE_TABLES, ec2::routeTables);
    this.subnets = start(NetworkCalls.SUBNETS, ec2::subnets);
    this.nodes = start(NetworkCalls.INTERFACES, ec2::nodes);
    this.listsOfRoutes = calls.chain(() -> routes.get().map(this::listsOf));
  }

  private <T> Supplier<Known<T>> start(String action, Function<Set<String>, T> call) {
    return loadBalancer.<Supplier<Known<T>>>fold(
        known -> calls.start(action, () -> call.apply(Set.of(known.network())))::get,
        why -> () -> Known.unknown(why),
        why -> () -> Known.none(why));
  }

  /// Starts with what only the load balancer's own network is needed for.
  static Networks begin(Gathering gathering, Known<LoadBalancer> loadBalancer) {
    return new Networks(gathering, loadBalancer);
  }

  /// All of the load balancer's own network.
  Supplier<Known<List<Subnet>>> subnets() {
    return subnets;
  }

  /// Networks beyond the load balancer's own, and what carries the targets' addresses there and
  /// here.
  record Reach(
      FarNetworks far,
      Supplier<Known<List<NetworkAcl>>> acls,
      Supplier<Known<List<RouteTable>>> routes,
      Supplier<Known<List<Subnet>>> subnets,
      Known<List<NetworkInterface>> carriers) {}

  /// Begins to read it.
  Supplier<Known<Reach>> reaching(Known<List<TargetGroup>> groups) {
    return calls.chain(() -> loadBalancer.map(_ -> reach(groups)));
  }

  private Reach reach(Known<List<TargetGroup>> groups) {
    RegisteredAddresses addresses =
        RegisteredAddresses.of(
            groups.orElse(List.of()),
            subnets.get().orElse(List.of()),
            routes.get().orElse(List.of()));
    FarNetworks far = far(addresses);
    Supplier<Known<List<Subnet>>> farSubnets = startIn(far, NetworkCalls.SUBNETS, ec2::subnets);
    Supplier<Known<List<Subnet>>> allSubnets = () -> joined(subnets.get(), farSubnets.get());
    return new Reach(
        far,
        startIn(far, NetworkCalls.ACLS, ec2::acls),
        startIn(far, NetworkCalls.ROUTE_TABLES, ec2::routeTables),
        allSubnets,
        carriers(addresses, far, allSubnets));
  }

  /// @return what could be read, once the targets are known
  Network between(
      Known<List<Instance>> instances,
      Supplier<Known<List<InnerLoadBalancer>>> inner,
      Supplier<Known<Reach>> reaching) {
    return reaching
        .get()
        .fold(reach -> between(instances, inner, reach), Network::unknown, Network::none);
  }

  private Network between(
      Known<List<Instance>> instances,
      Supplier<Known<List<InnerLoadBalancer>>> inner,
      Reach reach) {
    Known<List<NetworkInterface>> interfaces =
        nodes
            .get()
            .flatMap(
                own ->
                    reach
                        .carriers()
                        .map(
                            others ->
                                Stream.concat(own.stream(), others.stream()).distinct().toList()));
    Known<List<SecurityGroup>> securityGroups = securityGroups(instances, inner.get(), interfaces);
    return new Network(
        securityGroups,
        joined(acls.get(), reach.acls().get()),
        joined(routes.get(), reach.routes().get()),
        reach.subnets().get(),
        interfaces,
        Known.of(prefixLists(securityGroups)),
        Known.of(reach.far().peerings()));
  }

  private FarNetworks far(RegisteredAddresses addresses) {
    Set<String> ids = addresses.peerings(routes.get().orElse(List.of()));
    Known<List<VpcPeeringConnection>> read =
        ids.isEmpty()
            ? Known.of(List.of())
            : calls.start(NetworkCalls.PEERINGS, () -> ec2.peerings(ids)).get();
    return FarNetworks.of(ids, read, network(), id);
  }

  private String network() {
    return loadBalancer.map(LoadBalancer::network).orElse("");
  }

  private <T> Supplier<Known<List<T>>> startIn(
      FarNetworks far, String action, Function<Set<String>, List<T>> call) {
    return far.networks().isEmpty()
        ? () -> Known.of(List.of())
        : calls.start(action, () -> call.apply(far.networks()))::get;
  }

  /// What could be read of the second; the first stays what it is.
  static <T> Known<List<T>> joined(Known<List<T>> first, Known<List<T>> second) {
    return first.map(
        all -> Stream.concat(all.stream(), second.orElse(List.of()).stream()).toList());
  }

  /// Whatever carries a registered address, in the load balancer's own network and in those that it
  /// reaches. Where an address inside one of the subnets is carried by nothing, the subnet's
  /// prefixes are looked at: a Kubernetes pod has its address out of one.
  private Known<List<NetworkInterface>> carriers(
      RegisteredAddresses addresses, FarNetworks far, Supplier<Known<List<Subnet>>> subnets) {
    Set<String> sought = far.networks().isEmpty() ? addresses.inside() : addresses.all();
    if (sought.isEmpty()) {
      return Known.of(List.of());
    }
    Set<String> networks = new TreeSet<>(far.networks());
    networks.add(network());
    return calls
        .start(NetworkCalls.INTERFACES, () -> ec2.carrying(sought, networks))
        .get()
        .flatMap(
            found -> {
              Set<String> homes = homes(sought, found, subnets.get().orElse(List.of()));
              return homes.isEmpty()
                  ? Known.of(found)
                  : calls
                      .start(NetworkCalls.INTERFACES, () -> ec2.withPrefixes(homes))
                      .get()
                      .map(more -> Stream.concat(found.stream(), more.stream()).toList());
            });
  }

  /// The subnets of addresses that no interface in their network carries.
  private static Set<String> homes(
      Set<String> addresses, List<NetworkInterface> interfaces, List<Subnet> subnets) {
    Map<String, Set<String>> carried =
        interfaces.stream()
            .collect(
                Collectors.groupingBy(
                    carrier -> String.valueOf(carrier.network()),
                    Collectors.flatMapping(
                        carrier -> carrier.addresses().stream(), Collectors.toSet())));
    return subnets.stream()
        .filter(
            subnet -> {
              Set<String> here = carried.getOrDefault(subnet.network(), Set.of());
              return addresses.stream()
                  .anyMatch(address -> !here.contains(address) && isIn(subnet, address));
            })
        .map(Subnet::id)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static boolean isIn(Subnet subnet, String address) {
    return subnet.ranges().stream().anyMatch(range -> Ranges.holds(range, address));
  }

  private Known<List<SecurityGroup>> securityGroups(
      Known<List<Instance>> instances,
      Known<List<InnerLoadBalancer>> inner,
      Known<List<NetworkInterface>> interfaces) {
    Set<String> ids =
        new TreeSet<>(loadBalancer.flatMap(LoadBalancer::securityGroups).orElse(List.of()));
    ids.addAll(InnerLoadBalancers.securityGroups(inner));
    instances.orElse(List.of()).forEach(instance -> ids.addAll(instance.securityGroups()));
    interfaces.orElse(List.of()).forEach(carrier -> ids.addAll(carrier.securityGroups()));
    return ids.isEmpty() ? Known.of(List.of()) : groups(calls, ec2, ids);
  }

  /// Those of the groups that can be seen, with their rules.
  static Known<List<SecurityGroup>> groups(Calls calls, NetworkCalls ec2, Set<String> ids) {
    return calls
        .start(NetworkCalls.GROUP_RULES, () -> ec2.securityGroups(ids))
        .get()
        .flatMap(
            found ->
                NetworkCalls.withoutRules(found).isEmpty()
                    ? Known.of(found)
                    : calls.start(NetworkCalls.GROUPS, () -> ec2.withoutHidden(found)).get());
  }

  /// Those that routes refer to, then those that only security groups do.
  private List<PrefixList> prefixLists(Known<List<SecurityGroup>> groups) {
    Map<String, PrefixList> lists = new TreeMap<>(listsOfRoutes.get().orElse(Map.of()));
    Set<String> more = new TreeSet<>();
    groups.orElse(List.of()).stream()
        .flatMap(group -> group.rules().stream())
        .map(SecurityGroup.Rule::peer)
        .forEach(
            peer -> {
              if (peer instanceof SecurityGroup.PrefixList(String id) && !lists.containsKey(id)) {
                more.add(id);
              }
            });
    lists.putAll(read(more, Math.max(0, MOST_PREFIX_LISTS - lists.size())));
    return List.copyOf(lists.values());
  }

  private Map<String, PrefixList> listsOf(List<RouteTable> tables) {
    Set<String> ids =
        tables.stream()
            .flatMap(table -> table.routes().stream())
            .map(RouteTable.Route::destination)
            .filter(destination -> destination.startsWith("pl-"))
            .collect(Collectors.toCollection(TreeSet::new));
    return read(ids, MOST_PREFIX_LISTS);
  }

  /// @param most so many of them are read
  private Map<String, PrefixList> read(Set<String> ids, int most) {
    Map<String, Calls.Pending<List<String>>> entries = new TreeMap<>();
    ids.stream()
        .limit(most)
        .forEach(
            id ->
                entries.put(
                    id, calls.start(NetworkCalls.PREFIX_LISTS, () -> ec2.prefixListEntries(id))));
    Map<String, PrefixList> lists = new TreeMap<>();
    for (String id : ids) {
      Calls.Pending<List<String>> pending = entries.get(id);
      lists.put(
          id,
          new PrefixList(
              id,
              "",
              pending == null
                  ? Known.unknown("not read: only %d prefix lists are".formatted(MOST_PREFIX_LISTS))
                  : pending.get()));
    }
    return lists;
  }
}
