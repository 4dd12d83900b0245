package lbresponder.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Peering;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.Subnet;
import org.jspecify.annotations.Nullable;

/// Who has an address. Private addresses are unique within one network only: what is inside the
/// load balancer's own ranges is there, and anything else is in the network to which the routes of
/// the load balancer's subnets lead. Where they lead to several, or to one that was not read,
/// nobody can tell.
public final class Carriers {
  /// Where an address is.
  ///
  /// @param network null: not known
  /// @param carrier what carries it; null: nothing that was read
  /// @param subnet the one that its range belongs to, where nothing carries it; null: none
  public record Place(
      @Nullable String network, @Nullable NetworkInterface carrier, @Nullable Subnet subnet) {}

  private final String own;
  private final List<String> sources;
  private final NetworkFilters filters;
  private final Map<String, AddressIndex<Place>> carried = new HashMap<>();
  private final Map<String, AddressIndex<Place>> homes = new HashMap<>();
  private final Map<String, String> networkBySubnet = new HashMap<>();
  private final Map<String, List<String>> peerings = new HashMap<>();

  Carriers(Facts facts, NetworkFilters filters) {
    this.own = facts.wiring().loadBalancer().map(LoadBalancer::network).orElse("");
    this.sources =
        facts.wiring().loadBalancer().map(LoadBalancer::zones).orElse(List.of()).stream()
            .map(LoadBalancer.Zone::subnet)
            .toList();
    this.filters = filters;
    for (Subnet subnet : facts.network().subnets().orElse(List.of())) {
      networkBySubnet.putIfAbsent(subnet.id(), subnet.network());
      homesIn(subnet.network()).add(subnet.ranges(), new Place(subnet.network(), null, subnet));
    }
    for (RouteTable table : facts.network().routeTables().orElse(List.of())) {
      Place somewhere = new Place(table.network(), null, null);
      table.routes().stream()
          .filter(route -> route.leads() == Leads.LOCAL)
          .forEach(route -> homesIn(table.network()).add(List.of(route.destination()), somewhere));
    }
    for (NetworkInterface carrier : facts.network().interfaces().orElse(List.of())) {
      add(carrier, facts.network().subnets().isKnown());
    }
    for (Peering peering : facts.network().peerings().orElse(List.of())) {
      peering.networks().map(networks -> peerings.put(peering.id(), networks));
    }
  }

  private AddressIndex<Place> homesIn(String network) {
    return homes.computeIfAbsent(network, _ -> new AddressIndex<>());
  }

  /// An interface in a subnet that is not among those that were read is in an unknown network.
  private void add(NetworkInterface carrier, boolean inNetworks) {
    String network =
        carrier.network() != null ? carrier.network() : networkBySubnet.get(carrier.subnet());
    if (network == null && inNetworks) {
      return;
    }
    String in = network == null ? "" : network;
    networkBySubnet.putIfAbsent(carrier.subnet(), in);
    AddressIndex<Place> index = carried.computeIfAbsent(in, _ -> new AddressIndex<>());
    Place place = new Place(in, carrier, null);
    index.add(carrier.addresses(), place);
    index.add(carrier.prefixes(), place);
  }

  /// @param address one address
  public Place find(Cidr address) {
    Place here = in(own, address);
    if (here != null) {
      return here;
    }
    String beyond = reached(address);
    Place there = beyond == null ? null : in(beyond, address);
    return there != null ? there : new Place(beyond, null, null);
  }

  private @Nullable Place in(String network, Cidr address) {
    AddressIndex<Place> index = carried.get(network);
    Place carrier = index == null ? null : index.find(address);
    AddressIndex<Place> home = homes.get(network);
    return carrier != null || home == null ? carrier : home.find(address);
  }

  /// The network that every subnet of the load balancer's that has a way there reaches; null: none,
  /// several, or it is not known.
  private @Nullable String reached(Cidr address) {
    Set<String> networks = new HashSet<>();
    for (String subnet : sources) {
      Known<Optional<Route>> chosen =
          filters.routes(subnet).flatMap(routes -> routes.chosen(address));
      if (!(chosen instanceof Known.Value<Optional<Route>>(Optional<Route> route))) {
        return null;
      }
      if (route.isPresent() && mayArrive(route.get())) {
        String far = across(route.get().via(), own);
        if (far == null) {
          return null;
        }
        networks.add(far);
      }
    }
    return networks.size() == 1 ? networks.iterator().next() : null;
  }

  private static boolean mayArrive(Route route) {
    return !route.blackhole()
        && switch (route.leads()) {
          case INTERNET, NAT -> false;
          case LOCAL, APPLIANCE, PEER, OTHER -> true;
        };
  }

  /// The other side of a peering; null where it was not read, or does not begin in the network.
  private @Nullable String across(String peering, String network) {
    List<String> joined = peerings.getOrDefault(peering, List.of());
    return !joined.contains(network)
        ? null
        : joined.stream().filter(other -> !other.equals(network)).findFirst().orElse(null);
  }

  /// What becomes of packets to the other end: a route that leads out of the network may arrive by
  /// a peering that was read.
  Hop along(RouteLookup routes, NetworkLocation from, NetworkLocation to) {
    Cidr address = to.address().first();
    Hop hop = routes.to(address);
    return hop instanceof Hop.Unknown
        ? routes
            .chosen(address)
            .orElse(Optional.empty())
            .flatMap(route -> beyond(route, from, to))
            .orElse(hop)
        : hop;
  }

  private Optional<Hop> beyond(Route route, NetworkLocation from, NetworkLocation to) {
    String start = networkOf(from);
    String end = networkOf(to);
    String far = start == null ? null : across(route.via(), start);
    if (far == null || end == null) {
      return Optional.empty();
    }
    return Optional.of(
        far.equals(end)
            ? new Hop.Allowed(route.via())
            : new Hop.Denied(
                "%s goes through %s, which leads to %s and not to %s"
                    .formatted(route.destination(), route.via(), far, end)));
  }

  private @Nullable String networkOf(NetworkLocation location) {
    return location.subnet() == null ? null : networkBySubnet.get(location.subnet());
  }
}
