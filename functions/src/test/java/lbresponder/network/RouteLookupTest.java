package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lbresponder.facts.Known;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteLookupTest {
  private static Cidr cidr(String text) {
    return Objects.requireNonNull(Cidr.parse(text), text);
  }

  private static Hop to(String address, Route... routes) {
    return RouteLookup.of(
            new RouteTable("rtb-1", "vpc-1", true, List.of(), List.of(routes)), Map.of())
        .to(cidr(address));
  }

  private static Route route(String destination, String via, Leads leads) {
    return new Route(destination, via, leads, false, false);
  }

  private static final Route LOCAL = route("10.0.0.0/16", "local", Leads.LOCAL);

  @Test
  void theMostSpecificRouteDecides() {
    assertThat(to("10.0.2.7", LOCAL)).isEqualTo(new Hop.Allowed("local"));
    assertThat(to("10.0.2.7", LOCAL, new Route("10.0.2.0/24", "pcx-1", Leads.PEER, true, false)))
        .isEqualTo(new Hop.Denied("10.0.2.0/24 of rtb-1 is a blackhole"));
    assertThat(to("10.0.2.7", LOCAL, route("10.0.2.0/24", "vpce-1", Leads.APPLIANCE)))
        .isEqualTo(
            new Hop.Unknown(
                "10.0.2.0/24 of rtb-1 goes through vpce-1, beyond which nothing was read"));
    assertThat(to("10.9.0.1", LOCAL)).isEqualTo(new Hop.Denied("rtb-1 has no route to 10.9.0.1"));
  }

  /// Two routes to the same range: the one that is taken, whichever is listed first.
  @ParameterizedTest
  @CsvSource({
    "10.0.2.0/24, false, 10.0.2.0/24, true, made",
    "10.0.2.0/24, true, 10.0.2.0/25, true, other",
    "10.0.2.0/24, false, 10.0.2.0/25, true, other",
    "10.0.2.0/24, false, 10.0.0.0/16, false, made",
    "10.0.2.0/24, true, pl-1, false, made",
    "10.0.3.0/24, false, pl-1, false, other",
    "10.0.2.0/23, false, pl-1, true, other"
  })
  void theRouteThatIsTaken(
      String range, boolean propagated, String other, boolean otherPropagated, String taken) {
    Route one = new Route(range, "made", Leads.PEER, false, propagated);
    Route two = new Route(other, "other", Leads.PEER, false, otherPropagated);
    for (List<Route> routes : List.of(List.of(one, two), List.of(two, one))) {
      assertThat(lookup(routes, "no range", "10.0.2.0/24").chosen(cidr("10.0.2.7")))
          .isEqualTo(Known.of(Optional.of(taken.equals("made") ? one : two)));
    }
  }

  @Test
  void ofEqualRoutesTheFirstIsTaken() {
    for (boolean propagated : List.of(false, true)) {
      Route one = new Route("10.0.2.0/24", "one", Leads.PEER, false, propagated);
      Route two = new Route("10.0.2.0/24", "two", Leads.PEER, false, propagated);
      assertThat(lookup(List.of(one, two)).chosen(cidr("10.0.2.7")))
          .isEqualTo(Known.of(Optional.of(one)));
    }
    assertThat(lookup(List.of()).id()).isEqualTo("rtb-1");
  }

  private static RouteLookup lookup(List<Route> routes, String... list) {
    return RouteLookup.of(
        new RouteTable("rtb-1", "vpc-1", true, List.of(), routes),
        Map.of("pl-1", new PrefixList("pl-1", "", Known.of(List.of(list)))));
  }

  @Test
  void theFirstListThatWasNotReadIsNamed() {
    PrefixList refused = new PrefixList("pl-2", "", Known.unknown("refused"));
    List<Route> routes =
        List.of(route("pl-2", "tgw-1", Leads.PEER), route("pl-3", "tgw-1", Leads.PEER));
    assertThat(
            RouteLookup.of(
                    new RouteTable("rtb-1", "vpc-1", true, List.of(), routes),
                    Map.of("pl-2", refused))
                .to(cidr("10.0.2.7")))
        .isEqualTo(
            new Hop.Unknown("the entries of pl-2, to which rtb-1 has a route, were not read"));
  }

  /// A subnet's own table goes before its network's main one; another network's is none of it.
  @Test
  void theTableOfASubnet() {
    NetworkFilters filters =
        new NetworkFilters(
            NetworkFacts.network(
                    NetworkFacts.open(),
                    read ->
                        read.withRouteTables(
                            Known.of(
                                List.of(
                                    new RouteTable("side", "net-1", false, List.of(), List.of()),
                                    new RouteTable("main", "net-1", true, List.of(), List.of()),
                                    new RouteTable("alien", "net-2", true, List.of(), List.of()),
                                    new RouteTable(
                                        "own", "net-1", false, List.of("subnet-lb"), List.of())))))
                .network());
    assertThat(filters.routes("subnet-lb").map(RouteLookup::id)).isEqualTo(Known.of("own"));
    assertThat(filters.routes("subnet-target").map(RouteLookup::id)).isEqualTo(Known.of("main"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.9.0.1, true",
    "172.31.0.1, true",
    "192.168.7.7, true",
    "100.127.0.1, true",
    "fd00::1, true",
    "172.32.0.1, false", // a public address may be one of the network's own elsewhere
    "2001:db8::1, false",
  })
  void theInternetDeliversToNoPrivateAddress(String address, boolean denied) {
    Hop hop =
        to(
            address,
            route("0.0.0.0/0", "igw", Leads.INTERNET),
            route("::/0", "igw", Leads.INTERNET));
    assertThat(hop).isInstanceOf(denied ? Hop.Denied.class : Hop.Unknown.class);
    assertThat(to(address, route("0.0.0.0/0", "nat", Leads.NAT), route("::/0", "nat", Leads.NAT)))
        .isInstanceOf(Hop.Unknown.class);
  }

  @Test
  void anUnreadPrefixListMayHoldABetterRoute() {
    assertThat(to("10.0.2.7", LOCAL, route("pl-1", "tgw-1", Leads.PEER)))
        .isEqualTo(
            new Hop.Unknown("the entries of pl-1, to which rtb-1 has a route, were not read"));
  }
}
