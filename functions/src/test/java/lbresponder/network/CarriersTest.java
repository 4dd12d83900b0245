package lbresponder.network;

import static lbresponder.network.NetworkFacts.carrier;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.ofAddresses;
import static lbresponder.network.NetworkFacts.open;
import static lbresponder.network.NetworkFacts.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Peering;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Several networks: `net-1` is the load balancer's and has 10.0.0.0/16, `net-2` has 10.9.0.0/16
/// and a copy of `net-1`'s ranges.
class CarriersTest {
  private static final Route BACK = new Route("10.0.1.0/24", "px-2", Leads.PEER, false, false);

  private static NetworkInterface in(String network, String id, String subnet, String address) {
    NetworkInterface plain = carrier(id, false, subnet, address);
    return new NetworkInterface(
        plain.id(),
        "",
        false,
        null,
        false,
        subnet,
        network,
        plain.addresses(),
        List.of(),
        List.of("sg-" + network));
  }

  private static Facts routed(Facts facts, String table, Route... more) {
    return network(
        facts,
        read ->
            read.withRouteTables(
                read.routeTables()
                    .map(
                        all ->
                            all.stream()
                                .map(one -> one.id().equals(table) ? with(one, more) : one)
                                .toList())));
  }

  private static RouteTable with(RouteTable table, Route... more) {
    List<Route> routes = new ArrayList<>(table.routes());
    routes.addAll(List.of(more));
    return new RouteTable(table.id(), table.network(), table.main(), table.subnets(), routes);
  }

  private static Route peer(String via) {
    return new Route("10.9.0.0/16", via, Leads.PEER, false, false);
  }

  private static Facts several(NetworkInterface... more) {
    return network(
        open(),
        read ->
            read.withInterfaces(
                    read.interfaces()
                        .map(
                            own -> {
                              List<NetworkInterface> all = new ArrayList<>(List.of(more));
                              all.addAll(own);
                              return all;
                            }))
                .withSubnets(
                    read.subnets()
                        .map(
                            own -> {
                              List<Subnet> all = new ArrayList<>();
                              all.add(
                                  new Subnet("far", "a", "net-2", "", List.of("10.9.1.0/24"), 100));
                              all.add(
                                  new Subnet(
                                      "copy", "a", "net-2", "", List.of("10.0.2.0/24"), 100));
                              all.addAll(own);
                              return all;
                            }))
                .withRouteTables(
                    read.routeTables()
                        .map(
                            own -> {
                              List<RouteTable> all = new ArrayList<>(own);
                              all.add(
                                  new RouteTable("table-2", "net-2", true, List.of(), List.of()));
                              return all;
                            }))
                .withNetworkAcls(
                    read.networkAcls()
                        .map(
                            own -> {
                              List<NetworkAcl> all = new ArrayList<>(own);
                              all.add(
                                  new NetworkAcl(
                                      "acl-2", List.of("far", "copy"), own.getFirst().entries()));
                              return all;
                            }))
                .withPeerings(
                    Known.of(
                        List.of(
                            new Peering("px-2", Known.of(List.of("net-2", "net-1"))),
                            new Peering("px-3", Known.of(List.of("net-1", "net-3"))),
                            new Peering("px-4", Known.unknown("refused"))))));
  }

  private static Carriers.Place find(Facts facts, String address) {
    return new Paths(facts).carriers().find(Objects.requireNonNull(Cidr.parse(address)));
  }

  /// Whatever is read first.
  @ParameterizedTest
  @CsvSource({"10.0.2.34, eni-own", "2001:db8:0:2:0:0:0:34, eni-own6"})
  void anAddressInTheLoadBalancersRangesIsItsOwnNetworks(String address, String id) {
    Facts facts =
        several(
            in("net-2", "eni-stranger", "copy", "10.0.2.34"),
            in("net-2", "eni-stranger6", "copy", "2001:db8:0:2::34"),
            in("net-1", "eni-own", "subnet-target", "10.0.2.34"),
            in("net-1", "eni-own6", "subnet-target", "2001:db8:0:2::34"));
    assertThat(Objects.requireNonNull(find(facts, address).carrier()).id()).isEqualTo(id);
  }

