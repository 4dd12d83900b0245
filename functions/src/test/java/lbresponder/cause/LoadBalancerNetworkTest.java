package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationNetwork.admits;
import static lbresponder.testing.SituationNetwork.freeAddresses;
import static lbresponder.testing.SituationNetwork.letsOut;
import static lbresponder.testing.SituationNetwork.local;
import static lbresponder.testing.SituationNetwork.route;
import static lbresponder.testing.SituationNetwork.routes;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Protocol;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.SecurityGroup;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong with the load balancer's own network.
class LoadBalancerNetworkTest {
  private static final String INTERNET = "0.0.0.0/0";

  static Situation loadBalancerUnread(Situation situation) {
    return situation.wiring(wiring -> wiring.withLoadBalancer(Known.unknown(UNREAD)));
  }

  @ParameterizedTest
  @MethodSource
  void clientsBlocked(SituationRow row) {
    row.holdsFor(new ClientsBlocked());
  }

  static List<SituationRow> clientsBlocked() {
    return List.of(
        row(
            NOT_APPLICABLE,
            "this kind has no security groups",
            s -> s.loadBalancer(found -> found.withSecurityGroups(Known.none("no such thing")))),
        row(RULED_OUT, "the listener's port is open to the internet", s -> s)
            .saying("somebody is admitted on every listener's port"),
        row(
            RULED_OUT,
            "it is open to one address",
            s -> s.network(rules("sg-lb", admits(80, "192.0.2.1")))),
        row(PROVEN, "another port is open", s -> s.network(rules("sg-lb", admits(81, INTERNET))))
            .saying("sg-lb\nno rule of sg-lb admits anybody on tcp/80"),
        row(PROVEN, "only the way out is open", s -> s.network(rules("sg-lb", letsOut(80)))),
        row(
                PROVEN,
                "one of two listeners' ports is closed",
                s ->
                    s.listeners(
                        SituationWiring.listener(80, SituationWiring.forward("tg", 1)),
                        SituationWiring.listener(81, SituationWiring.forward("tg", 1))))
            .saying("sg-lb\nno rule of sg-lb admits anybody on tcp/81\n["),
        row(
                PROVEN,
                "it has two groups",
                s ->
                    s.network(rules("sg-lb"))
                        .loadBalancer(
                            found ->
                                found.withSecurityGroups(Known.of(List.of("sg-lb", "sg-targets")))))
            .saying("sg-lb\nno rule of sg-lb, sg-targets admits anybody on tcp/80"),
        row(
                UNKNOWN,
                "so, and a group's rules could not be understood",
                s ->
                    s.network(
                        rules(
                            "sg-lb",
                            new SecurityGroup.Rule(
                                "r",
                                true,
                                0,
                                true,
                                "tcp",
                                81,
                                81,
                                new SecurityGroup.PrefixList("pl")))))
            .saying("some rules of the load balancer's security groups"),
        row(
            RULED_OUT,
            "a group's rules could not be understood, and the port is open",
            s ->
                s.network(
                    rules(
                        "sg-lb",
                        admits(80, INTERNET),
                        new SecurityGroup.Rule(
                            "r",
                            true,
                            0,
                            true,
                            "tcp",
                            81,
                            81,
                            new SecurityGroup.PrefixList("pl"))))),
        row(
                RULED_OUT,
                "it has no groups",
                s -> s.loadBalancer(found -> found.withSecurityGroups(Known.of(List.of()))))
            .saying("the load balancer has no security group"),
        row(
                UNKNOWN,
                "its groups could not be read",
                s -> s.loadBalancer(found -> found.withSecurityGroups(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(
                UNKNOWN,
                "no group's rules could be read",
                s -> s.network(read -> read.withSecurityGroups(Known.unknown(UNREAD))))
            .saying("the load balancer's security groups; not read"),
        row(
            UNKNOWN,
            "its listeners could not be read",
            s -> s.wiring(wiring -> wiring.withListeners(Known.unknown(UNREAD)))),
        row(UNKNOWN, "it could not be read", s -> loadBalancerUnread(s)));
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void onlyListenersOfTcpNeedAnOpenPort(Protocol protocol) {
    row(
            protocol.carriesTcp() ? PROVEN : RULED_OUT,
            "",
            s ->
                s.listeners(
                        SituationWiring.listener(80, SituationWiring.forward("tg", 1))
                            .withProtocol(protocol))
                    .network(rules("sg-lb")))
        .holdsFor(new ClientsBlocked());
  }

  @ParameterizedTest
  @CsvSource({
    "INTERNET, false, RULED_OUT",
    "NAT, false, PROVEN",
    "PEER, false, PROVEN",
    "LOCAL, false, PROVEN",
    "OTHER, false, PROVEN",
    "APPLIANCE, false, UNKNOWN",
    "INTERNET, true, PROVEN",
    "APPLIANCE, true, PROVEN"
  })
  void loadBalancerSubnetWithoutRouteByWhereTheRouteLeads(
      Leads leads, boolean blackhole, Answer answer) {
    row(
            answer,
            "",
            s ->
                s.network(
                    routes(
                        "routes-lb", local(), new Route(INTERNET, "via", leads, blackhole, false))))
        .holdsFor(new LoadBalancerSubnetWithoutRoute());
  }

  @ParameterizedTest
  @MethodSource
  void loadBalancerSubnetWithoutRoute(SituationRow row) {
    row.holdsFor(new LoadBalancerSubnetWithoutRoute());
  }

  static List<SituationRow> loadBalancerSubnetWithoutRoute() {
    return List.of(
        row(
            NOT_APPLICABLE,
            "this provider has no route tables",
            s -> s.network(network -> network.withRouteTables(Known.none("no such thing")))),
        row(
            NOT_APPLICABLE,
            "the load balancer is in no subnet",
            s -> s.loadBalancer(found -> found.withZones(List.of()))),
        row(RULED_OUT, "each subnet has a route", s -> s)
            .saying("each subnet of the load balancer has a route to an internet gateway"),
        row(PROVEN, "there is none", s -> s.network(routes("routes-lb", local())))
            .saying("subnet-a\nsubnet-a in a has no route to the internet\nsubnet-b in b has"),
        row(
                PROVEN,
                "it leads to a NAT gateway",
                s -> s.network(routes("routes-lb", route(INTERNET, "nat-1", Leads.NAT))))
            .saying("subnet-a in a reaches the internet through nat-1, by which nobody comes in"),
        row(
                UNKNOWN,
                "it leads through a firewall",
                s -> s.network(routes("routes-lb", route(INTERNET, "vpce-1", Leads.APPLIANCE))))
            .saying("what vpce-1, between subnet-a and the internet, lets pass"),
        row(
                RULED_OUT,
                "the load balancer is internal",
                s ->
                    s.network(routes("routes-lb", local()))
                        .loadBalancer(found -> found.withInternal(true)))
            .saying("the load balancer is internal"),
        row(
                UNKNOWN,
                "routes could not be read",
                s -> s.network(read -> read.withRouteTables(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(UNKNOWN, "it could not be read", s -> loadBalancerUnread(s)));
  }

  @ParameterizedTest
  @MethodSource
  void subnetOutOfAddresses(SituationRow row) {
    row.holdsFor(new SubnetOutOfAddresses());
  }

  /// Eight are needed.
  static List<SituationRow> subnetOutOfAddresses() {
    return List.of(
        row(NOT_APPLICABLE, "this kind adds no nodes", s -> s.network(freeAddresses("subnet-a", 0)))
            .saying("this kind of load balancer adds no nodes"),
        row(
            NOT_APPLICABLE,
            "this provider has no subnets",
            s ->
                s.needingSpareAddresses(8)
                    .network(network -> network.withSubnets(Known.none("no such thing")))),
        row(
            PROVEN,
            "this kind adds one, and there is no room",
            s -> s.needingSpareAddresses(1).network(freeAddresses("subnet-a", 0))),
        row(
                RULED_OUT,
                "there are eight",
                s -> s.needingSpareAddresses(8).network(freeAddresses("subnet-a", 8)))
            .saying("each subnet of the load balancer has at least 8 free addresses"),
        row(
                PROVEN,
                "there are seven",
                s -> s.needingSpareAddresses(8).network(freeAddresses("subnet-b", 7)))
            .saying("subnet-b\nsubnet-b in b has 7 free addresses; 8 are needed to add a node\n["),
        row(
                PROVEN,
                "there are seven in both",
                s ->
                    s.needingSpareAddresses(8)
                        .network(freeAddresses("subnet-a", 7))
                        .network(freeAddresses("subnet-b", 7)))
            .saying("subnet-a\nsubnet-a in a has 7", "\nsubnet-b in b has 7"),
        row(
                PROVEN,
                "there is one",
                s -> s.needingSpareAddresses(8).network(freeAddresses("subnet-b", 1)))
            .saying("has 1 free address;"),
        row(
            RULED_OUT,
            "another subnet has none",
            s -> s.needingSpareAddresses(8).network(freeAddresses("targets-a", 0))),
        row(
                UNKNOWN,
                "subnets could not be read",
                s ->
                    s.needingSpareAddresses(8)
                        .network(read -> read.withSubnets(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(UNKNOWN, "it could not be read", s -> loadBalancerUnread(s.needingSpareAddresses(8))));
  }
}
