package lbresponder.network;

import static lbresponder.network.NetworkFacts.TARGET;
import static lbresponder.network.NetworkFacts.acl;
import static lbresponder.network.NetworkFacts.entry;
import static lbresponder.network.NetworkFacts.group;
import static lbresponder.network.NetworkFacts.machine;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.open;
import static lbresponder.network.NetworkFacts.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Target;
import org.junit.jupiter.api.Test;

/// Two targets of one subnet: paths to all of it are judged once, unless a rule is about a part.
class PlacesTest {
  private static final Target FAR = target("i-2");
  private static final String FAR_HALF = "10.0.2.128/25";

  private static Paths paths(Facts facts) {
    Instance far = machine().withId("i-2").withAddress("10.0.2.200");
    return new Paths(
        facts.withFleet(facts.fleet().withInstances(Known.of(List.of(machine(), far)))));
  }

  private static Facts entries(NetworkAcl.Entry... entries) {
    return network(open(), read -> read.withNetworkAcls(Known.of(List.of(acl(entries)))));
  }

  private static NetworkAcl.Entry closed(boolean egress) {
    return new NetworkAcl.Entry(50, egress, false, "-1", FAR_HALF, null, null);
  }

  private static void areToldApart(Facts facts) {
    Paths paths = paths(facts);
    assertThat(paths.to(group(TARGET, FAR), TARGET, 8080)).hasSize(1).allMatch(Path::isOpen);
    assertThat(paths.to(group(TARGET, FAR), FAR, 8080)).hasSize(1).noneMatch(Path::isOpen);
  }

  @Test
  void whereNoRuleIsAboutAPartBothHaveTheSamePath() {
    Paths paths = paths(open());
    assertThat(paths.to(group(TARGET, FAR), FAR, 8080))
        .isSameAs(paths.to(group(TARGET, FAR), TARGET, 8080))
        .allMatch(Path::isOpen);
  }

  @Test
  void anAclEntryAboutAPart() {
    areToldApart(entries(closed(true), entry(100, true, true), entry(100, false, true)));
    areToldApart(entries(closed(false), entry(100, true, true), entry(100, false, true)));
  }

  @Test
  void aRouteToAPart() {
    RouteTable.Route local =
        new RouteTable.Route("10.0.0.0/16", "local", Leads.LOCAL, false, false);
    RouteTable.Route away = new RouteTable.Route(FAR_HALF, "gone", Leads.OTHER, true, false);
    RouteTable table = NetworkFacts.table(local, away);
    areToldApart(network(open(), read -> read.withRouteTables(Known.of(List.of(table)))));
  }

  @Test
  void aRuleThatLetsOutToAPart() {
    SecurityGroup.Range near = new SecurityGroup.Range("10.0.2.0/25");
    SecurityGroup out = new SecurityGroup("sg-lb", "", List.of(NetworkFacts.rule(false, near)));
    areToldApart(
        network(
            open(),
            read ->
                read.withSecurityGroups(
                    read.securityGroups().map(all -> List.of(out, all.getLast())))));
  }
}
