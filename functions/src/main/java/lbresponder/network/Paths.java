package lbresponder.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.Traits;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.Step;
import lbresponder.network.PathEnds.Source;
import org.jspecify.annotations.Nullable;

/// The paths from a load balancer's nodes to its targets, judged by the rules that were read. A
/// packet passes the filters of each end: the stateful security groups of an interface when it
/// begins a connection, the stateless network ACL of a subnet each time it enters or leaves that
/// subnet, the answers too. Within one subnet there is neither ACL nor route, but see {@link
/// Traits#filtersWithinSubnet}.
public final class Paths {
  private record Arrival(NetworkLocation source, NetworkLocation place, int port) {}

  private record Way(NetworkLocation place, @Nullable String zone, int port) {}

  private record PathKey(String group, String target, @Nullable String address, int port) {}

  private final Known<LoadBalancer> loadBalancer;
  private final Network network;
  private final NetworkFilters filters;
  private final Carriers carriers;
  private final ClientWays clientWays;
  private final PathEnds ends;
  private final List<Source> sources;
  private final boolean atNodes;
  private final Steps steps;
  private final Map<PathKey, List<Path>> paths = new HashMap<>();
  private final Map<Way, List<Path>> openWays = new HashMap<>();
  private final Map<Arrival, List<Step>> arrivals = new HashMap<>();

  /// Most targets are in the same place or reached in the same steps, so each list of paths, and of
  /// steps, is kept once.
  private final Map<List<?>, List<?>> same = new HashMap<>();

  /// From the load balancer's nodes.
  public Paths(Facts facts) {
    this(facts, null);
  }

  /// From a prober's interface: its packets are judged by its own groups and subnet, so that what
  /// it sees can be told from what the load balancer sees.
  public static Paths from(Facts facts, NetworkInterface prober) {
    return new Paths(facts, prober);
  }

  private Paths(Facts facts, @Nullable NetworkInterface prober) {
    this.loadBalancer = facts.wiring().loadBalancer();
    this.network = facts.network();
    this.filters = new NetworkFilters(network);
    this.clientWays = new ClientWays(facts, filters);
    this.carriers = new Carriers(facts, filters);
    this.ends = new PathEnds(facts, carriers);
    this.atNodes = prober == null;
    boolean withinSubnet = facts.incident().loadBalancer().traits().filtersWithinSubnet();
    this.steps = new Steps(facts, atNodes && withinSubnet, filters, carriers, ends);
    this.sources = prober == null ? ends.loadBalancer(facts) : PathEnds.prober(prober);
  }

  /// Why no path can be looked at; empty: they can.
  public String missing() {
    String unread = loadBalancer.fold(_ -> "", why -> why, why -> why);
    if (!unread.isEmpty() || !sources.isEmpty()) {
      return unread;
    }
    return PathEnds.unread(network.subnets());
  }

  /// From every node that sends to a target to one of its ports. Computed once for each target and
  /// port.
  ///
  /// @return empty where there is no network path (functions, load balancers as targets), where the
  ///   target's address is not known, no node is in its zone, or {@link #missing} says why
  public List<Path> to(TargetGroup group, Target target, int port) {
    PathKey key = new PathKey(group.id(), target.id(), target.address(), port);
    return paths.computeIfAbsent(key, _ -> judged(group, target, port));
  }

  private List<Path> judged(TargetGroup group, Target target, int port) {
    NetworkLocation end = ends.target(group, target);
    if (end == null) {
      return List.of();
    }
    NetworkLocation place = ends.place(end);
    String zone = atNodes ? ends.onlyZone(group, target) : null;
    List<Path> open =
        openWays.computeIfAbsent(
            new Way(place, zone, port), _ -> openTo(place, within(zone, place), port));
    return open.isEmpty() ? once(judged(end, place, within(zone, place), port)) : open;
  }

  /// The nodes that send to a place.
  ///
  /// @param zone the only one from which; null: from all
  private List<Source> within(@Nullable String zone, NetworkLocation place) {
    return sources.stream()
        .filter(source -> source.location().address().ipv6() == place.address().ipv6())
        .filter(source -> zone == null || source.zone().isEmpty() || source.zone().equals(zone))
        .toList();
  }

