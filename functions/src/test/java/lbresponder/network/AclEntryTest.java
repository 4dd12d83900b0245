package lbresponder.network;

import static lbresponder.network.MinimalRuleTest.blocked;
import static lbresponder.network.MinimalRuleTest.entries;
import static lbresponder.network.MinimalRuleTest.throughAcl;
import static lbresponder.network.NetworkFacts.acl;
import static lbresponder.network.NetworkFacts.entry;
import static lbresponder.network.NetworkFacts.network;
import static lbresponder.network.NetworkFacts.open;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.Repair;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Kind;
import lbresponder.network.Path.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where in a network ACL an entry goes that lets packets pass.
class AclEntryTest {
  private static final Hop OPEN = new Hop.Unknown("");

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
}
