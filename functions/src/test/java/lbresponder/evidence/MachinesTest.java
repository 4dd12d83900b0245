package lbresponder.evidence;

import static lbresponder.testing.Situation.NONE;
import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MachinesTest {
  private static Machines in(Situation situation) {
    return Case.of(situation.facts()).machines();
  }

  private static Known<List<String>> down(Situation situation) {
    return ids(in(situation).down());
  }

  private static Known<List<String>> impaired(Situation situation) {
    return ids(in(situation).impaired());
  }

  private static Known<List<String>> ids(Known<List<RegisteredTarget>> targets) {
    return targets.map(all -> all.stream().map(RegisteredTarget::id).toList());
  }

  private static Situation statusChecks(Situation situation, StatusCheck... checks) {
    return situation.fleet(fleet -> fleet.withStatusChecks(Known.of(List.of(checks))));
  }

  private static Situation machinesUnread(Situation situation) {
    return situation.fleet(fleet -> fleet.withInstances(Known.unknown(UNREAD)));
  }

  private static Situation machineGone(Situation situation) {
    return situation.fleet(
        fleet ->
            fleet.withInstances(
                fleet
                    .instances()
                    .map(
                        all ->
                            all.stream().filter(machine -> !machine.id().equals("i-1")).toList())));
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, false",
    "RUNNING, false",
    "STOPPING, true",
    "STOPPED, true",
    "SHUTTING_DOWN, true",
    "TERMINATED, true",
    "OTHER, false"
  })
  void aMachineIsDownByItsState(Instance.State state, boolean isDown) {
    Situation situation =
        new Situation()
            .failing(Reason.TIMED_OUT, "i-1")
            .machine("i-1", SituationFleet.state(state, null));
    assertThat(down(situation)).isEqualTo(Known.of(isDown ? List.of("i-1") : List.of()));
  }

  @Test
  void aTargetThatDrainsIsNotDownWhateverItsMachineDoes() {
    Situation situation =
        new Situation()
            .inState(TargetHealth.State.DRAINING, "i-1")
            .machine("i-1", SituationFleet.stopped(1));
    assertThat(down(situation)).isEqualTo(Known.of(List.of()));
  }

  @Test
  void theLoadBalancerMaySayItself() {
    Situation situation = machinesUnread(new Situation()).failing(Reason.NOT_RUNNING, "i-1");
    assertThat(down(situation)).isEqualTo(Known.of(List.of("i-1")));
    situation.groups(group -> group.withTargetType(TargetType.ADDRESS));
    assertThat(down(situation)).isEqualTo(Known.of(List.of("i-1")));
  }

  @Test
  void onlyMachinesCanBeDown() {
    Situation situation =
        machineGone(new Situation())
            .failing(Reason.NOT_REGISTERED, "i-1")
            .machine("i-2", SituationFleet.stopped(1))
            .failing(Reason.TIMED_OUT, "i-2");
    assertThat(down(situation)).isEqualTo(Known.of(List.of("i-1", "i-2")));
    situation.groups(group -> group.withTargetType(TargetType.ADDRESS));
    assertThat(down(situation)).isEqualTo(Known.of(List.of()));
  }

  /// A machine that is not listed may be one that a managed service hides.
  @ParameterizedTest
  @CsvSource({
    "HEALTHY, false",
    "UNHEALTHY, false",
    "UNHEALTHY_DRAINING, false",
    "INITIAL, false",
    "DRAINING, false",
    "UNUSED, true",
    "UNAVAILABLE, true"
  })
  void aMachineThatIsNotListedIsDownWhereNothingIsSaidOfIt(
      TargetHealth.State state, boolean isDown) {
    Situation situation = machineGone(new Situation()).inState(state, "i-1");
    assertThat(down(situation)).isEqualTo(Known.of(isDown ? List.of("i-1") : List.of()));
  }

  @Test
  void aMachineThatIsNotListedAndHasNoHealthIsDown() {
    Situation situation =
        machineGone(new Situation()).target("i-1", target -> target.withHealth(Known.none(NONE)));
    assertThat(down(situation)).isEqualTo(Known.of(List.of("i-1")));
    assertThat(down(situation.healthUnread("i-1"))).isEqualTo(Known.of(List.of()));
  }

  @Test
  void machinesThatWereNotReadAreMissingOnlyWhereOneCouldBeDown() {
    assertThat(down(machinesUnread(new Situation()))).isEqualTo(Known.of(List.of()));
    assertThat(down(machinesUnread(new Situation()).answering(503, "i-1")))
        .isEqualTo(Known.of(List.of()));
    assertThat(down(machinesUnread(new Situation()).failing(Reason.TIMED_OUT, "i-1")))
        .isEqualTo(Known.unknown(UNREAD));
    assertThat(down(machinesUnread(new Situation()).healthUnread("i-1")))
        .isEqualTo(Known.unknown(UNREAD));
    assertThat(
            down(
                machinesUnread(new Situation())
                    .failing(Reason.TIMED_OUT, "i-1")
                    .groups(group -> group.withTargetType(TargetType.ADDRESS))))
        .isEqualTo(Known.of(List.of()));
  }

  @Test
  void targetsThatWereNotReadAreMissingUnlessSomeAreDown() {
    Situation situation =
        new Situation()
            .group(SituationWiring.group("other").withTargets(Known.unknown("others not read")));
    assertThat(down(situation)).isEqualTo(Known.unknown("others not read"));
    assertThat(impaired(situation)).isEqualTo(Known.unknown("others not read"));
    situation.failing(Reason.NOT_RUNNING, "i-1");
    assertThat(down(situation)).isEqualTo(Known.of(List.of("i-1")));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void onlyMachinesThatFailWithoutAnAnswerAreImpaired(Reason reason) {
    Situation situation = new Situation().failing(reason, "i-1");
    statusChecks(
        situation, SituationFleet.statusCheck("i-1", Subject.HOST, StatusCheck.State.IMPAIRED));
    boolean unanswered =
        SituationWiring.failing(reason).state() == TargetHealth.State.UNHEALTHY
            && reason != Reason.UNEXPECTED_STATUS;
    assertThat(impaired(situation)).isEqualTo(Known.of(unanswered ? List.of("i-1") : List.of()));
    situation.groups(group -> group.withTargetType(TargetType.ADDRESS));
    assertThat(impaired(situation)).isEqualTo(Known.of(List.of()));
  }

  @Test
  void whatIsNotKnownToBeWellMayBeImpaired() {
    StatusCheck well = SituationFleet.statusCheck("i-1", Subject.HOST, StatusCheck.State.OK);
    StatusCheck untold =
        SituationFleet.statusCheck("i-1", Subject.HOST, StatusCheck.State.NOT_TOLD);
    assertThat(impaired(new Situation())).isEqualTo(Known.of(List.of()));
    Situation situation = new Situation().failing(Reason.TIMED_OUT, "i-1");
    assertThat(impaired(situation)).isEqualTo(Known.unknown("the status checks of i-1"));
    Situation twice = new Situation().targets(target("i-1"), target("i-1").withPort(81));
    assertThat(impaired(twice.failing(Reason.TIMED_OUT, "i-1")))
        .isEqualTo(Known.unknown("the status checks of i-1"));
    assertThat(impaired(statusChecks(situation, untold)))
        .isEqualTo(Known.unknown("the status checks of i-1"));
    assertThat(impaired(statusChecks(situation, well))).isEqualTo(Known.of(List.of()));
    assertThat(impaired(situation.healthUnread("i-2")))
        .isEqualTo(Known.unknown("the status checks of i-2"));
    assertThat(impaired(machinesUnread(situation)))
        .isEqualTo(Known.unknown("the status checks of i-2"));
    situation.fleet(fleet -> fleet.withStatusChecks(Known.unknown("checks not read")));
    assertThat(impaired(situation)).isEqualTo(Known.unknown("checks not read"));
  }

  @Test
  void aMachineThatDoesNotRunHasNoStatusChecks() {
    Situation situation = new Situation().failing(Reason.TIMED_OUT, "i-1");
    situation.machine("i-1", SituationFleet.stopped(1));
    assertThat(impaired(situation)).isEqualTo(Known.of(List.of()));
    assertThat(impaired(machineGone(new Situation()).failing(Reason.TIMED_OUT, "i-1")))
        .isEqualTo(Known.of(List.of()));
  }
}
