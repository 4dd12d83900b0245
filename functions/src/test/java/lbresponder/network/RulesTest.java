package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.SecurityGroup.Peer;
import lbresponder.facts.SecurityGroup.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The semantics of AWS's rules, one at a time, and rules nobody should have written.
class RulesTest {
  private static final Cidr NODE = cidr("10.0.1.5");

  private static Cidr cidr(String text) {
    return Objects.requireNonNull(Cidr.parse(text), text);
  }

  private static Rule rule(
      String protocol, @Nullable Integer from, @Nullable Integer to, Peer peer) {
    return new Rule("sgr-1", true, 0, true, protocol, from, to, peer);
  }

  private static Hop at8080(Rule... rules) {
    SecurityGroup group = new SecurityGroup("sg-1", "", List.of(rules));
    return Wall.of(List.of("sg-1"), true, Map.of("sg-1", group), Map.of())
        .tcp(8080, NODE, Set.of("sg-lb"));
  }

  private static SecurityGroup.Range range(String text) {
    return new SecurityGroup.Range(text);
  }

  @Test
  void aRuleThatAdmitsIsNamed() {
    assertThat(at8080(rule("tcp", 8000, 9000, range("10.0.0.0/16"))))
        .isEqualTo(new Hop.Allowed("sgr-1 of sg-1"));
  }

  @Test
  void withoutARuleNothingGetsIn() {
    assertThat(at8080())
        .isEqualTo(new Hop.Denied("no rule of sg-1 admits tcp/8080 from 10.0.1.5 (sg-lb)"));
  }

  @ParameterizedTest
  @CsvSource({"-1, true", "6, true", "tcp, true", "udp, false", "17, false", "icmp, false"})
  void theProtocolIsANameOrANumberOrAny(String protocol, boolean admits) {
    assertThat(at8080(rule(protocol, null, null, range("0.0.0.0/0"))))
        .isInstanceOf(admits ? Hop.Allowed.class : Hop.Denied.class);
  }

