package lbresponder.evidence;

import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaseTest {
  private static final Measure ERRORS = Measure.CONNECTION_ERRORS;

  private static Case of(Situation situation) {
    return Case.of(situation.facts());
  }

  private static Situation twoGroups() {
    return new Situation().group(group("other", target("i-9")));
  }

  private static List<String> groups(Case current) {
    return current.facts().targetGroups().stream().map(TargetGroup::id).toList();
  }

  @Test
  void anAlarmOnOneTargetGroupSaysNothingOfTheOthers() {
    Case current = of(twoGroups().alarmOn("other", null, ERRORS));
    assertThat(groups(current)).containsExactly("other");
    assertThat(current.beyond().map(CaseTest::groups)).contains(List.of("tg"));
    assertThat(current.beyond().flatMap(Case::beyond)).isEmpty();
  }

  @Test
  void anAlarmOnEverythingIsNoLimit() {
    Situation situation = twoGroups().alarmOn("other", "a", ERRORS);
    assertThat(of(situation).scope()).isEqualTo(new AlarmScope(Set.of("other"), Set.of("a")));
    situation.alsoAlarmOn("tg", "b", ERRORS);
    assertThat(of(situation).scope())
        .isEqualTo(new AlarmScope(Set.of("other", "tg"), Set.of("a", "b")));
    assertThat(of(situation).beyond()).isEmpty();
    situation.alsoAlarmOn(null, "b", ERRORS);
    assertThat(of(situation).scope()).isEqualTo(new AlarmScope(Set.of(), Set.of("a", "b")));
    assertThat(groups(of(situation))).containsExactly("tg", "other");
    assertThat(of(situation.asked()).scope()).isEqualTo(new AlarmScope(Set.of(), Set.of()));
  }

  @Test
  void itBeganWithTheIncidentsFirstDatapointElseWithTheAlarm() {
    assertThat(of(new Situation()).began()).isEqualTo(minute(0));
    assertThat(of(new Situation().load(load -> load.unread())).began()).isEqualTo(minute(10));
  }

  @Test
  void whoAsksHasNoAlarm() {
    assertThat(of(new Situation()).hasAlarm()).isTrue();
    assertThat(of(new Situation().asked()).hasAlarm()).isFalse();
  }

  @Test
  void eachThingIsComputedOnce() {
    Case current = of(twoGroups().alarmOn("tg", null, ERRORS));
    for (int i = 0; i < 2; i++) {
      current.targets();
      current.probes();
      current.paths();
      current.overload();
    }
    assertThat(current.computed())
        .containsEntry("targets", 1)
        .containsEntry("paths", 1)
        .doesNotContainKey("routing");
    current.beyond().orElseThrow().targets();
    assertThat(current.computed()).containsEntry("targets beyond the alarm", 1);
    assertThat(current.computed().values()).containsOnly(1);
  }

  @Test
  void changedFactsAreAnotherCase() {
    Case current = of(new Situation());
    current.targets();
    Case changed = current.on(new Situation().failing(Reason.TIMED_OUT, "i-1").facts());
    assertThat(changed.targets().failing()).hasSize(1);
    assertThat(current.targets().failing()).isEmpty();
  }

  @Test
  void whatKeepsTargetsOutOfSightIsSaidOnce() {
    Situation situation =
        new Situation()
            .group(group("other").withTargets(Known.unknown("others not read")))
            .group(group("third").withTargets(Known.unknown("others not read")))
            .failing(Reason.TIMED_OUT, "i-2");
    Targets targets = of(situation).targets();
    assertThat(targets.all()).hasSize(3);
    assertThat(targets.failing()).extracting(RegisteredTarget::id).containsExactly("i-2");
    assertThat(targets.missing()).containsExactly("others not read");
    assertThat(targets.areAllKnown()).isFalse();
    assertThat(targets.of(Set.of("tg"))).hasSize(3);
    assertThat(targets.of(Set.of("other"))).isEmpty();
  }

  @Test
  void allAreKnownWhereTheirHealthIs() {
    assertThat(of(new Situation()).targets().areAllKnown()).isTrue();
    assertThat(of(new Situation().healthUnread("i-2")).targets().areAllKnown()).isFalse();
    Situation unread =
        new Situation().wiring(wiring -> wiring.withTargetGroups(Known.unknown("not read")));
    assertThat(of(unread).targets().missing()).containsExactly("not read");
    Situation none = new Situation().wiring(wiring -> wiring.withTargetGroups(Known.none("none")));
    assertThat(of(none).targets().areAllKnown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "HEALTHY, true, false",
    "UNHEALTHY, false, true",
    "INITIAL, false, false",
    "UNUSED, false, true",
    "DRAINING, false, false",
    "UNHEALTHY_DRAINING, false, true",
    "UNAVAILABLE, false, false"
  })
  void aTargetTakesTrafficOrFailsByItsState(State state, boolean takesTraffic, boolean fails) {
    RegisteredTarget target = of(new Situation().inState(state, "i-1")).targets().all().getFirst();
    assertThat(target.isIn(state)).isTrue();
    assertThat(target.takesTraffic()).isEqualTo(takesTraffic);
    assertThat(target.fails()).isEqualTo(fails);
  }

  @Test
  void aTargetOfUnknownHealthDoesNothingThatIsKnown() {
    RegisteredTarget target = of(new Situation().healthUnread("i-1")).targets().all().getFirst();
    assertThat(target.isIn(State.HEALTHY)).isFalse();
    assertThat(target.takesTraffic()).isFalse();
    assertThat(target.fails()).isFalse();
    assertThat(target.hasReason(Reason.TIMED_OUT)).isFalse();
    assertThat(target.unexpectedStatuses()).isEmpty();
  }

  @Test
  void statusesAreThoseOfUnexpectedAnswers() {
    Situation situation =
        new Situation()
            .health("i-1", SituationWiring.answering(500, 404))
            .failing(Reason.TIMED_OUT, "i-2");
    List<RegisteredTarget> all = of(situation).targets().all();
    assertThat(all.get(0).unexpectedStatuses()).containsExactly(500, 404);
    assertThat(all.get(0).hasReason(Reason.UNEXPECTED_STATUS)).isTrue();
    assertThat(all.get(1).unexpectedStatuses()).isEmpty();
  }

  @Test
  void twoTargetsAreTheSameByGroupIdAndPort() {
    RegisteredTarget one = new RegisteredTarget(group("tg"), target("i-1"));
    assertThat(one)
        .isEqualTo(
            new RegisteredTarget(
                group("tg").withTargetType(TargetType.ADDRESS),
                target("i-1").withHealth(Known.unknown(""))))
        .hasSameHashCodeAs(new RegisteredTarget(group("tg"), target("i-1")))
        .isNotEqualTo(new RegisteredTarget(group("other"), target("i-1")))
        .isNotEqualTo(new RegisteredTarget(group("tg"), target("i-2")))
        .isNotEqualTo(new RegisteredTarget(group("tg"), target("i-1").withPort(1)))
        .isNotEqualTo("i-1:8080");
  }
}
