package lbresponder.aws;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.network.Ranges;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/// Reads the network between the load balancer and its targets: what hangs on the VPC first, then
/// what the targets wear.
final class Networks {
  static final String INTERFACES = "ec2:DescribeNetworkInterfaces";
  static final String GROUP_RULES = "ec2:DescribeSecurityGroupRules";
  private static final String PREFIX_LISTS = "ec2:GetManagedPrefixListEntries";

  /// Values in one filter.
  private static final int CHUNK = 200;

  private static final int MOST_PREFIX_LISTS = 20;

  private final Calls calls;
  private final Ec2Client ec2;
  private final Known<LoadBalancer> balancer;
  private final String nodeDescription;
  private final Calls.Pending<List<NetworkAcl>> acls;
  private final Calls.Pending<List<RouteTable>> routes;
  private final Calls.Pending<List<Subnet>> subnets;
  private final Calls.Pending<List<NetworkInterface>> nodes;

  private Networks(Gathering gathering, Known<LoadBalancer> balancer) {
    this.calls = gathering.calls();
    this.ec2 = gathering.clients().ec2();
    this.balancer = balancer;
    this.nodeDescription = Ec2Words.nodeDescription(gathering.incident().loadBalancer());
    Filter network = filter("vpc-id", List.of(balancer.map(LoadBalancer::network).orElse("")));
    acls = calls.start("ec2:DescribeNetworkAcls", () -> acls(network));
    routes = calls.start("ec2:DescribeRouteTables", () -> routes(network));
    subnets = calls.start("ec2:DescribeSubnets", () -> subnets(network));
    nodes =
        calls.start(
            INTERFACES, () -> interfaces(network, filter("description", List.of(nodeDescription))));
  }

  /// Starts with what only the load balancer's own network is needed for.
  static Networks begin(Gathering gathering, Known<LoadBalancer> balancer) {
    return new Networks(gathering, balancer);
  }

  /// @return what could be read, once the targets are known
  Network between(Known<List<TargetGroup>> groups, Known<List<Instance>> instances) {
    if (balancer instanceof Known.Unknown<LoadBalancer>(String why)) {
      return Network.unknown(why);
    }
    Known<List<NetworkInterface>> carriers = carriers(groups);
    Known<List<NetworkInterface>> interfaces =
        nodes
            .get()
            .flatMap(
                own ->
                    carriers.map(
                        others ->
                            Stream.concat(own.stream(), others.stream()).distinct().toList()));
    Known<List<SecurityGroup>> worn = worn(instances, interfaces);
    Known<List<RouteTable>> tables = routes.get();
    return new Network(
        worn, acls.get(), tables, subnets.get(), interfaces, prefixLists(worn, tables));
  }

  /// Whatever carries a registered address. Where an address inside one of the subnets is carried
  /// by nothing, the subnet's prefixes are looked at: a Kubernetes pod has its address out of one.
  private Known<List<NetworkInterface>> carriers(Known<List<TargetGroup>> groups) {
    Set<String> addresses = addresses(groups);
    if (addresses.isEmpty()) {
      return Known.of(List.of());
    }
    return calls
        .start(INTERFACES, () -> carrying(addresses))
        .get()
        .flatMap(
            found -> {
              Set<String> open = new TreeSet<>(addresses);
              found.forEach(one -> one.addresses().forEach(open::remove));
              Set<String> homes = new LinkedHashSet<>();
              for (Subnet subnet : subnets.get().orElse(List.of())) {
                if (open.stream()
                    .anyMatch(
                        address ->
                            subnet.ranges().stream()
                                .anyMatch(range -> Ranges.holds(range, address)))) {
                  homes.add(subnet.id());
                }
              }
              return homes.isEmpty()
                  ? Known.of(found)
                  : calls
                      .start(INTERFACES, () -> withPrefixes(homes))
                      .get()
                      .map(more -> Stream.concat(found.stream(), more.stream()).toList());
            });
  }

  private static Set<String> addresses(Known<List<TargetGroup>> groups) {
    Set<String> addresses = new TreeSet<>();
    for (TargetGroup group : groups.orElse(List.of())) {
      if (group.targetType() == TargetType.IP) {
        group.targets().orElse(List.of()).stream().map(Target::id).forEach(addresses::add);
      }
    }
    return addresses;
  }

  private List<NetworkInterface> carrying(Set<String> addresses) {
    List<NetworkInterface> found = new ArrayList<>();
    List<String> all = List.copyOf(addresses);
    for (int i = 0; i < all.size(); i += CHUNK) {
      List<String> chunk = all.subList(i, Math.min(all.size(), i + CHUNK));
      List<String> six = chunk.stream().filter(one -> one.contains(":")).toList();
      List<String> four = chunk.stream().filter(one -> !one.contains(":")).toList();
      if (!four.isEmpty()) {
        found.addAll(interfaces(filter("addresses.private-ip-address", four)));
      }
      if (!six.isEmpty()) {
        found.addAll(interfaces(filter("ipv6-addresses.ipv6-address", six)));
      }
    }
    return found;
  }