  @Test
  void anyProtocolHasNoPorts() {
    assertThat(at8080(rule("-1", 1, 2, range("0.0.0.0/0")))).isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void aReferenceAdmitsWhoWearsTheGroup() {
    assertThat(at8080(rule("tcp", 8080, 8080, new SecurityGroup.Group("sg-lb", null))))
        .isInstanceOf(Hop.Allowed.class);
    assertThat(at8080(rule("tcp", 8080, 8080, new SecurityGroup.Group("sg-old", null))))
        .isInstanceOf(Hop.Denied.class);
  }

  @Test
  void aStaleReferenceAdmitsNobody() {
    assertThat(at8080(rule("tcp", 8080, 8080, new SecurityGroup.Group("sg-lb", "deleted"))))
        .isInstanceOf(Hop.Denied.class);
    assertThat(at8080(rule("tcp", 8080, 8080, new SecurityGroup.Group("sg-lb", "active"))))
        .isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void ipv6RulesSayNothingOfIpv4() {
    assertThat(at8080(rule("tcp", 8080, 8080, range("::/0")))).isInstanceOf(Hop.Denied.class);
  }

  @Test
  void severalGroupsAdmitTogether() {
    Map<String, SecurityGroup> read =
        Map.of(
            "sg-1", new SecurityGroup("sg-1", "", List.of()),
            "sg-2",
                new SecurityGroup(
                    "sg-2", "", List.of(rule("tcp", 8080, 8080, range("10.0.0.0/8")))));
    assertThat(Wall.of(List.of("sg-1", "sg-2"), true, read, Map.of()).tcp(8080, NODE, Set.of()))
        .isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void aGroupThatWasNotReadIsUnknownUnlessAnotherAdmits() {
    SecurityGroup open =
        new SecurityGroup("sg-2", "", List.of(rule("tcp", 8080, 8080, range("10.0.0.0/8"))));
    assertThat(Wall.of(List.of("sg-1"), true, Map.of(), Map.of()).tcp(8080, NODE, Set.of()))
        .isEqualTo(new Hop.Unknown("the rules of sg-1 were not read"));
    assertThat(
            Wall.of(List.of("sg-1", "sg-2"), true, Map.of("sg-2", open), Map.of())
                .tcp(8080, NODE, Set.of()))
        .isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void anUnreadablePrefixListIsUnknown() {
    Map<String, PrefixList> lists =
        Map.of("pl-1", new PrefixList("pl-1", "", Known.unknown("AccessDenied")));
    SecurityGroup group =
        new SecurityGroup(
            "sg-1", "", List.of(rule("tcp", 8080, 8080, new SecurityGroup.PrefixList("pl-1"))));
    assertThat(
            Wall.of(List.of("sg-1"), true, Map.of("sg-1", group), lists).tcp(8080, NODE, Set.of()))
        .isEqualTo(
            new Hop.Unknown("the entries of pl-1, which sgr-1 of sg-1 names, were not read"));
  }

  @Test
  void partOfTheSubnetIsNotAllOfIt() {
    SecurityGroup group =
        new SecurityGroup("sg-1", "", List.of(rule("tcp", 8080, 8080, range("10.0.1.5/32"))));
    Wall wall = Wall.of(List.of("sg-1"), true, Map.of("sg-1", group), Map.of());
    assertThat(wall.tcp(8080, NODE, Set.of())).isInstanceOf(Hop.Allowed.class);
    assertThat(wall.tcp(8080, cidr("10.0.1.0/24"), Set.of())).isInstanceOf(Hop.Partial.class);
  }

  /// Neither an exception nor an admission.
  @ParameterizedTest
  @ValueSource(
      strings = {"", "10.0.0.0", "10.0.0.0/33", "300.0.0.0/8", "::/129", "x/8", "1::2::3/8"})
  void aRangeThatIsNoneAdmitsNobody(String text) {
    Hop hop = at8080(rule("tcp", 8080, 8080, range(text)));
    if (Cidr.parse(text) == null) {
      assertThat(hop).isInstanceOf(Hop.Unknown.class);
      assertThat(((Hop.Unknown) hop).why()).contains("sgr-1");
    } else {
      assertThat(hop).isInstanceOf(Hop.Denied.class);
    }
  }

  @Test
  void whatIsNotUnderstoodIsUnknown() {
    assertThat(at8080(rule("quic", 8080, 8080, range("0.0.0.0/0"))))
        .isEqualTo(
            new Hop.Unknown("sgr-1 of sg-1 has the protocol `quic`, which is not understood"));
    assertThat(at8080(rule("tcp", 9000, 8000, range("0.0.0.0/0")))).isInstanceOf(Hop.Denied.class);
  }

  @Test
  void aThousandRules() {
    List<Rule> rules = new ArrayList<>();
    IntStream.range(0, 999)
        .forEach(
            i -> rules.add(rule("tcp", 8080, 8080, range("192.0.2.%d/32".formatted(i % 256)))));
    rules.add(rule("tcp", 8080, 8080, range("10.0.1.5/32")));
    assertThat(at8080(rules.toArray(Rule[]::new))).isInstanceOf(Hop.Allowed.class);
  }

  // --- network ACLs

  private static Entry entry(int number, boolean allow, String protocol, int from, int to) {
    return new Entry(number, false, allow, protocol, "0.0.0.0/0", from, to);
  }

  private static Hop through(int from, int to, Entry... entries) {
    return Gate.of(new NetworkAcl("acl-1", List.of(), List.of(entries)), false).tcp(from, to, NODE);
  }

  @Test
  void theLowestNumberThatMatchesDecidesWhateverTheListsOrder() {
    assertThat(
            through(8080, 8080, entry(200, true, "6", 1, 65535), entry(50, false, "6", 8080, 8080)))
        .isEqualTo(new Hop.Denied("rule 50 of acl-1 denies tcp/8080 from 10.0.1.5"));
    assertThat(
            through(8080, 8080, entry(200, false, "6", 8080, 8080), entry(50, true, "6", 1, 65535)))
        .isEqualTo(new Hop.Allowed("rule 50 of acl-1"));
  }

  @Test
  void whatNoEntryMatchesIsDenied() {
    assertThat(through(8080, 8080))
        .isEqualTo(new Hop.Denied("rule * of acl-1 denies tcp/8080 from 10.0.1.5"));
  }

  @Test
  void portsOfAnEntryForEverythingAreNotLookedAt() {
    assertThat(through(8080, 8080, entry(100, true, "-1", 1, 2))).isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void aPartOfThePortsIsTold() {
    assertThat(through(1024, 65535, entry(100, true, "6", 32768, 65535)))
        .isEqualTo(new Hop.Partial("rule * of acl-1", "tcp/32768-65535 of 1024-65535"));
    assertThat(
            through(
                1024,
                65535,
                entry(100, true, "6", 1024, 40000),
                entry(110, true, "6", 40001, 65535)))
        .isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void anEntryNobodyUnderstandsIsUnknownIfItIsReached() {
    Entry broken = new Entry(50, false, true, "6", "10.0.0.0/99", 1, 65535);
    assertThat(through(8080, 8080, broken))
        .isEqualTo(new Hop.Unknown("rule 50 of acl-1 names `10.0.0.0/99`, which is no range"));
    assertThat(through(8080, 8080, entry(10, true, "6", 8080, 8080), broken))
        .isInstanceOf(Hop.Allowed.class);
  }

  // --- routes

  private static Hop to(String address, Route... routes) {
    return Signpost.to(
        cidr(address),
        new RouteTable("rtb-1", "vpc-1", true, List.of(), List.of(routes)),
        Map.of());
  }

  private static Route route(String destination, String via, String state) {
    return new Route(destination, via, state, false);
  }

  @Test
  void theMostSpecificRouteDecides() {
    Route local = route("10.0.0.0/16", "local", "active");
    assertThat(to("10.0.2.7", local)).isEqualTo(new Hop.Allowed("local"));
    assertThat(to("10.0.2.7", local, route("10.0.2.0/24", "pcx-1", "blackhole")))
        .isEqualTo(new Hop.Denied("10.0.2.0/24 of rtb-1 is a blackhole"));
    assertThat(to("10.0.2.7", local, route("10.0.2.0/24", "vpce-1", "active")))
        .isInstanceOf(Hop.Unknown.class);
    assertThat(to("10.9.0.1", local)).isEqualTo(new Hop.Denied("rtb-1 has no route to 10.9.0.1"));
  }

  @Test
  void anUnreadPrefixListMayHoldABetterRoute() {
    assertThat(
            to(
                "10.0.2.7",
                route("10.0.0.0/16", "local", "active"),
                route("pl-1", "tgw-1", "active")))
        .isInstanceOf(Hop.Unknown.class);
  }
}
