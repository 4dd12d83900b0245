package lbresponder.testing;

import java.util.List;
import java.util.function.UnaryOperator;
import lbresponder.facts.Known;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import org.jspecify.annotations.Nullable;

/// The network of a {@link Situation}. The nodes are 10.0.1.5 in `subnet-a` and 10.0.2.5 in
/// `subnet-b`, with the group `sg-lb`, the ACL `acl-lb` and the table `routes-lb`; the machines are
/// in `targets-a` and `targets-b` with `sg-targets`, `acl-targets` and `routes-targets`.
public final class SituationNetwork {
  static final String ACCOUNT = "1";
  private static final String ANYWHERE = "0.0.0.0/0";

  private SituationNetwork() {}

  static Network open() {
    return new Network(
        Known.of(
            List.of(
                new SecurityGroup("sg-lb", "", List.of(admits(80, ANYWHERE), letsOut(null))),
                new SecurityGroup("sg-targets", "", List.of(admitsGroup(8080, "sg-lb"))))),
        Known.of(
            List.of(
                new NetworkAcl("acl-lb", List.of("subnet-a", "subnet-b"), both(100, true)),
                new NetworkAcl("acl-targets", List.of("targets-a", "targets-b"), both(100, true)))),
        Known.of(
            List.of(
                new RouteTable(
                    "routes-lb",
                    "net-1",
                    false,
                    List.of("subnet-a", "subnet-b"),
                    List.of(local(), route(ANYWHERE, "igw", Leads.INTERNET))),
                new RouteTable("routes-targets", "net-1", true, List.of(), List.of(local())))),
        Known.of(
            List.of(
                subnet("subnet-a", "a", "10.0.1.0/24", 100),
                subnet("subnet-b", "b", "10.0.2.0/24", 100),
                subnet("targets-a", "a", "10.0.11.0/24", 100),
                subnet("targets-b", "b", "10.0.12.0/24", 100))),
        Known.of(
            List.of(
                card("eni-a", true, "subnet-a", "10.0.1.5"),
                card("eni-b", true, "subnet-b", "10.0.2.5"),
                card("eni-1", false, "targets-a", "10.0.11.1"),
                card("eni-2", false, "targets-a", "10.0.11.2"),
                card("eni-3", false, "targets-b", "10.0.12.3"))),
        Known.of(List.of()),
        Known.of(List.of()));
  }

  public static SecurityGroup.Rule admits(int port, String cidr) {
    return rule(true, port, new SecurityGroup.Range(cidr));
  }

  public static SecurityGroup.Rule admitsGroup(int port, String group) {
    return rule(true, port, new SecurityGroup.Group(group, null));
  }

  /// To anywhere, on a port; null: on all.
  public static SecurityGroup.Rule letsOut(@Nullable Integer port) {
    return rule(false, port, new SecurityGroup.Range(ANYWHERE));
  }

  private static SecurityGroup.Rule rule(
      boolean ingress, @Nullable Integer port, SecurityGroup.Peer peer) {
    return new SecurityGroup.Rule("sgr", ingress, 0, true, "tcp", port, port, peer);
  }

  /// One entry in and one out.
  private static List<Entry> both(int number, boolean allow) {
    return List.of(entry(number, false, allow, null), entry(number, true, allow, null));
  }

  /// From or to anywhere, on a port; null: on all.
  public static Entry entry(int number, boolean egress, boolean allow, @Nullable Integer port) {
    return new Entry(number, egress, allow, "6", ANYWHERE, port, port);
  }

  public static Route local() {
    return route("10.0.0.0/16", "local", Leads.LOCAL);
  }

  public static Route route(String destination, String via, Leads leads) {
    return new Route(destination, via, leads, false, false);
  }

  /// Whose next hop is gone.
  public static Route blackhole(String destination) {
    return new Route(destination, "gone", Leads.OTHER, true, false);
  }

  /// Of the load balancer's own account.
  public static Subnet subnet(String id, String zone, String range, int freeAddresses) {
    return new Subnet(id, zone, "net-1", ACCOUNT, List.of(range), freeAddresses);
  }

  /// An interface of the load balancer's or of a target's.
  public static NetworkInterface card(String id, boolean node, String subnet, String... addresses) {
    return new NetworkInterface(
        id,
        "",
        node,
        null,
        true,
        subnet,
        null,
        List.of(addresses),
        List.of(),
        List.of(node ? "sg-lb" : "sg-targets"));
  }

  /// Replaces the rules of a security group.
  public static UnaryOperator<Network> rules(String group, SecurityGroup.Rule... rules) {
    return network ->
        network.withSecurityGroups(
            each(
                network.securityGroups(),
                read ->
                    read.id().equals(group) ? new SecurityGroup(group, "", List.of(rules)) : read));
  }

  /// Adds an entry to a network ACL.
  public static UnaryOperator<Network> aclEntry(String acl, Entry entry) {
    return network ->
        network.withNetworkAcls(
            each(network.networkAcls(), read -> read.id().equals(acl) ? read.with(entry) : read));
  }

  /// Replaces the routes of a table.
  public static UnaryOperator<Network> routes(String table, Route... routes) {
    return network ->
        network.withRouteTables(
            each(
                network.routeTables(),
                read ->
                    read.id().equals(table)
                        ? new RouteTable(
                            table, read.network(), read.main(), read.subnets(), List.of(routes))
                        : read));
  }

  /// Gives a subnet so many free addresses.
  public static UnaryOperator<Network> freeAddresses(String subnet, int free) {
    return network ->
        network.withSubnets(
            each(
                network.subnets(),
                read ->
                    read.id().equals(subnet)
                        ? new Subnet(
                            subnet, read.zone(), read.network(), read.owner(), read.ranges(), free)
                        : read));
  }

  private static <T> Known<List<T>> each(Known<List<T>> all, UnaryOperator<T> change) {
    return all.map(known -> known.stream().map(change).toList());
  }
}
