package lbresponder.network;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Incident;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.PortRange;
import lbresponder.facts.Protocol;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.Traits;
import lbresponder.facts.Wiring;
import org.jspecify.annotations.Nullable;

/// A load balancer with one node, one target in another subnet, and rules that let it through: each
/// test changes what it is about.
final class NetworkFacts {
  static final SecurityGroup.Range ANYWHERE = new SecurityGroup.Range("0.0.0.0/0");

  /// The machine's own.
  static final Target TARGET = new Target("i-1", 8080, null, null, Known.unknown("not asked"));

  private NetworkFacts() {}

  static Facts open() {
    return withTraits(false, new PortRange(1024, 65535));
  }

  static Facts withTraits(boolean filtersWithinSubnet, PortRange sourcePorts) {
    Traits traits =
        new Traits(
            true, false, false, false, filtersWithinSubnet, sourcePorts, 0, 1, null, Set.of());
    LoadBalancerId id = new LoadBalancerId("test", "test", "", "", "web", "lb-1", traits);
    Facts unread =
        Facts.unknown(new Incident("1", id, Instant.EPOCH, List.of()), Instant.EPOCH, "not asked");
    return unread
        .withWiring(wiring())
        .withFleet(Fleet.unknown("not asked").withInstances(Known.of(List.of(machine()))))
        .withNetwork(network());
  }

  private static Wiring wiring() {
    LoadBalancer loadBalancer =
        new LoadBalancer(
            "",
            true,
            "",
            "net-1",
            List.of(new LoadBalancer.Zone("a", "subnet-lb")),
            Known.of(List.of("sg-lb")),
            Known.unknown("not asked"),
            Known.unknown("not asked"));
    return new Wiring(
        Known.of(loadBalancer), Known.of(List.of()), Known.of(List.of(group(TARGET))));
  }

  /// Of machines; see {@link #ofAddresses}.
  static TargetGroup group(Target... targets) {
    HealthCheck check = new HealthCheck(true, Protocol.TCP, null, null, null, 10, 5, 2, 2);
    return new TargetGroup(
        "tg-1",
        "web",
        TargetType.MACHINE,
        Protocol.TCP,
        null,
        8080,
        "net-1",
        List.of("lb-1"),
        check,
        Known.unknown("not asked"),
        Known.unknown("not asked"),
        Known.unknown("not asked"),
        Known.unknown("not asked"),
        Known.unknown("not asked"),
        Known.of(List.of(targets)));
  }

  static TargetGroup ofAddresses() {
    return group().withTargetType(TargetType.ADDRESS);
  }

  static Target target(String id) {
    return TARGET.withId(id);
  }

  static Instance machine() {
    return new Instance(
        "i-1",
        Instance.State.RUNNING,
        "",
        null,
        null,
        "a",
        "subnet-target",
        "10.0.2.7",
        null,
        List.of("sg-target"));
  }

  private static Network network() {
    return new Network(
        Known.of(
            List.of(
                new SecurityGroup("sg-lb", "", List.of(rule(false, ANYWHERE))),
                new SecurityGroup(
                    "sg-target", "", List.of(rule(true, new SecurityGroup.Group("sg-lb", null)))))),
        Known.of(List.of(acl(entry(100, false, true), entry(100, true, true)))),
        Known.of(
            List.of(
                table(
                    new RouteTable.Route("10.0.0.0/16", "local", Leads.LOCAL, false, false),
                    new RouteTable.Route("2001:db8::/32", "local", Leads.LOCAL, false, false)))),
        Known.of(
            List.of(
                subnet("subnet-lb", "10.0.1.0/24", "2001:db8:0:1::/64"),
                subnet("subnet-target", "10.0.2.0/24", "2001:db8:0:2::/64"))),
        Known.of(List.of(carrier("eni-lb", true, "subnet-lb", "10.0.1.5", "2001:db8:0:1::5"))),
        Known.of(List.of()),
        Known.of(List.of()));
  }

  static SecurityGroup.Rule rule(boolean ingress, SecurityGroup.Peer peer) {
    return new SecurityGroup.Rule("sgr-1", ingress, 0, true, "tcp", 8080, 8080, peer);
  }

  /// Of both subnets; what no entry matches is denied.
  static NetworkAcl acl(NetworkAcl.Entry... entries) {
    return new NetworkAcl("acl-1", List.of("subnet-lb", "subnet-target"), List.of(entries));
  }

  static NetworkAcl.Entry entry(@Nullable Integer number, boolean egress, boolean allow) {
    return new NetworkAcl.Entry(number, egress, allow, "-1", "0.0.0.0/0", null, null);
  }

  static RouteTable table(RouteTable.Route... routes) {
    return new RouteTable("table-1", "net-1", true, List.of(), List.of(routes));
  }

  static Subnet subnet(String id, String... ranges) {
    return new Subnet(id, "a", "net-1", "", List.of(ranges), 100);
  }

  static NetworkInterface carrier(String id, boolean node, String subnet, String... addresses) {
    return new NetworkInterface(
        id,
        "",
        node,
        null,
        false,
        subnet,
        null,
        List.of(addresses),
        List.of(),
        List.of(node ? "sg-lb" : "sg-target"));
  }

  static Facts network(Facts facts, UnaryOperator<Network> change) {
    return facts.withNetwork(change.apply(facts.network()));
  }

  static Facts loadBalancer(Facts facts, UnaryOperator<LoadBalancer> change) {
    return facts.withWiring(
        facts.wiring().withLoadBalancer(facts.wiring().loadBalancer().map(change)));
  }

  /// To the target's port 8080.
  static List<Path> paths(Facts facts) {
    return new Paths(facts).to(group(TARGET), TARGET, 8080);
  }
}
