package lbresponder.network;

import static lbresponder.network.NetworkFacts.TARGET;
import static lbresponder.network.NetworkFacts.acl;
import static lbresponder.network.NetworkFacts.carrier;
import static lbresponder.network.NetworkFacts.entry;
import static lbresponder.network.NetworkFacts.group;
import static lbresponder.network.NetworkFacts.loadBalancer;
import static lbresponder.network.NetworkFacts.machine;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.ofAddresses;
import static lbresponder.network.NetworkFacts.open;
import static lbresponder.network.NetworkFacts.paths;
import static lbresponder.network.NetworkFacts.target;
import static lbresponder.network.NetworkFacts.withTraits;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.PortRange;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Path.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PathsTest {
  private static final String GROUPS_OUT = "load balancer's groups out";
  private static final String ACL_OUT = "load balancer's subnet's ACL out";
  private static final String ROUTE = "route";
  private static final String ACL_IN = "target's subnet's ACL in";
  private static final String GROUPS_IN = "target's groups in";
  private static final String ANSWER_ACL_OUT = "answer: target's subnet's ACL out";
  private static final String ANSWER_ROUTE = "answer: route";
  private static final String ANSWER_ACL_IN = "answer: load balancer's subnet's ACL in";

  private static List<String> names(List<Step> steps) {
    return steps.stream().map(step -> step.control().description()).toList();
  }

  private static List<String> controls(Facts facts) {
    List<Path> paths = paths(facts);
    assertThat(paths).hasSize(1);
    return names(paths.getFirst().steps());
  }

  private static Hop hop(Facts facts, String control) {
    return paths(facts).getFirst().steps().stream()
        .filter(step -> step.control().description().equals(control))
        .map(Step::hop)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void thereAndBackInTheOrderInWhichAPacketPassesThem() {
    assertThat(controls(open()))
        .containsExactly(
            GROUPS_OUT,
            ACL_OUT,
            ROUTE,
            ACL_IN,
            GROUPS_IN,
            ANSWER_ACL_OUT,
            ANSWER_ROUTE,
            ANSWER_ACL_IN);
    assertThat(paths(open()).getFirst().steps())
        .allSatisfy(step -> assertThat(step.hop()).isInstanceOf(Hop.Allowed.class));
  }

  @Test
  void everyBlockerIsListed() {
    Facts facts =
        network(
            open(),
            network ->
                network
                    .withNetworkAcls(Known.of(List.of(acl(entry(100, true, true)))))
                    .withSecurityGroups(
                        Known.of(
                            List.of(
                                new SecurityGroup("sg-lb", "", List.of()),
                                new SecurityGroup("sg-target", "", List.of())))));
    assertThat(names(paths(facts).getFirst().blockers()))
        .containsExactly(GROUPS_OUT, ACL_IN, GROUPS_IN, ANSWER_ACL_IN);
  }

  @Test
  void whatAProviderDoesNotHaveIsNoStep() {
    Facts open = open();
    assertThat(controls(network(open, network -> network.withNetworkAcls(Known.none("none")))))
        .containsExactly(GROUPS_OUT, ROUTE, GROUPS_IN, ANSWER_ROUTE);
    assertThat(controls(network(open, network -> network.withRouteTables(Known.none("none")))))
        .containsExactly(GROUPS_OUT, ACL_OUT, ACL_IN, GROUPS_IN, ANSWER_ACL_OUT, ANSWER_ACL_IN);
    assertThat(controls(network(open, network -> network.withSecurityGroups(Known.none("none")))))
        .doesNotContain(GROUPS_OUT, GROUPS_IN)
        .hasSize(6);
    assertThat(
            controls(loadBalancer(open, changed -> changed.withSecurityGroups(Known.none("none")))))
        .doesNotContain(GROUPS_OUT)
        .hasSize(7);
    Facts without = loadBalancer(open, changed -> changed.withSecurityGroups(Known.of(List.of())));
    assertThat(controls(network(without, read -> read.withSecurityGroups(Known.none("none")))))
        .doesNotContain(GROUPS_OUT);
  }

  @Test
  void whatWasNotReadIsUnknown() {
    Facts open = open();
    Hop refused = new Hop.Unknown("refused");
    assertThat(hop(network(open, read -> read.withNetworkAcls(Known.unknown("refused"))), ACL_IN))
        .isEqualTo(refused);
    assertThat(hop(network(open, read -> read.withRouteTables(Known.unknown("refused"))), ROUTE))
        .isEqualTo(refused);
    assertThat(
            hop(
                network(open, read -> read.withSecurityGroups(Known.unknown("refused"))),
                GROUPS_IN))
        .isEqualTo(refused);
    assertThat(hop(network(open, read -> read.withNetworkAcls(Known.of(List.of()))), ACL_OUT))
        .isEqualTo(new Hop.Unknown("the network ACL of subnet-lb was not read"));
    assertThat(hop(network(open, read -> read.withRouteTables(Known.of(List.of()))), ANSWER_ROUTE))
        .isEqualTo(new Hop.Unknown("the route table of subnet-target was not read"));
  }

  @Test
  void aLoadBalancerMayHaveNoGroupsOrGroupsThatWereNotRead() {
    assertThat(
            hop(
                loadBalancer(open(), changed -> changed.withSecurityGroups(Known.of(List.of()))),
                GROUPS_OUT))
        .isEqualTo(new Hop.Allowed("no security group"));
    Facts unread =
        loadBalancer(open(), changed -> changed.withSecurityGroups(Known.unknown("refused")));
    assertThat(hop(unread, GROUPS_OUT)).isEqualTo(new Hop.Unknown("refused"));
    assertThat(hop(unread, GROUPS_IN))
        .isEqualTo(new Hop.Unknown("which groups the other side has was not read"));
  }

  @Test
  void withinOneSubnetThereIsNeitherAclNorRouteUnlessTheLoadBalancerFiltersThere() {
    List<Instance> neighbour = List.of(machine().withSubnet("subnet-lb").withAddress("10.0.1.7"));
    for (boolean filtersWithinSubnet : List.of(false, true)) {
      Facts facts = withTraits(filtersWithinSubnet, new PortRange(1024, 65535));
      facts = facts.withFleet(facts.fleet().withInstances(Known.of(neighbour)));
      facts = network(facts, read -> read.withNetworkAcls(Known.of(List.of(acl()))));
      assertThat(names(paths(facts).getFirst().blockers()))
          .isEqualTo(filtersWithinSubnet ? List.of(ACL_OUT) : List.of());
      assertThat(hop(facts, ANSWER_ACL_IN)).isEqualTo(new Hop.Allowed("the same subnet"));
      assertThat(hop(facts, ROUTE)).isEqualTo(new Hop.Allowed("the same subnet"));
    }
  }

  @Test
  void answersGoToThePortsTheNodesConnectFrom() {
    NetworkAcl.Entry answers =
        new NetworkAcl.Entry(100, true, true, "6", "0.0.0.0/0", 32768, 65535);
    NetworkAcl narrow = acl(entry(100, false, true), answers);
    for (PortRange ports : List.of(new PortRange(1024, 65535), new PortRange(32768, 60999))) {
      Facts facts =
          network(
              withTraits(false, ports),
              network -> network.withNetworkAcls(Known.of(List.of(narrow))));
      assertThat(hop(facts, ANSWER_ACL_OUT))
          .isEqualTo(
              ports.from() < 32768
                  ? new Hop.Partial("rule * of acl-1", "tcp/32768-65535 of 1024-65535")
                  : new Hop.Allowed("rule 100 of acl-1"));
    }
  }

  /// What a prober without the load balancer's groups sees is its own path's.
  @Test
  void theProbersOwnPathIsJudgedByItsOwnGroups() {
    NetworkInterface prober = carrier("eni-1", false, "subnet-lb", "10.0.1.99");
    List<Path> own = Paths.from(open(), prober).to(group(TARGET), TARGET, 8080);
    assertThat(own).extracting(Path::from).containsExactly(Cidr.parse("10.0.1.99"));
    assertThat(names(own.getFirst().blockers())).containsExactly(GROUPS_OUT, GROUPS_IN);
    assertThat(own.getFirst().line("i-1"))
        .startsWith("prober 10.0.1.99 → load balancer's groups out ✗");
    assertThat(own.getFirst().steps())
        .extracting(step -> step.control().description("prober"))
        .startsWith("prober's groups out", "prober's subnet's ACL out", ROUTE, ACL_IN);
  }

  @Test
  void whatIsOutsideTheSubnetsThatWereReadIsUnknown() {
    Hop outside = new Hop.Unknown("the target is outside the subnets that were read");
    Path away = new Paths(open()).to(ofAddresses(), target("192.0.2.1"), 8080).getFirst();
    assertThat(away.steps())
        .filteredOn(step -> step.control().end() == Path.End.TARGET)
        .extracting(Step::hop)
        .contains(outside, outside, outside)
        .doesNotContainNull();
    Facts bare =
        network(
            loadBalancer(open(), changed -> changed.withZones(List.of())),
            read -> read.withInterfaces(Known.of(List.of(carrier("lo", true, "", "10.0.1.5")))));
    for (String control : List.of(ACL_OUT, ROUTE, ANSWER_ACL_IN)) {
      assertThat(hop(bare, control))
          .isEqualTo(new Hop.Unknown("the load balancer is outside the subnets that were read"));
    }
  }

  /// The load balancer's filter within its subnet is none of a prober's.
  @Test
  void aProberInTheTargetsSubnetPassesNoAcl() {
    Facts facts =
        network(
            withTraits(true, new PortRange(1024, 65535)),
            read -> read.withNetworkAcls(Known.of(List.of(acl()))));
    NetworkInterface prober = carrier("eni-1", false, "subnet-target", "10.0.2.99");
    Path own = Paths.from(facts, prober).to(group(TARGET), TARGET, 8080).getFirst();
    assertThat(names(own.blockers())).doesNotContain(ACL_OUT, ACL_IN, ANSWER_ACL_OUT);
  }

  @Test
  void whatTheGroupsAtEachEndSay() {
    Paths paths = new Paths(open());
    assertThat(rulesOf(paths.clientRules())).isEqualTo("sg-lb");
    assertThat(rulesOf(paths.rulesAt(group(TARGET), TARGET))).isEqualTo("sg-target");
    assertThat(paths.rulesAt(ofAddresses(), target("web1"))).isNull();
    assertThat(paths.rulesAt(ofAddresses(), target("192.0.2.1"))).isNull();
    for (Known<List<String>> groups :
        List.<Known<List<String>>>of(
            Known.unknown("refused"), Known.none("none"), Known.of(List.of()))) {
      Facts facts = loadBalancer(open(), changed -> changed.withSecurityGroups(groups));
      assertThat(new Paths(facts).clientRules()).isNull();
    }
    Facts unread = network(open(), read -> read.withSecurityGroups(Known.unknown("refused")));
    assertThat(new Paths(unread).clientRules()).isNull();
  }

  private static String rulesOf(@Nullable SecurityGroupRules rules) {
    return rules == null ? "" : rules.ids();
  }

  @Test
  void eachPathIsComputedOnce() {
    Paths paths = new Paths(open());
    TargetGroup group = group(TARGET);
    assertThat(paths.to(group, TARGET, 8080))
        .isNotEmpty()
        .isSameAs(paths.to(group(TARGET), TARGET.withZone("a"), 8080));
    assertThat(paths.to(group, TARGET, 8081).getFirst().port()).isEqualTo(8081);
  }

  @Test
  void theRouteThatIsChosen() {
    RouteTable.Route out = new RouteTable.Route("0.0.0.0/0", "gw", Leads.INTERNET, false, false);
    Facts facts =
        network(
            open(), network -> network.withRouteTables(Known.of(List.of(NetworkFacts.table(out)))));
    Paths paths = new Paths(facts);
    assertThat(paths.route("subnet-lb", "198.51.100.1")).isEqualTo(Known.of(Optional.of(out)));
    assertThat(paths.route("subnet-lb", "2001:db8::1")).isEqualTo(Known.of(Optional.empty()));
    assertThat(paths.route("subnet-lb", "nowhere"))
        .isEqualTo(Known.unknown("a route to `nowhere`, which is no address"));
    assertThat(paths.route("subnet-other", "198.51.100.1"))
        .isEqualTo(Known.unknown("the route table of subnet-other was not read"));
    assertThat(
            new Paths(network(open(), read -> read.withRouteTables(Known.none("none"))))
                .route("subnet-lb", "198.51.100.1"))
        .isEqualTo(Known.none("none"));
  }
}
