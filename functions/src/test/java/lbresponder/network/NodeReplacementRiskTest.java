package lbresponder.network;

import static lbresponder.network.NetworkFacts.TARGET;
import static lbresponder.network.NetworkFacts.group;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  private static List<String> risks(Facts facts) {
    Paths paths = new Paths(facts);
    return NodeReplacementRisk.of(paths, paths.to(group(TARGET), TARGET, 8080));
  }
}