  @Test
  void whatOnlyAStrangerCarriesIsCarriedByNothingHere() {
    Facts facts = several(in("net-2", "eni-stranger", "copy", "10.0.2.34"));
    assertThat(find(facts, "10.0.2.34").carrier()).isNull();
    assertThat(Objects.requireNonNull(find(facts, "10.0.2.34").subnet()).id())
        .isEqualTo("subnet-target");
    assertThat(find(facts, "10.0.99.1")).isEqualTo(new Carriers.Place("net-1", null, null));
    List<Path> paths = new Paths(facts).to(ofAddresses(), target("10.0.2.34"), 8080);
    assertThat(paths.getFirst().blockers()).isEmpty();
    assertThat(paths.getFirst().line("")).doesNotContain("sg-net-2");
  }

  @Test
  void olderRecordingsTellTheNetworkByTheSubnetOnly() {
    NetworkInterface old = carrier("eni-old", false, "copy", "10.0.2.34");
    NetworkInterface lost = carrier("eni-lost", false, "subnet-unread", "10.0.2.34");
    assertThat(find(several(old, lost), "10.0.2.34").carrier()).isNull();
    assertThat(
            find(
                    several(old, lost, carrier("eni", false, "subnet-target", "10.0.2.34")),
                    "10.0.2.34")
                .carrier())
        .extracting(NetworkInterface::id)
        .isEqualTo("eni");
  }

  @ParameterizedTest
  @CsvSource({
    "px-2, net-2", // to the network that carries it
    "px-3, net-3", // to another, whatever carries the address elsewhere
    "px-4,", // which could not be read
    "tgw-1,", // nobody knows where to
  })
  void beyondItIsWhereTheRouteLeads(String via, String network) {
    Facts facts = routed(several(in("net-2", "eni-far", "far", "10.9.1.7")), "table-1", peer(via));
    Carriers.Place place = find(facts, "10.9.1.7");
    assertThat(place.network()).isEqualTo(network);
    assertThat(place.carrier() != null).isEqualTo("net-2".equals(network));
  }

  @Test
  void withoutARouteNobodyIsThere() {
    Facts facts = several(in("net-2", "eni-far", "far", "10.9.1.7"));
    assertThat(find(facts, "10.9.1.7")).isEqualTo(new Carriers.Place(null, null, null));
    assertThat(find(facts, "8.8.8.8").network()).isNull();
  }

  private static Path far(Facts facts) {
    return new Paths(facts).to(ofAddresses(), target("10.9.1.7"), 8080).getFirst();
  }

  private static Facts peered(Route... back) {
    Facts facts =
        network(
            several(in("net-2", "eni-far", "far", "10.9.1.7")),
            read ->
                read.withSecurityGroups(
                    read.securityGroups()
                        .map(
                            own -> {
                              List<SecurityGroup> all = new ArrayList<>(own);
                              all.add(
                                  new SecurityGroup(
                                      "sg-net-2",
                                      "",
                                      List.of(
                                          NetworkFacts.rule(
                                              true, new SecurityGroup.Group("sg-lb", "active")))));
                              return all;
                            })));
    return routed(routed(facts, "table-1", peer("px-2")), "table-2", back);
  }

  @Test
  void bothSidesOfAPeeringAreJudged() {
    assertThat(far(peered(BACK)).steps())
        .allSatisfy(step -> assertThat(step.hop()).isInstanceOf(Hop.Allowed.class));
    assertThat(far(peered()).blockers())
        .extracting(step -> step.control().description() + " " + step.hop())
        .containsExactly("answer: route Denied[by=table-2 has no route to 10.0.1.5]");
    Route astray = new Route("10.0.1.0/24", "px-3", Leads.PEER, false, false);
    assertThat(far(peered(astray)).blockers()).isEmpty();
  }

  @Test
  void anAnswerThatTakesAnotherPeeringArrivesNowhere() {
    Route astray = new Route("10.0.1.0/24", "px-5", Leads.PEER, false, false);
    Facts facts =
        network(
            peered(astray),
            read ->
                read.withPeerings(
                    read.peerings()
                        .map(
                            own -> {
                              List<Peering> all = new ArrayList<>(own);
                              all.add(new Peering("px-5", Known.of(List.of("net-2", "net-9"))));
                              return all;
                            })));
    assertThat(far(facts).blockers())
        .extracting(step -> step.hop().toString())
        .containsExactly(
            "Denied[by=10.0.1.0/24 goes through px-5, which leads to net-9 and not to net-1]");
  }
}
