package lbresponder.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.PortRange;

/// What network ACLs do with clients and with the answers to them: those of the load balancer's
/// subnets, and of the targets' where these see the clients' own addresses.
public final class ClientWays {
  /// Of a listener's port in one subnet.
  ///
  /// @param ipv6 of which family the clients are
  /// @param hop what becomes of their packets, or of the answers
  public record Way(String subnet, boolean ipv6, Hop hop) {}

  /// Clients connect from any of these.
  private static final PortRange CLIENT_PORTS = new PortRange(1024, 65535);

  private record Place(String subnet, boolean ipv6, int port) {}

  private final Known<LoadBalancer> loadBalancer;
  private final Network network;
  private final NetworkFilters filters;

  /// Most targets share a subnet and a port.
  private final Map<Place, List<Way>> through = new HashMap<>();

  ClientWays(Facts facts, NetworkFilters filters) {
    this.loadBalancer = facts.wiring().loadBalancer();
    this.network = facts.network();
    this.filters = filters;
  }

  /// In and out of every subnet of the load balancer's, for every family that its nodes have. Where
  /// it faces the internet, clients are there; else they may be anywhere.
  public List<Way> to(int port) {
    List<Way> ways = new ArrayList<>();
    for (LoadBalancer.Zone zone :
        loadBalancer.map(LoadBalancer::zones).orElse(List.<LoadBalancer.Zone>of())) {
      for (boolean ipv6 : List.of(false, true)) {
        if (!zone.subnet().isEmpty() && (!ipv6 || hasIpv6(zone.subnet()))) {
          way(zone.subnet(), false, new PortRange(port, port), ipv6, ways);
          way(zone.subnet(), true, CLIENT_PORTS, ipv6, ways);
        }
      }
    }
    return ways;
  }

  /// In and out of a target's subnet, where targets see the clients' own addresses.
  List<Way> through(String subnet, boolean ipv6, int port) {
    return through.computeIfAbsent(
        new Place(subnet, ipv6, port),
        _ -> {
          List<Way> ways = new ArrayList<>();
          way(subnet, false, new PortRange(port, port), ipv6, ways);
          way(subnet, true, CLIENT_PORTS, ipv6, ways);
          return List.copyOf(ways);
        });
  }

  private boolean hasIpv6(String subnet) {
    return network.interfaces().orElse(List.of()).stream()
        .filter(carrier -> carrier.node() && carrier.subnet().equals(subnet))
        .map(NetworkInterface::addresses)
        .flatMap(List::stream)
        .map(Cidr::parse)
        .anyMatch(address -> address != null && address.ipv6());
  }

  private void way(String subnet, boolean egress, PortRange ports, boolean ipv6, List<Way> ways) {
    Cidr anywhere = Objects.requireNonNull(Cidr.parse(ipv6 ? "::/0" : "0.0.0.0/0"));
    boolean internal = loadBalancer.map(LoadBalancer::internal).orElse(true);
    List<Cidr> clients = internal ? List.of(anywhere) : Ranges.ofInternet(ipv6);
    switch (filters.acl(subnet, egress)) {
      case Known.Value<NetworkAclRules>(NetworkAclRules rules) ->
          ways.add(new Way(subnet, ipv6, together(rules, ports, clients, anywhere)));
      case Known.Unknown<NetworkAclRules>(String why) ->
          ways.add(new Way(subnet, ipv6, new Hop.Unknown(why)));
      case Known.None<NetworkAclRules> _ -> {}
    }
  }

  /// As soon as one range is treated otherwise than the others, it is a part.
  private static Hop together(
      NetworkAclRules rules, PortRange ports, List<Cidr> clients, Cidr anywhere) {
    Hop all = rules.tcp(ports.from(), ports.to(), anywhere);
    if (all instanceof Hop.Partial
        && clients.stream()
            .allMatch(range -> rules.tcp(ports.from(), ports.to(), range) instanceof Hop.Denied)) {
      return rules.tcp(ports.from(), ports.to(), clients.getFirst());
    }
    return all;
  }
}
