package lbresponder.cause;

import static lbresponder.testing.SituationFleet.scalingGroup;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.listener;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Diagnosis.Fix;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.Service;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who is to bring targets into a group that has none.
class EmptyGroupTest {
  private static Situation empty() {
    return new Situation().alarmOn(Measure.LB_503).counted(Measure.LB_503, 9).targets();
  }

  /// A rule sends to it, others get the rest, and it never had any target.
  private static Situation onPurpose(Situation situation) {
    return situation
        .targets()
        .load(load -> load.steady(Measure.HEALTHY_TARGETS, "tg", 0))
        .group(group("other", target("i-4")))
        .listeners(listener(80, forward("tg", 1), forward("other", 1)));
  }

  @ParameterizedTest
  @MethodSource
  void beside(SituationRow row) {
    row.holdsFor(new NoTargets());
  }

  static List<SituationRow> beside() {
    return List.of(
        row(RULED_OUT, "it never had any, and others serve", s -> onPurpose(s))
            .saying("tg has no target, had none before, and nobody was turned away"),
        row(PROVEN, "requests are turned away", s -> onPurpose(s).counted(Measure.LB_503, 1)),
        row(
            PROVEN,
            "it had targets before",
            s -> onPurpose(s).load(load -> load.before(Measure.HEALTHY_TARGETS, "tg", 2))),
        row(
            PROVEN,
            "it had failing ones",
            s -> onPurpose(s).load(load -> load.before(Measure.UNHEALTHY_TARGETS, "tg", 1))),
        row(
            PROVEN,
            "the other is empty too",
            s -> onPurpose(s).group("other", g -> g.withTargets(Known.of(List.of())))),
        row(
            POSSIBLE,
            "how many are turned away is not known",
            s -> onPurpose(s).unread(Measure.LB_503)));
  }

  private static Situation keptByService(int desired) {
    Service service =
        new Service(
            "1", "web", "main", desired, 0, 0, 0, List.of("tg"), List.of(), Known.of(List.of()));
    return empty().fleet(fleet -> fleet.withServices(Known.of(List.of(service))));
  }

  private static Situation keptByScalingGroup(int desired, int maximum, String registersWith) {
    ScalingGroup group = scalingGroup(0, desired, maximum);
    ScalingGroup registering =
        new ScalingGroup(
            group.name(),
            0,
            desired,
            maximum,
            true,
            60,
            true,
            List.of(),
            group.activities(),
            List.of(registersWith));
    return empty().fleet(fleet -> fleet.withScalingGroups(Known.of(List.of(registering))));
  }

  private static Verdict.Cause cause(Situation situation) {
    return (Verdict.Cause) situation.examine(new NoTargets());
  }

  @Test
  void aServiceThatWantsNoneIsMadeToWantSome() {
    assertThat(cause(keptByService(0)).because()).contains("service web wants 0 tasks");
    assertThat(cause(keptByService(0)).repairs())
        .containsExactly(new Repair.SetTasks("main", "web", 3));
    assertThat(
            cause(keptByService(0).load(load -> load.silent(Measure.HEALTHY_TARGETS, "tg")))
                .repairs())
        .containsExactly(new Repair.SetTasks("main", "web", 1));
    assertThat(keptByService(0).diagnose().causes().getFirst().fix()).isEqualTo(Fix.NOT_CHECKED);
  }

  @Test
  void soIsAScalingGroup() {
    assertThat(cause(keptByScalingGroup(0, 4, "tg")).because()).contains("asg wants 0 instances");
    assertThat(cause(keptByScalingGroup(0, 4, "tg")).repairs())
        .containsExactly(new Repair.SetCapacity("asg", 3, null));
    assertThat(cause(keptByScalingGroup(0, 0, "tg")).repairs())
        .containsExactly(new Repair.SetCapacity("asg", 3, 3));
  }

  /// Whatever registers its own would lose what a person registers, or register it twice.
  @Test
  void whatIsRegisteredBySomebodyIsNotRegisteredByHand() {
    assertThat(cause(keptByService(2)).repairs())
        .containsExactly(new Repair.Decide("Find out why service web registers no task."));
    assertThat(cause(keptByScalingGroup(2, 4, "tg")).repairs())
        .containsExactly(new Repair.Decide("Find out why asg registers no instance."));
    assertThat(
            cause(empty().fleet(fleet -> fleet.withServices(Known.unknown("not read")))).repairs())
        .singleElement()
        .isInstanceOf(Repair.Decide.class);
  }

  @Test
  void whereNobodyDoesAPersonMay() {
    assertThat(cause(empty()).repairs()).containsExactly(new Repair.RegisterTargets("tg"));
    assertThat(cause(keptByScalingGroup(0, 4, "other")).repairs())
        .containsExactly(new Repair.RegisterTargets("tg"));
  }
}
