package lbresponder.facts;

import java.util.List;

/// The network between a load balancer and its targets.
///
/// @param securityGroups those that the load balancer's nodes and the targets wear
/// @param networkAcls and `routeTables`, `subnets`: of the load balancer's network, and of the
///   targets' where that is another
/// @param interfaces the load balancer's nodes, and whatever carries a registered target's address;
///   an address inside a known subnet that is in none of them is carried by nothing
/// @param prefixLists those that the groups and routes refer to
public record Network(
    Known<List<SecurityGroup>> securityGroups,
    Known<List<NetworkAcl>> networkAcls,
    Known<List<RouteTable>> routeTables,
    Known<List<Subnet>> subnets,
    Known<List<NetworkInterface>> interfaces,
    Known<List<PrefixList>> prefixLists) {

  /// A network of which nothing was read, for one reason.
  public static Network unknown(String why) {
    return new Network(
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why),
        Known.unknown(why));
  }
}
