package lbresponder.cause;

import static lbresponder.testing.SituationNetwork.aclEntry;
import static lbresponder.testing.SituationNetwork.admits;
import static lbresponder.testing.SituationNetwork.card;
import static lbresponder.testing.SituationNetwork.entry;
import static lbresponder.testing.SituationNetwork.letsOut;
import static lbresponder.testing.SituationNetwork.routes;
import static lbresponder.testing.SituationNetwork.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Diagnosis.Fix;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;

/// What opens a blocked way, how it is said and what it can look like.
class PathRepairsTest {
  private static Verdict.Cause cause(Situation situation, Check check) {
    return (Verdict.Cause) PathChecksTest.silent(situation).examine(check);
  }

  @Test
  void oneRuleOpensASecurityGroup() {
    assertThat(
            cause(new Situation().network(rules("sg-targets")), new SecurityGroupBlocks())
                .repairs())
        .containsExactly(
            new Repair.Admit("sg-targets", true, new SecurityGroup.Group("sg-lb", null), 8080));
    assertThat(
            cause(new Situation().network(rules("sg-lb")), new LoadBalancerEgressBlocks())
                .repairs())
        .containsExactly(
            new Repair.Admit("sg-lb", false, new SecurityGroup.Group("sg-targets", null), 8080));
    Situation checkedApart =
        new Situation().groups(group -> group.withHealthCheck(group.healthCheck().withPort(9090)));
    assertThat(cause(checkedApart, new SecurityGroupBlocksHealthCheck()).repairs())
        .containsExactly(
            new Repair.Admit("sg-targets", true, new SecurityGroup.Group("sg-lb", null), 9090));
  }

  @Test
  void oneEntryForEachSubnetOpensAnAcl() {
    Situation situation =
        new Situation().network(aclEntry("acl-targets", entry(90, false, false, 8080)));
    assertThat(cause(situation, new NetworkAclBlocks()).repairs())
        .containsExactly(
            new Repair.AllowEntry("acl-targets", 89, false, "10.0.1.0/24", 8080, 8080),
            new Repair.AllowEntry("acl-targets", 88, false, "10.0.2.0/24", 8080, 8080));
  }

  @Test
  void whoLacksTheGroupOfItsSiblingsIsGivenIt() {
    Situation situation =
        new Situation()
            .machine("i-1", machine -> machine.wearing(List.of("sg-base")))
            .network(rules("sg-base"))
            .failing(Reason.TIMED_OUT, "i-1");
    situation.network(
        read ->
            read.withSecurityGroups(
                read.securityGroups()
                    .map(
                        all ->
                            Stream.concat(
                                    all.stream(),
                                    Stream.of(new SecurityGroup("sg-base", "", List.of())))
                                .toList())));
    Verdict.Cause cause = (Verdict.Cause) situation.examine(new SecurityGroupBlocks());
    assertThat(cause.repairs())
        .containsExactly(new Repair.WearGroups("i-1", true, List.of("sg-base", "sg-targets")));
    assertThat(situation.diagnose().causes().getFirst().fix()).isEqualTo(Fix.CHECKED);
    situation.healthUnread("i-2", "i-3");
    assertThat(((Verdict.Cause) situation.examine(new SecurityGroupBlocks())).repairs())
        .containsExactly(
            new Repair.Admit("sg-base", true, new SecurityGroup.Group("sg-lb", null), 8080));
  }

  @Test
  void aRouteOnlyTheOwnerOfTheNetworkCanCorrect() {
    assertThat(cause(new Situation().network(routes("routes-lb")), new NoRoute()).repairs())
        .isEmpty();
  }

  @Test
  void theOpeningIsTriedOnTheModel() {
    Situation situation = PathChecksTest.silent(new Situation()).network(rules("sg-targets"));
    Finding leading = situation.diagnose().causes().getFirst();
    assertThat(leading.check().id()).isEqualTo("SecurityGroupBlocks");
    assertThat(leading.fix()).isEqualTo(Fix.CHECKED);
  }

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(finding -> finding.check().id()).toList();
  }

  @Test
  void whereAllAreCutOffALoadBalancerThatDoesNotFailOpenHasNowhereToSend() {
    Situation all =
        PathChecksTest.silent(new Situation()).network(rules("sg-targets")).alarmOn(Measure.LB_503);
    assertThat(ids(all.diagnose().causes())).contains("SecurityGroupBlocks");
    assertThat(ids(all.failingOpen().diagnose().causes())).doesNotContain("SecurityGroupBlocks");
    Situation some =
        new Situation()
            .failing(Reason.TIMED_OUT, "i-1")
            .network(rules("sg-targets"))
            .alarmOn(Measure.LB_503);
    assertThat(ids(some.diagnose().causes())).doesNotContain("SecurityGroupBlocks");
  }

  @Test
  void pathsThatAreBlockedAlikeAreCounted() {
    Situation situation =
        new Situation().network(rules("sg-targets")).network(rules("sg-lb", letsOut(8080)));
    assertThat(cause(situation, new SecurityGroupBlocks()).because())
        .containsExactly(
            "target's groups in: no rule of sg-targets admits tcp/8080 from 10.0.1.5 (sg-lb)"
                + " (3 paths)",
            "target's groups in: no rule of sg-targets admits tcp/8080 from 10.0.2.5 (sg-lb)"
                + " (3 paths)");
    Situation one =
        new Situation()
            .network(rules("sg-targets", admits(8080, "10.0.1.5")))
            .targets(SituationWiring.target("i-1"));
    assertThat(cause(one, new SecurityGroupBlocks()).because())
        .containsExactly(
            "target's groups in: no rule of sg-targets admits tcp/8080 from 10.0.2.5 (sg-lb)"
                + " (the path to i-1:8080 from b)");
  }

  @Test
  void tenReasonsAreSaidOfMore() {
    Situation situation = new Situation().network(rules("sg-targets")).targets(targets(6));
    situation.fleet(fleet -> fleet.withInstances(Known.of(machines(6))));
    for (int i = 0; i < 6; i++) {
      situation.failing(Reason.TIMED_OUT, "m-" + i);
    }
    Verdict.Cause cause = (Verdict.Cause) situation.examine(new SecurityGroupBlocks());
    assertThat(cause.because()).hasSize(10);
    assertThat(cause.targets()).extracting(RegisteredTarget::id).hasSize(6);
  }

  /// Each with a port of its own.
  private static Target[] targets(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> SituationWiring.target("m-" + i).withPort(9000 + i))
        .toArray(Target[]::new);
  }

  private static List<Instance> machines(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> SituationFleet.machine("m-" + i, "a", "targets-a", "10.0.11." + (50 + i)))
        .toList();
  }

  @Test
  void twoRisksAreSaidOfMore() {
    Situation situation =
        new Situation()
            .network(
                rules(
                    "sg-targets",
                    admits(8080, "10.0.1.5"),
                    admits(8080, "10.0.1.6"),
                    admits(8080, "10.0.2.5")))
            .network(
                read ->
                    read.withInterfaces(
                        Known.of(
                            List.of(
                                card("eni-a", true, "subnet-a", "10.0.1.5"),
                                card("eni-b", true, "subnet-a", "10.0.1.6"),
                                card("eni-c", true, "subnet-b", "10.0.2.5")))));
    String reasons =
        SituationRow.reasons(PathChecksTest.silent(situation).examine(new SecurityGroupBlocks()));
    assertThat(reasons)
        .contains("10.0.1.5 of today", "10.0.1.6 of today")
        .doesNotContain("10.0.2.5 of today");
  }
}
