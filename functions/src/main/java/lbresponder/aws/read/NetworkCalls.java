package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.RouteTable;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.VpcPeeringConnection;

/// The calls to EC2 about a network, all pages of each.
///
/// @param nodeDescription by which the load balancer's own interfaces are known; empty: none is
///   looked for
record NetworkCalls(Ec2Client ec2, String nodeDescription) {
  static final String ACLS = "ec2:DescribeNetworkAcls";
  static final String ROUTE_TABLES = "ec2:DescribeRouteTables";
  static final String SUBNETS = "ec2:DescribeSubnets";
  static final String INTERFACES = "ec2:DescribeNetworkInterfaces";
  static final String GROUP_RULES = "ec2:DescribeSecurityGroupRules";
  static final String GROUPS = "ec2:DescribeSecurityGroups";
  static final String PEERINGS = "ec2:DescribeVpcPeeringConnections";
  static final String PREFIX_LISTS = "ec2:GetManagedPrefixListEntries";

  /// Values in one filter.
  private static final int CHUNK = 200;

  List<NetworkAcl> acls(Collection<String> networks) {
    return ec2
        .describeNetworkAclsPaginator(call -> call.filters(in(networks)).maxResults(1000))
        .networkAcls()
        .stream()
        .map(NetworkMapper::acl)
        .toList();
  }

  List<RouteTable> routeTables(Collection<String> networks) {
    return ec2
        .describeRouteTablesPaginator(call -> call.filters(in(networks)).maxResults(100))
        .routeTables()
        .stream()
        .map(NetworkMapper::routeTable)
        .toList();
  }

  List<Subnet> subnets(Collection<String> networks) {
    return ec2
        .describeSubnetsPaginator(call -> call.filters(in(networks)).maxResults(1000))
        .subnets()
        .stream()
        .map(NetworkMapper::subnet)
        .toList();
  }

  /// The load balancer's own nodes.
  List<NetworkInterface> nodes(Collection<String> networks) {
    return interfaces(in(networks), filter("description", List.of(nodeDescription)));
  }

  /// Interfaces whose description begins so.
  List<NetworkInterface> described(String begin) {
    return interfaces(filter("description", List.of(begin, begin + "-*")));
  }

  /// Interfaces in these networks that carry one of the addresses.
  List<NetworkInterface> carrying(Set<String> addresses, Set<String> networks) {
    List<NetworkInterface> found = new ArrayList<>();
    List<String> all = List.copyOf(addresses);
    for (int i = 0; i < all.size(); i += CHUNK) {
      List<String> chunk = all.subList(i, Math.min(all.size(), i + CHUNK));
      List<String> six = chunk.stream().filter(address -> address.contains(":")).toList();
      List<String> four = chunk.stream().filter(address -> !address.contains(":")).toList();
      if (!four.isEmpty()) {
        found.addAll(interfaces(in(networks), filter("addresses.private-ip-address", four)));
      }
      if (!six.isEmpty()) {
        found.addAll(interfaces(in(networks), filter("ipv6-addresses.ipv6-address", six)));
      }
    }
    return found;
  }

  /// Interfaces in these subnets to which prefixes are delegated.
  List<NetworkInterface> withPrefixes(Set<String> subnets) {
    return interfaces(filter("subnet-id", List.copyOf(subnets))).stream()
        .filter(carrier -> !carrier.prefixes().isEmpty())
        .toList();
  }

  private List<NetworkInterface> interfaces(Filter... filters) {
    return ec2
        .describeNetworkInterfacesPaginator(call -> call.filters(filters).maxResults(1000))
        .networkInterfaces()
        .stream()
        .map(carrier -> NetworkMapper.networkInterface(carrier, nodeDescription))
        .toList();
  }

  /// Those of these groups that can be seen at all.
  private Set<String> visible(List<String> ids) {
    return ec2
        .describeSecurityGroupsPaginator(
            call -> call.filters(filter("group-id", ids)).maxResults(1000))
        .securityGroups()
        .stream()
        .map(group -> group.groupId())
        .collect(Collectors.toSet());
  }

  /// A group without rules is a group all the same: it lets nothing through. One that is hidden,
  /// another account's, lists none either.
  ///
  /// @param read as {@link #securityGroups} found them
  List<SecurityGroup> withoutHidden(List<SecurityGroup> read) {
    Set<String> visible = visible(withoutRules(read));
    return read.stream()
        .filter(group -> !group.rules().isEmpty() || visible.contains(group.id()))
        .toList();
  }

  static List<String> withoutRules(List<SecurityGroup> groups) {
    return groups.stream()
        .filter(group -> group.rules().isEmpty())
        .map(SecurityGroup::id)
        .limit(CHUNK)
        .toList();
  }

  /// With whatever rules are listed, which are none for a group that is hidden.
  List<SecurityGroup> securityGroups(Set<String> ids) {
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
                      .add(NetworkMapper.rule(rule)));
    }
    return rules.entrySet().stream()
        .map(group -> new SecurityGroup(group.getKey(), "", List.copyOf(group.getValue())))
        .toList();
  }

  List<String> prefixListEntries(String prefixList) {
    return ec2
        .getManagedPrefixListEntriesPaginator(call -> call.prefixListId(prefixList))
        .entries()
        .stream()
        .map(entry -> orEmpty(entry.cidr()))
        .toList();
  }

  List<VpcPeeringConnection> peerings(Set<String> ids) {
    return ec2
        .describeVpcPeeringConnectionsPaginator(
            call -> call.filters(filter("vpc-peering-connection-id", ids)))
        .vpcPeeringConnections()
        .stream()
        .toList();
  }

  private static Filter in(Collection<String> networks) {
    return filter("vpc-id", networks);
  }

  private static Filter filter(String name, Collection<String> values) {
    return Filter.builder().name(name).values(values).build();
  }
}
