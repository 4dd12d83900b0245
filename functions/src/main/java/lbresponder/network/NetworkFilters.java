package lbresponder.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import org.jspecify.annotations.Nullable;

/// The filters and routes that were read, found by where they apply. None: there is no such thing.
final class NetworkFilters {
  private record GroupsKey(List<String> ids, boolean ingress) {}

  private record AclKey(String subnet, boolean egress) {}

  private final Network network;
  private final Map<String, SecurityGroup> groups;
  private final Map<String, PrefixList> prefixLists;
  private final Map<GroupsKey, Known<SecurityGroupRules>> groupRules = new HashMap<>();
  private final Map<String, NetworkAcl> aclBySubnet = new HashMap<>();
  private final Map<AclKey, Known<NetworkAclRules>> aclRules = new HashMap<>();
  private final Map<String, String> networkBySubnet = new HashMap<>();
  private final Map<String, RouteLookup> ownRoutes = new HashMap<>();
  private final Map<String, RouteLookup> mainRoutes = new HashMap<>();
  private final Map<String, Known<RouteLookup>> routes = new HashMap<>();

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
      RouteLookup lookup = RouteLookup.of(table, prefixLists);
      table.subnets().forEach(subnet -> ownRoutes.putIfAbsent(subnet, lookup));
      if (table.main()) {
        mainRoutes.putIfAbsent(table.network(), lookup);
      }
    }
  }

  private static <T> Map<String, T> byId(Known<List<T>> all, Function<T, String> id) {
    return all.orElse(List.of()).stream()
        .collect(Collectors.toMap(id, Function.identity(), (first, _) -> first));
  }

  /// The rules of an interface with these groups.
  Known<SecurityGroupRules> groups(List<String> ids, boolean ingress) {
    return groupRules.computeIfAbsent(
        new GroupsKey(ids, ingress),
        _ ->
            network
                .securityGroups()
                .map(_ -> SecurityGroupRules.of(ids, ingress, groups, prefixLists)));
  }

  /// The network ACL of a subnet.
  Known<NetworkAclRules> acl(String subnet, boolean egress) {
    return aclRules.computeIfAbsent(
        new AclKey(subnet, egress),
        _ ->
            read(network.networkAcls(), aclBySubnet.get(subnet), "the network ACL of " + subnet)
                .map(acl -> NetworkAclRules.of(acl, egress)));
  }

  /// The table associated with a subnet, else its network's main one.
  Known<RouteLookup> routes(String subnet) {
    return routes.computeIfAbsent(
        subnet,
        _ -> {
          RouteLookup main = mainRoutes.get(networkBySubnet.getOrDefault(subnet, ""));
          return read(
              network.routeTables(),
              ownRoutes.getOrDefault(subnet, main),
              "the route table of " + subnet);
        });
  }

  /// Whether all that applies at one end does the same with every address of a range: no rule is
  /// about a part of it only.
  boolean treatAlike(NetworkLocation own, Cidr range) {
    String subnet = own.subnet();
    return Stream.of(true, false).noneMatch(ingress -> tellApart(own, ingress, range))
        && (subnet == null || !routes(subnet).map(all -> all.tellApart(range)).orElse(false));
  }

  private boolean tellApart(NetworkLocation own, boolean ingress, Cidr range) {
    return own.groups()
            .flatMap(ids -> groups(ids, ingress))
            .map(rules -> rules.tellApart(range))
            .orElse(false)
        || (own.subnet() != null
            && acl(own.subnet(), !ingress).map(entries -> entries.tellApart(range)).orElse(false));
  }

  /// @param found null: it is not among those that were read
  private static <T> Known<T> read(Known<?> all, @Nullable T found, String what) {
    return all.flatMap(
        _ -> found == null ? Known.unknown(what + " was not read") : Known.of(found));
  }
}
