package lbresponder.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Ends.Place;
import lbresponder.network.Ends.Source;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.Step;
import org.jspecify.annotations.Nullable;

/// The paths from a load balancer's nodes to its targets, judged from the rules that were read.
/// Semantics of AWS: security groups look at what begins a connection only; a network ACL looks at
/// every packet that enters or leaves its subnet, and at none within it, except that a Classic Load
/// Balancer's packets meet their subnet's ACL on the way out even there.
public final class Paths {
  /// Nodes of every kind of load balancer connect from these.
  static final int EPHEMERAL_FROM = 1024;

  static final int EPHEMERAL_TO = 65535;

  private static final Hop SAME_SUBNET = new Hop.Allowed("the same subnet");

  private final Facts facts;
  private final Network network;
  private final Map<String, SecurityGroup> groups;
  private final Map<String, PrefixList> prefixLists;
  private final Map<String, NetworkAcl> aclOf = new HashMap<>();
  private final Map<List<String>, Wall> wallsIn = new HashMap<>();
  private final Map<List<String>, Wall> wallsOut = new HashMap<>();
  private final Map<String, Gate> gatesIn = new HashMap<>();
  private final Map<String, Gate> gatesOut = new HashMap<>();
  final Ends ends;
  final List<String> worn;
  private final boolean isBalancer;
  final List<Source> sources;

  /// From the load balancer's nodes.
  public Paths(Facts facts) {
    this(facts, null);
  }

  /// From a prober's interface: what its packets would meet is judged by its own groups and subnet,
  /// so that what it met can be told from what the load balancer meets.
  public static Paths from(Facts facts, NetworkInterface prober) {
    return new Paths(facts, prober);
  }

  private Paths(Facts facts, @Nullable NetworkInterface prober) {
    this.facts = facts;
    this.worn =
        prober == null
            ? facts.loadBalancer().map(LoadBalancer::securityGroups).orElse(List.of())
            : prober.securityGroups();
    this.isBalancer = prober == null;
    this.network = facts.network();
    this.groups = byId(network.securityGroups(), SecurityGroup::id);
    this.prefixLists = byId(network.prefixLists(), PrefixList::id);
    for (NetworkAcl acl : network.networkAcls().orElse(List.of())) {
      acl.subnets().forEach(subnet -> aclOf.put(subnet, acl));
    }
    this.ends = new Ends(facts);
    this.sources = prober == null ? ends.sources() : Ends.addresses(prober, "prober");
  }

  private static <T> Map<String, T> byId(Known<List<T>> all, Function<T, String> id) {
    return all.orElse(List.of()).stream()
        .collect(Collectors.toMap(id, one -> one, (first, _) -> first));
  }

  /// Why no path can be looked at; empty: they can.
  public String missing() {
    if (facts.loadBalancer() instanceof Known.Unknown<LoadBalancer>(String why)) {
      return why;
    }
    if (sources.isEmpty()) {
      return network.subnets() instanceof Known.Unknown<List<Subnet>>(String why)
          ? why
          : "the subnets of the load balancer";
    }
    return "";
  }

  /// From every node to one port of a target.
  ///
  /// @return empty where there is no network path (functions, load balancers as targets), where the
  ///   target's address is not known, or {@link #missing} says why
  public List<Path> to(TargetGroup group, Target target, int port) {
    Place end = ends.place(group, target);
    if (end == null) {
      return List.of();
    }
    List<Path> paths = new ArrayList<>();
    for (Source source : sources) {
      if (source.address().six() == end.address().six()) {
        paths.add(
            new Path(
                source.address(), source.zone(), group, target, port, steps(source, end, port)));
      }
    }
    return paths;
  }

  private List<Step> steps(Source source, Place end, int port) {
    boolean same = source.subnet().equals(end.subnet());
    boolean classic = isBalancer && facts.incident().loadBalancer().kind() == Kind.CLASSIC;
    List<Step> steps = new ArrayList<>();
    steps.add(balancerGroups(end, port));
    steps.add(
        gate(
            Control.BALANCER_ACL_OUT,
            source.subnet(),
            true,
            same && !classic,
            gate -> gate.tcp(port, port, end.address())));
    steps.add(
        same
            ? new Step(Control.ROUTE, "", SAME_SUBNET)
            : route(Control.ROUTE, source.subnet(), end.address()));
    steps.add(
        gate(
            Control.TARGET_ACL_IN,
            end.subnet(),
            false,
            same,
            gate -> gate.tcp(port, port, source.address())));
    steps.add(targetGroups(source, end, port));
    steps.add(
        gate(
            Control.TARGET_ACL_OUT,
            end.subnet(),
            true,
            same,
            gate -> gate.tcp(EPHEMERAL_FROM, EPHEMERAL_TO, source.address())));
    steps.add(
        same
            ? new Step(Control.RETURN_ROUTE, "", SAME_SUBNET)
            : route(Control.RETURN_ROUTE, end.subnet(), source.address().first()));
    steps.add(
        gate(
            Control.BALANCER_ACL_IN,
            source.subnet(),
            false,
            same,
            gate -> gate.tcp(EPHEMERAL_FROM, EPHEMERAL_TO, end.address())));
    return steps;
  }

