package lbresponder.facts;

import java.util.List;

/// Where a subnet sends its packets.
///
/// @param main true: used by every subnet of the network without a table of its own
/// @param subnets ids of the subnets it is associated with explicitly
public record RouteTable(
    String id, String network, boolean main, List<String> subnets, List<Route> routes) {

  /// @param destination a CIDR or a prefix list's id
  /// @param via the next hop's id, as the provider names it
  /// @param leads where the next hop leads
  /// @param blackhole true: the next hop is gone, and what takes this route is dropped
  /// @param propagated true: learnt from a gateway, not made by somebody
  public record Route(
      String destination, String via, Leads leads, boolean blackhole, boolean propagated) {}

  /// Where a route leads. Only what is `LOCAL` stays where rules were read.
  public enum Leads {
    /// Within the network.
    LOCAL,
    /// To the internet and back.
    INTERNET,
    /// To the internet, from where nobody comes in.
    NAT,
    /// Through something that looks at packets, such as a firewall.
    APPLIANCE,
    /// To another network.
    PEER,
    OTHER
  }
}
