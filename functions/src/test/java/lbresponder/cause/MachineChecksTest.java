package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationFleet.state;
import static lbresponder.testing.SituationFleet.stopped;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which machines are down or impaired is in `MachinesTest`. The incident begins in minute 0.
class MachineChecksTest {
  @ParameterizedTest
  @MethodSource
  void targetStopped(SituationRow row) {
    row.holdsFor(new TargetStopped());
  }

  static List<SituationRow> targetStopped() {
    return List.of(
        row(RULED_OUT, "all run", s -> s).saying("no registered target is stopped or terminated"),
        row(PROVEN, "one stopped", s -> down(s, "i-1")).saying("i-1 is stopped\n[i-1:8080]"),
        row(
            PROVEN,
            "one stopped, and another fails",
            s -> down(s, "i-1").failing(Reason.TIMED_OUT, "i-2")),
        row(
                PROVEN,
                "two stopped, one of them on two ports",
                s ->
                    down(
                        s.targets(target("i-1"), target("i-1").withPort(81), target("i-2")),
                        "i-1",
                        "i-2"))
            .saying("i-1\ni-1 is stopped\ni-2 is stopped\n[i-1:8080, i-1:81, i-2:8080]"),
        row(
            LIKELY,
            "so, and when it stopped is not known",
            s ->
                down(s, "i-1")
                    .machine("i-1", state(Instance.State.STOPPED, null))
                    .failing(Reason.TIMED_OUT, "i-2")),
        row(
            PROVEN,
            "when it stopped is not known, and no other fails",
            s -> down(s, "i-1").machine("i-1", state(Instance.State.STOPPED, null))),
        row(
            LIKELY,
            "two stopped, of one it is not known when, and a third fails",
            s ->
                down(s, "i-1", "i-2")
                    .machine("i-2", state(Instance.State.STOPPED, null))
                    .failing(Reason.TIMED_OUT, "i-3")),
        row(
            POSSIBLE,
            "one stopped, and its health is not known",
            s -> down(s, "i-1").healthUnread("i-1")),
        row(
            POSSIBLE,
            "two stopped, and the health of one is not known",
            s -> down(s, "i-1", "i-2").healthUnread("i-1")),
        row(
            PROVEN,
            "it has no health",
            s ->
                down(s, "i-1")
                    .target("i-1", target -> target.withHealth(Known.none(Situation.NONE)))),
        row(
                PROVEN,
                "one no longer exists",
                s ->
                    s.failing(Reason.NOT_REGISTERED, "i-1")
                        .fleet(fleet -> fleet.withInstances(Known.of(List.of()))))
            .saying("i-1 is registered, and no such instance exists any more"),
        row(
                PROVEN,
                "the load balancer says so, and machines could not be read",
                s ->
                    s.failing(Reason.NOT_RUNNING, "i-1")
                        .fleet(fleet -> fleet.withInstances(Known.unknown(UNREAD))))
            .saying("i-1:8080: the load balancer says unused (NOT_RUNNING)"),
        row(
                PROVEN,
                "the provider says why",
                s -> down(s, "i-1").machine("i-1", because("User initiated")))
            .saying("i-1 is terminated: User initiated"),
        row(
                UNKNOWN,
                "a target fails, and machines could not be read",
                s ->
                    s.failing(Reason.TIMED_OUT, "i-1")
                        .fleet(fleet -> fleet.withInstances(Known.unknown(UNREAD))))
            .saying(UNREAD));
  }

  private static UnaryOperator<Instance> because(String reason) {
    return machine ->
        new Instance(
            machine.id(),
            Instance.State.TERMINATED,
            reason,
            minute(1),
            null,
            "",
            "",
            "",
            null,
            List.of());
  }

  private static Situation down(Situation situation, String... ids) {
    for (String id : ids) {
      situation.machine(id, stopped(1));
    }
    return situation.failing(Reason.NOT_RUNNING, ids);
  }

  static Verdict.Cause cause(Situation situation, Check check) {
    return (Verdict.Cause) situation.examine(check);
  }

  static Set<Symptom> symptoms(Situation situation, Check check) {
    return Objects.requireNonNull(cause(situation, check).symptoms());
  }

