package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/// The network between a load balancer and its targets. What filters at an end of a path is named
/// there: stateful groups by the interface, a stateless network ACL by the subnet.
///
/// @param securityGroups those at the load balancer's nodes and at the targets
/// @param networkAcls and `routeTables`, `subnets`: of the load balancer's network, and of the
///   targets' where that is another
/// @param interfaces the load balancer's nodes, and whatever carries a registered target's address;
///   an address inside a known subnet that is in none of them is carried by nothing
/// @param prefixLists those that the groups and routes refer to
/// @param peerings those by which routes of the load balancer's network lead to targets; older
///   recordings do not tell
@RecordBuilder
public record Network(
    Known<List<SecurityGroup>> securityGroups,
    Known<List<NetworkAcl>> networkAcls,
    Known<List<RouteTable>> routeTables,
    Known<List<Subnet>> subnets,
    Known<List<NetworkInterface>> interfaces,
    Known<List<PrefixList>> prefixLists,
    Known<List<Peering>> peerings)
    implements NetworkBuilder.With {

  /// A network of which nothing was read, for one reason.
  public static Network unknown(String why) {
    return new Network(
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why));
  }

  /// No network, for one reason.
  public static Network none(String why) {
    return new Network(
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why),
        Known.none(why));
  }
}