  private List<NetworkInterface> withPrefixes(Set<String> subnets) {
    return interfaces(filter("subnet-id", List.copyOf(subnets))).stream()
        .filter(one -> !one.prefixes().isEmpty())
        .toList();
  }

  private Known<List<SecurityGroup>> worn(
      Known<List<Instance>> instances, Known<List<NetworkInterface>> interfaces) {
    Set<String> ids = new TreeSet<>(balancer.map(LoadBalancer::securityGroups).orElse(List.of()));
    instances.orElse(List.of()).forEach(one -> ids.addAll(one.securityGroups()));
    interfaces.orElse(List.of()).forEach(one -> ids.addAll(one.securityGroups()));
    return ids.isEmpty()
        ? Known.of(List.of())
        : calls.start(GROUP_RULES, () -> securityGroups(ec2, ids)).get();
  }

  /// A group without rules is a group all the same: it lets nothing through.
  static List<SecurityGroup> securityGroups(Ec2Client ec2, Set<String> ids) {
    Map<String, List<SecurityGroup.Rule>> rules = new LinkedHashMap<>();
    ids.forEach(id -> rules.put(id, new ArrayList<>()));
    List<String> all = List.copyOf(ids);
    for (int i = 0; i < all.size(); i += CHUNK) {
      List<String> chunk = all.subList(i, Math.min(all.size(), i + CHUNK));
      ec2.describeSecurityGroupRulesPaginator(
              call -> call.filters(filter("group-id", chunk)).maxResults(1000))
          .securityGroupRules()
          .forEach(
              rule ->
                  rules
                      .computeIfAbsent(rule.groupId(), _ -> new ArrayList<>())
                      .add(Ec2Words.rule(rule)));
    }
    return rules.entrySet().stream()
        .map(one -> new SecurityGroup(one.getKey(), "", List.copyOf(one.getValue())))
        .toList();
  }

  private Known<List<PrefixList>> prefixLists(
      Known<List<SecurityGroup>> groups, Known<List<RouteTable>> tables) {
    Set<String> ids = new TreeSet<>();
    groups.orElse(List.of()).stream()
        .flatMap(group -> group.rules().stream())
        .forEach(
            rule -> {
              if (rule.peer() instanceof SecurityGroup.PrefixList(String id)) {
                ids.add(id);
              }
            });
    tables.orElse(List.of()).stream()
        .flatMap(table -> table.routes().stream())
        .map(RouteTable.Route::destination)
        .filter(destination -> destination.startsWith("pl-"))
        .forEach(ids::add);
    Map<String, Calls.Pending<List<String>>> read = new LinkedHashMap<>();
    ids.stream()
        .limit(MOST_PREFIX_LISTS)
        .forEach(id -> read.put(id, calls.start(PREFIX_LISTS, () -> entries(id))));
    return Known.of(ids.stream().map(id -> new PrefixList(id, "", entries(read.get(id)))).toList());
  }

  private static Known<List<String>> entries(Calls.@Nullable Pending<List<String>> pending) {
    return pending == null
        ? Known.unknown("not read: only %d prefix lists are".formatted(MOST_PREFIX_LISTS))
        : pending.get();
  }

  private List<String> entries(String prefixList) {
    return ec2
        .getManagedPrefixListEntriesPaginator(call -> call.prefixListId(prefixList))
        .entries()
        .stream()
        .map(one -> V2.orEmpty(one.cidr()))
        .toList();
  }

  private List<NetworkAcl> acls(Filter network) {
    return ec2
        .describeNetworkAclsPaginator(call -> call.filters(network).maxResults(1000))
        .networkAcls()
        .stream()
        .map(Ec2Words::acl)
        .toList();
  }

  private List<RouteTable> routes(Filter network) {
    return ec2
        .describeRouteTablesPaginator(call -> call.filters(network).maxResults(100))
        .routeTables()
        .stream()
        .map(Ec2Words::routeTable)
        .toList();
  }

  private List<Subnet> subnets(Filter network) {
    return ec2
        .describeSubnetsPaginator(call -> call.filters(network).maxResults(1000))
        .subnets()
        .stream()
        .map(Ec2Words::subnet)
        .toList();
  }

  private List<NetworkInterface> interfaces(Filter... filters) {
    return interfaces(ec2, nodeDescription, filters);
  }

  /// Interfaces whose description begins so.
  static List<NetworkInterface> described(Ec2Client ec2, String begin) {
    return interfaces(ec2, "", filter("description", List.of(begin, begin + "-*")));
  }

  private static List<NetworkInterface> interfaces(
      Ec2Client ec2, String nodeDescription, Filter... filters) {
    return ec2
        .describeNetworkInterfacesPaginator(call -> call.filters(filters).maxResults(1000))
        .networkInterfaces()
        .stream()
        .map(one -> Ec2Words.networkInterface(one, nodeDescription))
        .toList();
  }

  private static Filter filter(String name, Collection<String> values) {
    return Filter.builder().name(name).values(values).build();
  }
}
