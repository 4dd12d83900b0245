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
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Path.Step;
import org.junit.jupiter.api.Test;

class MinimalRuleTest {
  private static final TargetGroup GROUP = NetworkFacts.group(NetworkFacts.TARGET);

  private static final List<SecurityGroup> WITHOUT_RULES =
      List.of(
          new SecurityGroup("sg-lb", "", List.of()), new SecurityGroup("sg-target", "", List.of()));

  /// Which outcome a step had does not matter to its repair.
  static Path blocked(Facts facts) {
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

  static Facts entries(NetworkAcl.Entry... entries) {
    return network(open(), read -> read.withNetworkAcls(Known.of(List.of(acl(entries)))));
  }

  static List<Repair> throughAcl(Facts facts, String control) {
    Path path = blocked(facts);
    return MinimalRule.throughAcl(facts, path, blocker(path, control));
  }

  @Test
  void byTheLoadBalancersGroupWhereItHasOne() {
    Facts facts = groups(WITHOUT_RULES);
    Path path = blocked(facts);
    assertThat(MinimalRule.intoTarget(facts, GROUP, path, blocker(path, "target's groups in")))
        .containsExactly(
            new Repair.Admit("sg-target", true, new SecurityGroup.Group("sg-lb", null), 8080));
    assertThat(
            MinimalRule.outOfLoadBalancer(
                facts, GROUP, path, blocker(path, "load balancer's groups out")))
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
    assertThat(MinimalRule.intoTarget(facts, GROUP, path, blocker(path, "target's groups in")))
        .containsExactly(
            new Repair.Admit("sg-target", true, new SecurityGroup.Range("10.0.1.0/24"), 8080));
    Path ipv6 = new Paths(facts).to(ofAddresses(), target("2001:db8:0:2::7"), 8080).getFirst();
    assertThat(MinimalRule.intoTarget(facts, GROUP, ipv6, blocker(ipv6, "target's groups in")))
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
  void withoutAFreeNumberBeforeTheOneThatDeniesThereIsNoEntry() {
    assertThat(
            throughAcl(
                entries(entry(100, false, true), entry(1, true, false)),
                "load balancer's subnet's ACL out"))
        .isEmpty();
    assertThat(
            throughAcl(
                entries(entry(100, false, true), onPort(1, 1), entry(2, true, false)),
                "load balancer's subnet's ACL out"))
        .isEmpty();
    assertThat(
            throughAcl(
                entries(onPort(32766, 1), entry(100, false, true)),
                "load balancer's subnet's ACL out"))
        .containsExactly(new Repair.AllowEntry("acl-1", 32765, true, "10.0.2.0/24", 8080, 8080));
  }

  private static NetworkAcl.Entry onPort(int number, int port) {
    return new NetworkAcl.Entry(number, true, true, "6", "0.0.0.0/0", port, port);
  }

  /// The target has `sg-base`, which the whole fleet has, and `sg-app`.
  private static List<Repair> intoFleet(SecurityGroup... groups) {
    Facts open = open();
    List<Instance> fleet =
        List.of(worn("i-1", "sg-base", "sg-app"), worn("i-2", "sg-base"), worn("i-3", "sg-base"));
    Facts facts = groups(List.of(groups));
    facts = facts.withFleet(open.fleet().withInstances(Known.of(fleet)));
    Path path = blocked(facts);
    return MinimalRule.intoTarget(facts, GROUP, path, blocker(path, "target's groups in"));
  }

  private static Instance worn(String id, String... groups) {
    return new Instance(
        id,
        Instance.State.RUNNING,
        "",
        null,
        null,
        "a",
        "subnet-target",
        id.equals("i-1") ? "10.0.2.7" : "10.0.2.99",
        null,
        List.of(groups));
  }

  @Test
  void theOpeningIsMadeWhereTheLoadBalancerIsAdmittedElseWhereTheFewestWear() {
    SecurityGroup.Group lb = new SecurityGroup.Group("sg-lb", null);
    SecurityGroup.Rule other = new SecurityGroup.Rule("sgr-1", true, 0, true, "tcp", 22, 22, lb);
    SecurityGroup out =
        new SecurityGroup("sg-lb", "", List.of(NetworkFacts.rule(false, NetworkFacts.ANYWHERE)));
    assertThat(
            intoFleet(
                out,
                new SecurityGroup("sg-base", "", List.of()),
                new SecurityGroup("sg-app", "", List.of())))
        .containsExactly(new Repair.Admit("sg-app", true, lb, 8080));
    assertThat(
            intoFleet(
                out,
                new SecurityGroup("sg-base", "", List.of(other)),
                new SecurityGroup("sg-app", "", List.of())))
        .containsExactly(new Repair.Admit("sg-base", true, lb, 8080));
  }

  private static List<Repair> into(TargetGroup group, Facts facts, Target target) {
    Path path =
        new Paths(facts).to(group, target, target.port() == null ? 0 : target.port()).getFirst();
    return MinimalRule.intoTarget(facts, group, path, blocker(path, "target's groups in"));
  }

  @Test
  void portsThatAreHandedOutAreOpenedAtOnce() {
    Facts facts = groups(WITHOUT_RULES);
    SecurityGroup.Group lb = new SecurityGroup.Group("sg-lb", null);
    Target first = NetworkFacts.TARGET.withPort(32801);
    Target second = NetworkFacts.TARGET.withPort(49153);
    assertThat(into(NetworkFacts.group(first, second), facts, first))
        .containsExactly(new Repair.Admit("sg-target", true, lb, 32768, 65535));
    assertThat(into(NetworkFacts.group(first, first), facts, first))
        .containsExactly(new Repair.Admit("sg-target", true, lb, 32801));
    assertThat(into(NetworkFacts.group(first, NetworkFacts.TARGET), facts, first))
        .containsExactly(new Repair.Admit("sg-target", true, lb, 32801));
    Path path = new Paths(facts).to(NetworkFacts.group(first, second), first, 32801).getFirst();
    assertThat(
            MinimalRule.outOfLoadBalancer(
                facts,
                NetworkFacts.group(first, second),
                path,
                blocker(path, "load balancer's groups out")))
        .containsExactly(
            new Repair.Admit(
                "sg-lb", false, new SecurityGroup.Group("sg-target", null), 32768, 65535));
  }

  /// Without groups of its own the load balancer's subnets admit its checks, and no client.
  @Test
  void whereClientsKeepTheirAddressTheyAreAdmitted() {
    TargetGroup keeping = GROUP.withKeepsClientAddress(Known.of(true));
    Facts facts =
        loadBalancer(
            groups(WITHOUT_RULES), changed -> changed.withSecurityGroups(Known.of(List.of())));
    assertThat(into(keeping, facts, NetworkFacts.TARGET)).isEmpty();
    assertThat(
            into(
                keeping,
                loadBalancer(facts, changed -> changed.withInternal(false)),
                NetworkFacts.TARGET))
        .containsExactly(
            new Repair.Admit("sg-target", true, new SecurityGroup.Range("0.0.0.0/0"), 8080));
  }

  @Test
  void everyRangeOfTheFamilyIsAdmitted() {
    Facts facts =
        network(
            loadBalancer(
                groups(WITHOUT_RULES), changed -> changed.withSecurityGroups(Known.of(List.of()))),
            read ->
                read.withSubnets(
                        Known.of(
                            List.of(
                                NetworkFacts.subnet(
                                    "subnet-lb",
                                    "10.0.1.0/24",
                                    "2001:db8:0:1::/64",
                                    "2001:db8:0:9::/64"),
                                NetworkFacts.subnet(
                                    "subnet-target", "10.0.2.0/24", "2001:db8:0:2::/64"))))
                    .withInterfaces(
                        Known.of(
                            List.of(
                                NetworkFacts.carrier(
                                    "eni-lb", true, "subnet-lb", "10.0.1.5", "2001:db8:0:1::5"),
                                NetworkFacts.carrier(
                                    "eni-1", false, "subnet-target", "2001:db8:0:2::7")))));
    Path ipv6 = new Paths(facts).to(ofAddresses(), target("2001:db8:0:2::7"), 8080).getFirst();
    assertThat(MinimalRule.intoTarget(facts, GROUP, ipv6, blocker(ipv6, "target's groups in")))
        .extracting(repair -> ((Repair.Admit) repair).peer())
        .containsExactly(
            new SecurityGroup.Range("2001:db8:0:1::/64"),
            new SecurityGroup.Range("2001:db8:0:9::/64"));
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
