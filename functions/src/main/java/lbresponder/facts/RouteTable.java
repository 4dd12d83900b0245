package lbresponder.facts;

import java.util.List;

/// Where a subnet sends its packets.
///
/// @param main true: used by every subnet of the network without a table of its own
/// @param subnets ids of the subnets it is associated with explicitly
public record RouteTable(
    String id, String network, boolean main, List<String> subnets, List<Route> routes) {

  /// @param destination a CIDR or a prefix list's id
  /// @param via the next hop's id, or `local`
  /// @param state `active`, `blackhole` or `filtered`
  public record Route(String destination, String via, String state, boolean propagated) {}
}
