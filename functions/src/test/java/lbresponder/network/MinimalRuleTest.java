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
import lbresponder.network.Path.Step;
import org.junit.jupiter.api.Test;

class MinimalRuleTest {
  private static final List<SecurityGroup> WITHOUT_RULES =
      List.of(
          new SecurityGroup("sg-lb", "", List.of()), new SecurityGroup("sg-target", "", List.of()));

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
