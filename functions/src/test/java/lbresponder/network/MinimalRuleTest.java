package lbresponder.network;

import static lbresponder.network.NetworkFacts.acl;
import static lbresponder.network.NetworkFacts.entry;
import static lbresponder.network.NetworkFacts.loadBalancer;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.ofAddresses;
import static lbresponder.network.NetworkFacts.open;
import static lbresponder.network.NetworkFacts.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Kind;
import lbresponder.network.Path.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MinimalRuleTest {
  private static final List<SecurityGroup> WITHOUT_RULES =
      List.of(
          new SecurityGroup("sg-lb", "", List.of()), new SecurityGroup("sg-target", "", List.of()));

  /// Which outcome a step had does not matter to its repair.
  private static final Hop OPEN = new Hop.Unknown("");

  private static Path blocked(Facts facts) {
    return NetworkFacts.paths(facts).getFirst();
  }

  private static Step blocker(Path path, String control) {
    return path.blockers().stream()
        .filter(step -> step.control().description().equals(control))
        .findFirst()
        .orElseThrow();
  }

  private static Facts groups(List<SecurityGroup> groups) {
    return network(open(), read -> read.withSecurityGroups(Known.of(groups)));
  }

  private static Facts entries(NetworkAcl.Entry... entries) {
    return network(open(), read -> read.withNetworkAcls(Known.of(List.of(acl(entries)))));
  }

  private static List<Repair> throughAcl(Facts facts, String control) {
    Path path = blocked(facts);
    return MinimalRule.throughAcl(facts, path, blocker(path, control));
  }

  @Test
  void byTheLoadBalancersGroupWhereItHasOne() {
    Facts facts = groups(WITHOUT_RULES);
    Path path = blocked(facts);
    assertThat(MinimalRule.intoTarget(facts, path, blocker(path, "target's groups in")))
        .containsExactly(
            new Repair.Admit("sg-target", true, new SecurityGroup.Group("sg-lb", null), 8080));
    assertThat(
            MinimalRule.outOfLoadBalancer(facts, path, blocker(path, "load balancer's groups out")))
        .containsExactly(
            new Repair.Admit("sg-lb", false, new SecurityGroup.Group("sg-target", null), 8080));
  }

  @Test
  void elseByTheRangeOfItsSubnetOfTheSameFamily() {
    Facts facts =
        loadBalancer(
            network(
                groups(WITHOUT_RULES),
                read ->
                    read.withInterfaces(
                        Known.of(
                            List.of(
                                NetworkFacts.carrier(
                                    "eni-lb", true, "subnet-lb", "10.0.1.5", "2001:db8:0:1::5"),
                                NetworkFacts.carrier(
                                    "eni-1", false, "subnet-target", "2001:db8:0:2::7"))))),
            changed -> changed.withSecurityGroups(Known.of(List.of())));
    Path path = blocked(facts);
    assertThat(MinimalRule.intoTarget(facts, path, blocker(path, "target's groups in")))
        .containsExactly(
            new Repair.Admit("sg-target", true, new SecurityGroup.Range("10.0.1.0/24"), 8080));
    Path ipv6 = new Paths(facts).to(ofAddresses(), target("2001:db8:0:2::7"), 8080).getFirst();
    assertThat(MinimalRule.intoTarget(facts, ipv6, blocker(ipv6, "target's groups in")))
        .containsExactly(
            new Repair.Admit(
                "sg-target", true, new SecurityGroup.Range("2001:db8:0:1::/64"), 8080));
  }

  @Test
  void anEntryGoesBeforeTheOneThatDenies() {
    assertThat(
            throughAcl(
                entries(entry(100, false, true), entry(100, true, false), entry(99, true, false)),
                "load balancer's subnet's ACL out"))
        .containsExactly(new Repair.AllowEntry("acl-1", 98, true, "10.0.2.0/24", 8080, 8080));
  }

  @Test
  void anEntryGoesAfterAllOthersWhereOnlyTheLastDenies() {
    assertThat(
            throughAcl(
                entries(entry(100, false, true), entry(null, true, false)),
                "answer: target's subnet's ACL out"))
        .containsExactly(new Repair.AllowEntry("acl-1", 100, true, "10.0.1.0/24", 1024, 65535));
    assertThat(
            throughAcl(
                entries(
                    new NetworkAcl.Entry(200, false, true, "17", "0.0.0.0/0", null, null),
                    entry(null, false, false),
                    entry(100, true, true)),
                "target's subnet's ACL in"))
        .containsExactly(new Repair.AllowEntry("acl-1", 210, false, "10.0.1.0/24", 8080, 8080));
  }

  /// An entry for everybody that denies has the number 100; one other stands beside it.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # number | out   | allow | protocol | range        | from | to   | where the repair goes
          40       | true  | false | 6        | 0.0.0.0/0    | 8080 | 8080 | 39
          40       | true  | false | 6        | 0.0.0.0/0    | 8000 | 8080 | 39
          40       | true  | false | 6        | 0.0.0.0/0    | 8080 | 9000 | 39
          40       | true  | false | 6        | 0.0.0.0/0    |      |      | 39
          40       | true  | false | 6        | 0.0.0.0/0    | 1    | 8079 | 99
          40       | true  | false | 6        | 0.0.0.0/0    |      | 8079 | 99
          40       | true  | false | 6        | 0.0.0.0/0    | 8081 | 9000 | 99
          40       | true  | false | 6        | 0.0.0.0/0    | 8081 |      | 99
          40       | true  | false | -1       | 10.0.2.7/32  |      |      | 39
          40       | true  | false | 17       | 0.0.0.0/0    | 8080 | 8080 | 99
          40       | true  | false | 6        | 192.0.2.0/24 | 8080 | 8080 | 99
          40       | true  | false | 6        | no range     | 8080 | 8080 | 99
          40       | false | false | 6        | 0.0.0.0/0    | 8080 | 8080 | 99
          40       | true  | true  | 6        | 10.0.2.0/25  | 8080 | 8080 | 99
          99       | true  | true  | 17       | 0.0.0.0/0    | 53   | 53   | 98
          99       | false | true  | 6        | 0.0.0.0/0    | 8080 | 8080 | 99
          """)
  void beforeTheFirstThatDeniesAnyOfIt(
      int number,
      boolean out,
      boolean allow,
      String protocol,
      String range,
      @Nullable Integer from,
      @Nullable Integer to,
      int goes) {
    Facts facts =
        entries(
            new NetworkAcl.Entry(number, out, allow, protocol, range, from, to),
            entry(100, true, false));
    Path path = blocked(open());
    Step step = new Step(new Control(Kind.NETWORK_ACL, End.LOAD_BALANCER, false), "acl-1", OPEN);
    assertThat(MinimalRule.throughAcl(facts, path, step))
        .containsExactly(new Repair.AllowEntry("acl-1", goes, true, "10.0.2.0/24", 8080, 8080));
  }

  @Test
  void theAclThatDeniesIsRepairedAndNoOther() {
    NetworkAcl other = new NetworkAcl("acl-0", List.of("subnet-other"), List.of());
    Facts facts =
        network(
            entries(entry(100, false, true)),
            read -> read.withNetworkAcls(Known.of(List.of(other, acl(entry(100, false, true))))));
    assertThat(throughAcl(facts, "load balancer's subnet's ACL out"))
        .containsExactly(new Repair.AllowEntry("acl-1", 100, true, "10.0.2.0/24", 8080, 8080));
  }

  @Test
  void withoutSubnetsATargetIsAdmittedAloneAndANodeNotAtAll() {
    Facts facts =
        network(
            entries(entry(100, false, false), entry(100, true, false)),
            read -> read.withSubnets(Known.of(List.of())));
    assertThat(throughAcl(facts, "load balancer's subnet's ACL out"))
        .containsExactly(new Repair.AllowEntry("acl-1", 99, true, "10.0.2.7/32", 8080, 8080));
    assertThat(throughAcl(facts, "target's subnet's ACL in")).isEmpty();
  }

  @Test
  void theFirstOfSeveralGroupsAndNothingWhereNoneIsKnown() {
    Path path = blocked(groups(WITHOUT_RULES));
    Control in = new Control(Kind.SECURITY_GROUPS, End.TARGET, false);
    assertThat(MinimalRule.intoTarget(open(), path, new Step(in, "sg-1, sg-2", OPEN)))
        .containsExactly(
            new Repair.Admit("sg-1", true, new SecurityGroup.Group("sg-lb", null), 8080));
    assertThat(MinimalRule.intoTarget(open(), path, new Step(in, "", OPEN))).isEmpty();
    Path outside = new Paths(open()).to(ofAddresses(), target("10.0.9.9"), 8080).getFirst();
    Control out = new Control(Kind.SECURITY_GROUPS, End.LOAD_BALANCER, false);
    assertThat(MinimalRule.outOfLoadBalancer(open(), outside, new Step(out, "sg-lb", OPEN)))
        .isEmpty();
  }

  @Test
  void aRepairOpensWhatItIsFor() {
    Facts facts = entries(entry(100, false, true), entry(100, true, false));
    for (String control :
        List.of("load balancer's subnet's ACL out", "answer: target's subnet's ACL out")) {
      Facts repaired = Repairs.apply(facts, throughAcl(facts, control).getFirst()).orElse(facts);
      assertThat(blocked(repaired).blockers())
          .noneMatch(step -> step.control().description().equals(control));
    }
  }
}