  private List<Path> judged(
      NetworkLocation end, NetworkLocation place, List<Source> from, int port) {
    return from.stream()
        .map(
            source ->
                new Path(
                    source.location().address(),
                    source.zone(),
                    port,
                    place,
                    between(source.location(), end, place, port)))
        .toList();
  }

  /// The paths to all that is in one place, where every control lets all of it pass, and by the
  /// same rule; empty where it is to be looked at one by one.
  private List<Path> openTo(NetworkLocation place, List<Source> from, int port) {
    boolean alike =
        from.stream().allMatch(source -> filters.treatAlike(source.location(), place.address()));
    List<Path> judged = alike ? judged(place, place, from, port) : List.of();
    return judged.stream().allMatch(Path::isOpen) ? judged : List.of();
  }

  @SuppressWarnings("unchecked") // What is equal to a list of these is one.
  private <T> List<T> once(List<T> list) {
    return (List<T>) same.computeIfAbsent(list, Function.identity());
  }

  /// @param place of the target: at its end its own address does not matter
  private List<Step> between(
      NetworkLocation source, NetworkLocation target, NetworkLocation place, int port) {
    List<Step> all = new ArrayList<>(steps.of(Control.LEAVING, source, target, port));
    all.addAll(
        arrivals.computeIfAbsent(
            new Arrival(source, place, port),
            _ -> steps.of(Control.AT_TARGET, place, source, port)));
    all.addAll(steps.of(Control.RETURNING, source, target, port));
    return once(List.copyOf(all));
  }

  /// The route from a subnet to an address; empty: there is none. Unknown where the table or a
  /// prefix list was not read.
  public Known<Optional<Route>> route(String subnet, String address) {
    Cidr to = Cidr.parse(address);
    return to == null
        ? Known.unknown("a route to `%s`, which is no address".formatted(address))
        : filters.routes(subnet).flatMap(routes -> routes.chosen(to));
  }

  /// What the load balancer's own groups say to clients; null where that is not known, or it has
  /// none.
  public @Nullable SecurityGroupRules clientRules() {
    return inbound(loadBalancer.flatMap(LoadBalancer::securityGroups));
  }

  /// What the groups at a target say to whoever connects to it; null where they are not known.
  public @Nullable SecurityGroupRules rulesAt(TargetGroup group, Target target) {
    NetworkLocation end = ends.target(group, target);
    return end == null ? null : inbound(end.groups());
  }

  /// Ids of the groups at a target; Unknown where they, or the target's place, are not known.
  public Known<List<String>> groupsAt(TargetGroup group, Target target) {
    NetworkLocation end = ends.target(group, target);
    return end == null ? Known.unknown("where " + target.label() + " is") : end.groups();
  }

  /// Whether one security group alone would let what takes a path into the target.
  public boolean wouldAdmit(String securityGroup, Path path) {
    SecurityGroupRules rules = inbound(Known.of(List.of(securityGroup)));
    List<String> own = loadBalancer.flatMap(LoadBalancer::securityGroups).orElse(List.of());
    return rules != null && rules.tcp(path.port(), path.from(), own) instanceof Hop.Allowed;
  }

  /// What groups say to whoever connects; null where that is not known, or there are none.
  public @Nullable SecurityGroupRules inbound(Known<List<String>> groups) {
    return groups instanceof Known.Value<List<String>>(List<String> ids)
            && !ids.isEmpty()
            && filters.groups(ids, true)
                instanceof Known.Value<SecurityGroupRules>(SecurityGroupRules rules)
        ? rules
        : null;
  }

  /// What becomes of clients at the load balancer's subnets.
  public ClientWays clientWays() {
    return clientWays;
  }

  /// What becomes of clients at a target's subnet, in and out; empty where that is not known.
  public List<ClientWays.Way> clientsAt(TargetGroup group, Target target, int port) {
    NetworkLocation end = ends.target(group, target);
    return end == null || end.subnet() == null
        ? List.of()
        : clientWays.through(end.subnet(), end.address().ipv6(), port);
  }

  /// Who has an address.
  public Carriers carriers() {
    return carriers;
  }

  PathEnds ends() {
    return ends;
  }

  List<Source> sources() {
    return sources;
  }
}
