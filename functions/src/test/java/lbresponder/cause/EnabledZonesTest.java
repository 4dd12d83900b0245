package lbresponder.cause;

import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer.Zone;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import org.junit.jupiter.api.Test;

/// Targets in zones that are not enabled: what an alarm shows of them, and how a zone is enabled.
class EnabledZonesTest {
  /// Targets stand in `targets-a` and `targets-b`, from where no way leads to the internet.
  private static Situation enabledInAnother() {
    return new Situation()
        .loadBalancer(known -> known.withZones(List.of(new Zone("c", "subnet-c"))))
        .failing(Reason.ZONE_NOT_ENABLED, "i-1", "i-2", "i-3");
  }

  private static Verdict.Cause cause(Situation situation) {
    return (Verdict.Cause) situation.examine(new ZoneNotEnabled());
  }

  @Test
  void whatFacesTheInternetIsPutWhereTheInternetReachesIt() {
    assertThat(cause(enabledInAnother()).repairs())
        .containsExactly(
            new Repair.EnableZone("a", "subnet-a", List.of("subnet-c")),
            new Repair.EnableZone("b", "subnet-b", List.of("subnet-c", "subnet-a")));
  }

  @Test
  void whatIsInternalIsPutBesideItsTargets() {
    Situation internal = enabledInAnother().loadBalancer(known -> known.withInternal(true));
    assertThat(cause(internal).repairs())
        .containsExactly(
            new Repair.EnableZone("a", "targets-a", List.of("subnet-c")),
            new Repair.EnableZone("b", "targets-b", List.of("subnet-c", "targets-a")));
  }

  @Test
  void withoutSuchASubnetAPersonChooses() {
    Situation unread =
        enabledInAnother().network(known -> known.withRouteTables(Known.unknown("not read")));
    assertThat(cause(unread).repairs())
        .hasSize(2)
        .first()
        .isEqualTo(
            new Repair.Decide(
                "Choose a subnet of a with a route to the internet for the load balancer, or"
                    + " register targets in the zones that are enabled."));
    Situation byAddress =
        new Situation()
            .loadBalancer(
                known -> known.withZones(List.of(new Zone("a", "subnet-a"))).withInternal(true))
            .targets(target("10.0.0.9").withZone("b"))
            .groups(group -> group.withTargetType(TargetType.ADDRESS));
    assertThat(cause(byAddress).repairs()).singleElement().isInstanceOf(Repair.Decide.class);
  }

  @Test
  void whereNothingIsKnownOfItNothingIsOffered() {
    assertThat(
            cause(ZoneChecksTest.unread(new Situation()).failing(Reason.ZONE_NOT_ENABLED, "i-1"))
                .repairs())
        .isEmpty();
  }

  private static Situation counting(double unhealthy) {
    return new Situation()
        .alarmOn("tg", null, Measure.UNHEALTHY_TARGETS)
        .countedOf("tg", Measure.UNHEALTHY_TARGETS, unhealthy)
        .failing(Reason.ZONE_NOT_ENABLED, "i-3")
        .failing(Reason.TIMED_OUT, "i-1");
  }

  /// One is left over in a zone that was never enabled, while another dies.
  @Test
  void aLeftOverTargetIsNoReasonForAnAlarmThatCountsOthers() {
    assertThat(cause(counting(1)).symptoms()).isEmpty();
    assertThat(counting(1).diagnose().sideFindings())
        .extracting((Finding finding) -> finding.check().id())
        .contains("ZoneNotEnabled");
    assertThat(cause(counting(2)).symptoms()).isEqualTo(Set.of(Symptom.UNHEALTHY));
    assertThat(cause(counting(1).unread(Measure.UNHEALTHY_TARGETS)).symptoms()).isEmpty();
    assertThat(cause(counting(1).alarmOn("tg", null, Measure.HEALTHY_TARGETS)).symptoms())
        .isEqualTo(Set.of(Symptom.UNHEALTHY));
  }
}
