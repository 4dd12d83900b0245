package lbresponder.report;

import static org.assertj.core.api.Assertions.assertThat;

import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.TargetGroup;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

class GapsTest {
  private static final Facts FACTS = RecordedFacts.of("TargetStopped/only-one-of-three");

  @Test
  void theSettingsOfAGroupAreOneGap() {
    assertThat(Gaps.of(FACTS.mapTargetGroups(group -> withSettings(group, "refused"))))
        .contains("could not read attributes of web-blue: refused");
  }

  @Test
  void whatFailedForOneReasonIsOneLine() {
    Facts refused =
        FACTS
            .mapTargetGroups(group -> withSettings(group, "refused"))
            .withLoad(Known.unknown("refused"))
            .withWiring(
                FACTS
                    .wiring()
                    .withLoadBalancer(
                        FACTS
                            .wiring()
                            .loadBalancer()
                            .map(
                                loadBalancer ->
                                    loadBalancer.withIdleTimeoutSeconds(
                                        Known.unknown("refused")))));
    assertThat(Gaps.of(refused))
        .contains("could not read metrics, the load balancer's attributes: refused");
  }

  @Test
  void whatDoesNotExistIsNoGap() {
    Facts without =
        FACTS
            .mapTargetGroups(
                group ->
                    group
                        .withTargets(
                            group
                                .targets()
                                .map(
                                    targets ->
                                        targets.stream()
                                            .map(
                                                target ->
                                                    target.withHealth(Known.none("terminated")))
                                            .toList()))
                        .withProxyProtocol(Known.none("no such header")))
            .withProbes(Known.none("nothing to probe"));
    assertThat(Gaps.of(without)).isNotEmpty().noneMatch(line -> line.contains("health of"));
    assertThat(Gaps.of(without).toString())
        .doesNotContain("terminated", "no such header", "nothing to probe");
  }

  private static TargetGroup withSettings(TargetGroup group, String why) {
    return group
        .withCrossZone(Known.unknown(why))
        .withSticky(Known.unknown(why))
        .withDeregistrationDelaySeconds(Known.unknown(why));
  }
}
