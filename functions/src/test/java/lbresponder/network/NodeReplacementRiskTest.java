package lbresponder.network;

import static lbresponder.network.NetworkFacts.TARGET;
import static lbresponder.network.NetworkFacts.group;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.SecurityGroup;
import org.junit.jupiter.api.Test;

class NodeReplacementRiskTest {
  @Test
  void aNodesSuccessorMayNotBeAdmitted() {
    SecurityGroup onlyToday =
        new SecurityGroup(
            "sg-target",
            "",
            List.of(NetworkFacts.rule(true, new SecurityGroup.Range("10.0.1.5/32"))));
    Facts facts = network(open(), read -> read.withSecurityGroups(Known.of(List.of(onlyToday))));
    assertThat(risks(facts))
        .containsExactly(
            "sg-target admits the node 10.0.1.5 of today and not all of 10.0.1.0/24: a new node"
                + " would be dropped");
    assertThat(risks(open())).isEmpty();
  }

  private static Facts admitting(String... ranges) {
    List<SecurityGroup.Rule> rules =
        Stream.of(ranges)
            .map(range -> NetworkFacts.rule(true, new SecurityGroup.Range(range)))
            .toList();
    return network(
        open(),
        read ->
            read.withSecurityGroups(Known.of(List.of(new SecurityGroup("sg-target", "", rules)))));
  }

  @Test
  void eachAddressOfANodeIsHeldAgainstItsOwnRange() {
    assertThat(risks(admitting("10.0.1.5/32", "2001:db8:0:1::5/128")))
        .hasSize(2)
        .anyMatch(risk -> risk.contains("the node 10.0.1.5 of today and not all of 10.0.1.0/24"))
        .anyMatch(risk -> risk.contains("2001:db8:0:1::5 of today and not all of 2001:db8:0:1::"));
  }

  @Test
  void whatDoesNotAdmitTodaysNodeOrIsNotKnownIsNoRisk() {
    assertThat(risks(admitting("10.0.1.9/32"))).isEmpty();
    assertThat(risks(admitting())).isEmpty();
    Paths paths = new Paths(admitting("10.0.1.5/32"));
    assertThat(NodeReplacementRisk.of(paths, List.of())).isEmpty();
    assertThat(
            NodeReplacementRisk.of(
                paths, paths.to(NetworkFacts.ofAddresses(), TARGET.withId("192.0.2.1"), 8080)))
        .isEmpty();
    Facts bare =
        network(
            NetworkFacts.loadBalancer(
                admitting("10.0.1.5/32"), changed -> changed.withZones(List.of())),
            read ->
                read.withInterfaces(
                    Known.of(List.of(NetworkFacts.carrier("lo", true, "", "10.0.1.5")))));
    assertThat(risks(bare)).isEmpty();
  }

  private static List<String> risks(Facts facts) {
    Paths paths = new Paths(facts);
    return NodeReplacementRisk.of(paths, paths.to(group(TARGET), TARGET, 8080));
  }
}
