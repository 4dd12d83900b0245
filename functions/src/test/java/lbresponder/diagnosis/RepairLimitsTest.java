package lbresponder.diagnosis;

import static lbresponder.testing.SituationFleet.scalingGroup;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Repair;
import lbresponder.facts.Service;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.network.Repairs;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationWiring;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairLimitsTest {
  private static boolean holds(Repair repair, Facts facts) {
    return RepairLimits.hold(List.of(repair), facts);
  }

  private static Facts facts() {
    return new Situation().facts();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 80, 80, true",
    "32766, 0, 65535, true",
    "0, 80, 80, false",
    "32767, 80, 80, false",
    "1, 81, 80, false",
    "1, -1, 80, false",
    "1, 80, 65536, false"
  })
  void entries(int number, int from, int to, boolean holds) {
    assertThat(holds(new Repair.AllowEntry("acl", number, true, "10.0.0.0/8", from, to), facts()))
        .isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "999, true", "0, false", "1000, false", "-1, false"})
  void weights(int weight, boolean holds) {
    assertThat(
            holds(
                new Repair.Forward("l", null, List.of(new WeightedTargetGroup("tg", weight))),
                facts()))
        .isEqualTo(holds);
  }

  /// Of a group that wants 4 and may have 8.
  @ParameterizedTest
  @CsvSource({
    "5,, true",
    "8,, true",
    "4,, false",
    "3,, false",
    "9,, false",
    "9, 9, true",
    "5, 6, false",
    "9, 8, false"
  })
  void capacity(int instances, @Nullable Integer maximum, boolean holds) {
    Facts facts =
        new Situation()
            .fleet(fleet -> fleet.withScalingGroups(Known.of(List.of(scalingGroup(3, 4, 8)))))
            .facts();
    assertThat(holds(new Repair.SetCapacity("asg", instances, maximum), facts)).isEqualTo(holds);
    assertThat(holds(new Repair.SetCapacity("unread", instances, maximum), facts)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"3, true", "2, false", "1, false"})
  void tasks(int tasks, boolean holds) {
    Service service =
        new Service("1", "web", "main", 2, 2, 0, 0, List.of(), List.of(), Known.of(List.of()));
    Facts facts =
        new Situation().fleet(fleet -> fleet.withServices(Known.of(List.of(service)))).facts();
    assertThat(holds(new Repair.SetTasks("main", "web", tasks), facts)).isEqualTo(holds);
    assertThat(holds(new Repair.SetTasks("main", "other", tasks), facts)).isFalse();
  }

  @Test
  void oneObjectIsNotWantedInTwoWays() {
    Repair start = new Repair.StartInstances(List.of("i-1", "i-2"));
    Repair leave = new Repair.Deregister("tg", List.of(SituationWiring.target("i-2")));
    Repair one = new Repair.AllowEntry("acl", 1, true, "10.0.0.0/8", 80, 80);
    Repair two = new Repair.AllowEntry("acl", 1, true, "10.0.0.0/8", 81, 81);
    Repair blue = new Repair.Forward("l", null, List.of(new WeightedTargetGroup("blue", 1)));
    Repair green = new Repair.Forward("l", null, List.of(new WeightedTargetGroup("green", 1)));
    Repair byRule = new Repair.Forward("l", "r", List.of(new WeightedTargetGroup("green", 1)));
    assertThat(RepairLimits.contradict(List.of(start, leave))).isTrue();
    assertThat(RepairLimits.contradict(List.of(one, two))).isTrue();
    assertThat(RepairLimits.contradict(List.of(blue, green))).isTrue();
    assertThat(RepairLimits.contradict(List.of(blue, byRule, start, one))).isFalse();
    assertThat(RepairLimits.contradict(List.of(start, start, one, one))).isFalse();
    assertThat(
            RepairLimits.contradict(
                List.of(
                    new Repair.SendProxyHeader("tg", true),
                    new Repair.SendProxyHeader("tg", false))))
        .isTrue();
  }

  private static boolean harms(Situation situation, String... leaving) {
    Facts before = situation.facts();
    List<Target> gone =
        before.targetGroups().getFirst().targets().orElse(List.of()).stream()
            .filter(target -> List.of(leaving).contains(target.id()))
            .toList();
    Repair repair = new Repair.Deregister("tg", gone);
    return RepairLimits.harmsTargets(before, Repairs.apply(before, repair).orElse(before));
  }

  @Test
  void whatServesStaysAndNoGroupIsEmptied() {
    assertThat(harms(new Situation().failing(Reason.TIMED_OUT, "i-1"), "i-1")).isFalse();
    assertThat(harms(new Situation().failing(Reason.TIMED_OUT, "i-1"), "i-1", "i-2")).isTrue();
    Situation last =
        new Situation().targets(SituationWiring.target("i-1")).failing(Reason.TIMED_OUT, "i-1");
    assertThat(harms(last, "i-1")).isTrue();
  }
}
