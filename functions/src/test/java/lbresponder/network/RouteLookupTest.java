package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
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