  /// When the machine stopped or was found impaired; the incident began in minute 0, and the alarm
  /// changed in minute 10.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # since minute | alarm | counts its own checks | metrics read | looks like something
          -15            | true  | false                 | true         | true
          -15.1          | true  | false                 | true         | false
          -600           | true  | false                 | true         | false
          -600           | false | false                 | true         | true
          -600           | true  | true                  | true         | true
          -5             | true  | false                 | false        | true
          -5.1           | true  | false                 | false        | false
          """)
  void whatWasDownLongBeforeHadItsEffectThen(
      double since, boolean alarm, boolean countsOwn, boolean metrics, boolean looksLikeSomething) {
    Situation situation =
        withStatus("i-1", since)
            .failing(Reason.TIMED_OUT, "i-1")
            .machine("i-1", state(Instance.State.RUNNING, null));
    assertThat(symptoms(so(situation, alarm, countsOwn, metrics), new InstanceImpaired()).isEmpty())
        .isNotEqualTo(looksLikeSomething);
    Situation stopped = down(new Situation(), "i-1").machine("i-1", stopped(since));
    assertThat(symptoms(so(stopped, alarm, countsOwn, metrics), new TargetStopped()).isEmpty())
        .isNotEqualTo(looksLikeSomething);
  }

  private static Situation so(
      Situation situation, boolean alarm, boolean countsOwn, boolean metrics) {
    if (!alarm) {
      situation.asked();
    }
    if (countsOwn) {
      situation.countingItsOwnChecks();
    }
    return metrics ? situation : situation.load(load -> load.unread());
  }

  @Test
  void oneOfSeveralThatStoppedLatelyIsEnough() {
    Situation situation = down(new Situation(), "i-1", "i-2").machine("i-1", stopped(-600));
    assertThat(symptoms(situation, new TargetStopped())).isNotEmpty();
    assertThat(symptoms(situation.machine("i-2", stopped(-600)), new TargetStopped())).isEmpty();
    situation.machine("i-2", state(Instance.State.STOPPED, null));
    assertThat(symptoms(situation, new TargetStopped())).isNotEmpty();
  }

  @Test
  void requestsFindNoTargetOnlyWhereNoneIsLeft() {
    Set<Symptom> all = new TargetStopped().symptoms();
    Set<Symptom> others = EnumSet.copyOf(all);
    others.removeAll(Set.of(Symptom.NO_TARGET, Symptom.OVERFLOW));
    assertThat(symptoms(down(new Situation(), "i-1"), new TargetStopped())).isEqualTo(others);
    assertThat(symptoms(down(new Situation(), "i-1", "i-2", "i-3"), new TargetStopped()))
        .isEqualTo(all);
    assertThat(
            symptoms(withStatus("i-1", 1).failing(Reason.TIMED_OUT, "i-1"), new InstanceImpaired()))
        .isEqualTo(others);
    assertThat(
            symptoms(
                withStatus("i-1", 1)
                    .targets(SituationWiring.target("i-1"))
                    .failing(Reason.TIMED_OUT, "i-1"),
                new InstanceImpaired()))
        .isEqualTo(all);
  }

  @Test
  void whatIsStoppedIsStartedAndWhatIsGoneIsTakenOut() {
    Situation situation =
        down(new Situation(), "i-1", "i-2", "i-3")
            .machine("i-2", state(Instance.State.STOPPING, null))
            .machine("i-3", state(Instance.State.TERMINATED, null));
    Verdict.Cause cause = cause(situation, new TargetStopped());
    assertThat(cause.repairs())
        .containsExactly(
            new Repair.Decide(
                "Ask who stopped i-1, i-2 and why: what was stopped on purpose may be in"
                    + " quarantine. Then start it, or deregister it and register what runs."),
            new Repair.Deregister("tg", List.of(cause.targets().getLast().target())));
    Situation gone =
        down(new Situation(), "i-1").machine("i-1", state(Instance.State.SHUTTING_DOWN, null));
    assertThat(cause(gone, new TargetStopped()).repairs())
        .hasSize(1)
        .first()
        .isInstanceOf(Repair.Deregister.class);
  }

  private static Situation withStatus(String id, double since) {
    return checks(
        new Situation(),
        new StatusCheck(id, Subject.HOST, StatusCheck.State.IMPAIRED, minute(since)));
  }

  static Situation checks(Situation situation, StatusCheck... checks) {
    return situation.fleet(fleet -> fleet.withStatusChecks(Known.of(List.of(checks))));
  }

  static StatusCheck impaired(String id, Subject of) {
    return SituationFleet.statusCheck(id, of, StatusCheck.State.IMPAIRED);
  }
}
