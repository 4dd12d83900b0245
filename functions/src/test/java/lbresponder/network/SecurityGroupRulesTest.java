package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import lbresponder.facts.Known;
import lbresponder.facts.PrefixList;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.SecurityGroup.Peer;
import lbresponder.facts.SecurityGroup.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The semantics of rules, one at a time, and rules nobody should have written.
class SecurityGroupRulesTest {
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
    return SecurityGroupRules.of(List.of("sg-1"), true, Map.of("sg-1", group), Map.of())
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
  void aReferenceAdmitsWhoHasTheGroup() {
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
    assertThat(
            SecurityGroupRules.of(List.of("sg-1", "sg-2"), true, read, Map.of())
                .tcp(8080, NODE, Set.of()))
        .isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void aGroupThatWasNotReadIsUnknownUnlessAnotherAdmits() {
    SecurityGroup open =
        new SecurityGroup("sg-2", "", List.of(rule("tcp", 8080, 8080, range("10.0.0.0/8"))));
    assertThat(
            SecurityGroupRules.of(List.of("sg-1"), true, Map.of(), Map.of())
                .tcp(8080, NODE, Set.of()))
        .isEqualTo(new Hop.Unknown("the rules of sg-1 were not read"));
    assertThat(
            SecurityGroupRules.of(List.of("sg-1", "sg-2"), true, Map.of("sg-2", open), Map.of())
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
            SecurityGroupRules.of(List.of("sg-1"), true, Map.of("sg-1", group), lists)
                .tcp(8080, NODE, Set.of()))
        .isEqualTo(
            new Hop.Unknown("the entries of pl-1, which sgr-1 of sg-1 names, were not read"));
    Rule unread = rule("tcp", 8080, 8080, new SecurityGroup.PrefixList("pl-1"));
    assertThat(at8080(unread, rule("tcp", 8080, 8080, range("0.0.0.0/0"))))
        .isInstanceOf(Hop.Allowed.class);
  }

  @Test
  void partOfTheSubnetIsNotAllOfIt() {
    SecurityGroup group =
        new SecurityGroup("sg-1", "", List.of(rule("tcp", 8080, 8080, range("10.0.1.5/32"))));
    SecurityGroupRules rules =
        SecurityGroupRules.of(List.of("sg-1"), true, Map.of("sg-1", group), Map.of());
    assertThat(rules.tcp(8080, NODE, Set.of())).isInstanceOf(Hop.Allowed.class);
    assertThat(rules.tcp(8080, cidr("10.0.1.0/24"), Set.of())).isInstanceOf(Hop.Partial.class);
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

  private static Rule deny(int priority, Peer peer) {
    return new Rule("sgr-deny", true, priority, false, "tcp", 8080, 8080, peer);
  }

  @Test
  void aDenyRuleGoesBeforeAnAllowOfTheSamePriority() {
    assertThat(at8080(rule("tcp", 8080, 8080, range("0.0.0.0/0")), deny(0, range("10.0.1.0/24"))))
        .isEqualTo(new Hop.Denied("sgr-deny of sg-1 denies it"));
    assertThat(at8080(rule("tcp", 8080, 8080, range("0.0.0.0/0")), deny(1, range("10.0.1.0/24"))))
        .isEqualTo(new Hop.Allowed("sgr-1 of sg-1"));
  }

  @Test
  void aDenyRuleThatMayMatchLeavesNothingCertain() {
    assertThat(
            at8080(
                rule("tcp", 8080, 8080, range("0.0.0.0/0")),
                deny(0, new SecurityGroup.PrefixList("pl-1"))))
        .isEqualTo(
            new Hop.Unknown("the entries of pl-1, which sgr-deny of sg-1 names, were not read"));
  }

  @Test
  void aDenyRuleForAPartOfTheSubnetAdmitsTheRest() {
    SecurityGroup group =
        new SecurityGroup(
            "sg-1",
            "",
            List.of(rule("tcp", 8080, 8080, range("0.0.0.0/0")), deny(0, range("10.0.1.128/25"))));
    assertThat(
            SecurityGroupRules.of(List.of("sg-1"), true, Map.of("sg-1", group), Map.of())
                .tcp(8080, cidr("10.0.1.0/24"), Set.of()))
        .isEqualTo(new Hop.Partial("sgr-deny of sg-1", "only a part of 10.0.1.0/24"));
  }

  @Test
  void groupsThatAreNotKnownMayBeAdmitted() {
    SecurityGroup group =
        new SecurityGroup(
            "sg-1", "", List.of(rule("tcp", 8080, 8080, new SecurityGroup.Group("sg-lb", null))));
    assertThat(
            SecurityGroupRules.of(List.of("sg-1"), true, Map.of("sg-1", group), Map.of())
                .tcp(8080, NODE, null))
        .isEqualTo(new Hop.Unknown("which groups the other side has was not read"));
  }

  private static SecurityGroupRules rules(boolean ingress, Rule... rules) {
    SecurityGroup group = new SecurityGroup("sg-1", "", List.of(rules));
    return SecurityGroupRules.of(List.of("sg-1"), ingress, Map.of("sg-1", group), Map.of());
  }

  @Test
  void whatNoRuleLetsPassIsSaidInItsDirection() {
    assertThat(rules(false, rule("tcp", 8080, 8080, range("0.0.0.0/0"))).tcp(8080, NODE, null))
        .isEqualTo(new Hop.Denied("no rule of sg-1 lets out tcp/8080 to 10.0.1.5"));
    assertThat(rules(true).tcp(8080, NODE, Set.of()))
        .isEqualTo(new Hop.Denied("no rule of sg-1 admits tcp/8080 from 10.0.1.5"));
    assertThat(rules(true).ids()).isEqualTo("sg-1");
  }

  @ParameterizedTest
  @CsvSource({
    "8080, 8080, true",
    "8080, , true",
    ", 8080, true",
    "8081, , false",
    ", 8079, false",
    "8081, 9000, false",
    "1, 8079, false"
  })
  void aRuleConcernsItsPorts(@Nullable Integer from, @Nullable Integer to, boolean concerns) {
    SecurityGroupRules rules = rules(true, rule("tcp", from, to, range("10.0.0.0/16")));
    assertThat(rules.tcp(8080, NODE, Set.of()))
        .isInstanceOf(concerns ? Hop.Allowed.class : Hop.Denied.class);
    assertThat(rules.admitsAnybody(8080)).isEqualTo(concerns);
    assertThat(rules.named(8080))
        .isEqualTo(concerns ? List.of(cidr("10.0.0.0/16")) : List.<Cidr>of());
    assertThat(rules.isWhole()).isTrue();
  }

  @Test
  void whoIsDeniedOrComesByAGroupHasNoNamedAddress() {
    assertThat(rules(true, deny(0, range("10.0.1.0/24"))).admitsAnybody(8080)).isFalse();
    assertThat(rules(true, deny(0, range("10.0.1.0/24"))).named(8080)).isEmpty();
    SecurityGroupRules byGroup =
        rules(true, rule("tcp", 8080, 8080, new SecurityGroup.Group("sg-lb", null)));
    assertThat(byGroup.admitsAnybody(8080)).isTrue();
    assertThat(byGroup.named(8080)).isEmpty();
  }

  @Test
  void rulesAreWholeWhereEachWasReadAndUnderstood() {
    assertThat(rules(true).isWhole()).isTrue();
    assertThat(rules(true, rule("tcp", 9000, 8000, range("0.0.0.0/0"))).isWhole()).isFalse();
    assertThat(rules(true, rule("tcp", 8080, 8080, range("nowhere"))).isWhole()).isFalse();
    assertThat(SecurityGroupRules.of(List.of("sg-1"), true, Map.of(), Map.of()).isWhole())
        .isFalse();
  }

  @Test
  void aRuleWithoutAnIdIsOneOfItsGroup() {
    Rule nameless = new Rule("", true, 0, true, "tcp", 8080, 8080, range("10.0.0.0/8"));
    assertThat(at8080(nameless)).isEqualTo(new Hop.Allowed("a rule of sg-1"));
  }

  @Test
  void otherProtocolsPortsAreNotTcps() {
    assertThat(at8080(rule("udp", 8080, 8080, range("0.0.0.0/0")))).isInstanceOf(Hop.Denied.class);
    assertThat(rules(true, rule("udp", 0, 65535, range("0.0.0.0/0"))).tcp(0, NODE, Set.of()))
        .isInstanceOf(Hop.Denied.class);
  }

  @Test
  void aPartThatIsDeniedByOneAndAdmittedByNoneIsDenied() {
    assertThat(rules(true, deny(0, range("10.0.1.128/25"))).tcp(8080, cidr("10.0.1.0/24"), null))
        .isEqualTo(new Hop.Denied("no rule of sg-1 admits tcp/8080 from 10.0.1.0/24"));
    Rule part = rule("tcp", 8080, 8080, range("10.0.1.0/25"));
    assertThat(rules(true, part, deny(1, range("0.0.0.0/0"))).tcp(8080, cidr("10.0.1.0/24"), null))
        .isEqualTo(new Hop.Partial("sgr-1 of sg-1", "only a part of 10.0.1.0/24"));
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
}
