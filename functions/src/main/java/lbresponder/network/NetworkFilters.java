package lbresponder.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;

/// The filters and routes that were read, found by where they apply. None: there is no such thing.
final class NetworkFilters {
  private record GroupsKey(List<String> ids, boolean ingress) {}

  private record AclKey(String id, boolean egress) {}

  private final Network network;
  private final Map<String, SecurityGroup> groups;
  private final Map<String, PrefixList> prefixLists;
  private final Map<GroupsKey, SecurityGroupRules> groupRules = new HashMap<>();
  private final Map<String, NetworkAcl> aclBySubnet = new HashMap<>();
  private final Map<AclKey, NetworkAclRules> aclRules = new HashMap<>();
  private final Map<String, String> networkBySubnet = new HashMap<>();
  private final Map<String, RouteLookup> routesBySubnet = new HashMap<>();
  private final Map<String, RouteLookup> mainRoutes = new HashMap<>();

  NetworkFilters(Network network) {
    this.network = network;
    groups = byId(network.securityGroups(), SecurityGroup::id);
    prefixLists = byId(network.prefixLists(), PrefixList::id);
    for (NetworkAcl acl : network.networkAcls().orElse(List.of())) {
      acl.subnets().forEach(subnet -> aclBySubnet.put(subnet, acl));
    }
    for (Subnet subnet : network.subnets().orElse(List.of())) {
      networkBySubnet.putIfAbsent(subnet.id(), subnet.network());
    }
    for (RouteTable table : network.routeTables().orElse(List.of())) {
      RouteLookup routes = RouteLookup.of(table, prefixLists);
      table.subnets().forEach(subnet -> routesBySubnet.putIfAbsent(subnet, routes));
      if (table.main()) {
        mainRoutes.putIfAbsent(table.network(), routes);
      }
    }
  }

  private static <T> Map<String, T> byId(Known<List<T>> all, Function<T, String> id) {
    return all.orElse(List.of()).stream()
        .collect(Collectors.toMap(id, Function.identity(), (first, _) -> first));
  }

  /// The rules of an interface with these groups.
  Known<SecurityGroupRules> groups(List<String> ids, boolean ingress) {
    return network
        .securityGroups()
        .map(
            _ ->
                groupRules.computeIfAbsent(
                    new GroupsKey(ids, ingress),
                    _ -> SecurityGroupRules.of(ids, ingress, groups, prefixLists)));
  }

  /// The network ACL of a subnet.
  Known<NetworkAclRules> acl(String subnet, boolean egress) {
    NetworkAcl acl = aclBySubnet.get(subnet);
    return network
        .networkAcls()
        .flatMap(
            _ ->
                acl == null
                    ? Known.unknown("the network ACL of " + subnet + " was not read")
                    : Known.of(
                        aclRules.computeIfAbsent(
                            new AclKey(acl.id(), egress), _ -> NetworkAclRules.of(acl, egress))));
  }

  /// The table associated with a subnet, else its network's main one.
  Known<RouteLookup> routes(String subnet) {
    RouteLookup own = routesBySubnet.get(subnet);
    RouteLookup routes =
        own != null ? own : mainRoutes.get(networkBySubnet.getOrDefault(subnet, ""));
    return network
        .routeTables()
        .flatMap(
            _ ->
                routes == null
                    ? Known.unknown("the route table of " + subnet + " was not read")
                    : Known.of(routes));
  }
}