  private Step balancerGroups(Place end, int port) {
    String by = String.join(", ", worn);
    if (worn.isEmpty()) {
      return new Step(
          Control.BALANCER_GROUPS,
          by,
          facts.incident().loadBalancer().kind() == Kind.NETWORK
              ? new Hop.Allowed("no security group")
              : new Hop.Unknown("the load balancer's security groups were not read"));
    }
    if (network.securityGroups() instanceof Known.Unknown<List<SecurityGroup>>(String why)) {
      return new Step(Control.BALANCER_GROUPS, by, new Hop.Unknown(why));
    }
    Wall wall = wallsOut.computeIfAbsent(worn, ids -> Wall.of(ids, false, groups, prefixLists));
    Set<String> peer = end.groups() == null ? null : new HashSet<>(end.groups());
    return new Step(Control.BALANCER_GROUPS, by, wall.tcp(port, end.address(), peer));
  }

  private Step targetGroups(Source source, Place end, int port) {
    if (end.groups() == null || end.groups().isEmpty()) {
      return new Step(
          Control.TARGET_GROUPS,
          "",
          new Hop.Unknown("the security groups at the target were not read"));
    }
    String by = String.join(", ", end.groups());
    if (network.securityGroups() instanceof Known.Unknown<List<SecurityGroup>>(String why)) {
      return new Step(Control.TARGET_GROUPS, by, new Hop.Unknown(why));
    }
    return new Step(
        Control.TARGET_GROUPS,
        by,
        wallAt(end.groups()).tcp(port, source.address(), new HashSet<>(worn)));
  }

  private Wall wallAt(List<String> worn) {
    return wallsIn.computeIfAbsent(worn, ids -> Wall.of(ids, true, groups, prefixLists));
  }

  /// What the load balancer's own groups say to clients; null where that is not known, or it wears
  /// none.
  public @Nullable Wall balancerWall() {
    return worn.isEmpty() || !network.securityGroups().isKnown() ? null : wallAt(worn);
  }

  /// The next hop from a subnet to an address: a gateway's id, or `local`; empty where the chosen
  /// route drops or there is none. Unknown where the table or a prefix list was not read.
  public Known<String> nextHop(String subnet, String address) {
    Cidr to = Cidr.parse(address);
    if (network.routeTables() instanceof Known.Unknown<List<RouteTable>>(String why)) {
      return Known.unknown(why);
    }
    RouteTable table = tableOf(subnet);
    return table == null || to == null
        ? Known.unknown("the route table of " + subnet + " was not read")
        : Signpost.via(to, table, prefixLists);
  }

  /// The groups at a target, for questions about others than the load balancer; null where they are
  /// not known.
  public @Nullable Wall wallOf(TargetGroup group, Target target) {
    Place end = ends.place(group, target);
    return end == null
            || end.groups() == null
            || end.groups().isEmpty()
            || !network.securityGroups().isKnown()
        ? null
        : wallAt(end.groups());
  }

  private Step gate(
      Control control,
      @Nullable String subnet,
      boolean egress,
      boolean within,
      Function<Gate, Hop> ask) {
    if (within) {
      return new Step(control, "", SAME_SUBNET);
    }
    if (subnet == null) {
      return new Step(
          control, "", new Hop.Unknown("the target is outside the subnets that were read"));
    }
    if (network.networkAcls() instanceof Known.Unknown<List<NetworkAcl>>(String why)) {
      return new Step(control, "", new Hop.Unknown(why));
    }
    NetworkAcl acl = aclOf.get(subnet);
    if (acl == null) {
      return new Step(
          control, "", new Hop.Unknown("the network ACL of " + subnet + " was not read"));
    }
    Map<String, Gate> gates = egress ? gatesOut : gatesIn;
    return new Step(
        control, acl.id(), ask.apply(gates.computeIfAbsent(acl.id(), _ -> Gate.of(acl, egress))));
  }

  private Step route(Control control, @Nullable String subnet, Cidr to) {
    if (subnet == null) {
      return new Step(
          control, "", new Hop.Unknown("the target is outside the subnets that were read"));
    }
    if (network.routeTables() instanceof Known.Unknown<List<RouteTable>>(String why)) {
      return new Step(control, "", new Hop.Unknown(why));
    }
    RouteTable table = tableOf(subnet);
    return table == null
        ? new Step(control, "", new Hop.Unknown("the route table of " + subnet + " was not read"))
        : new Step(control, table.id(), Signpost.to(to, table, prefixLists));
  }

  /// The table associated with a subnet, else the network's main one.
  public @Nullable RouteTable tableOf(String subnet) {
    List<RouteTable> tables = network.routeTables().orElse(List.of());
    String vpc = ends.subnet(subnet).map(Subnet::network).orElse("");
    return tables.stream()
        .filter(one -> one.subnets().contains(subnet))
        .findFirst()
        .or(
            () ->
                tables.stream().filter(one -> one.main() && one.network().equals(vpc)).findFirst())
        .orElse(null);
  }
}
