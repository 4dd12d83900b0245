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
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
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
        row(POSSIBLE, "one no longer exists, since nobody knows when", s -> forgotten(s, "i-1"))
            .saying("i-1 is registered, and no such instance exists any more"),
        row(
            PROVEN,
            "one no longer exists, and its checks would have failed before",
            s -> forgotten(s.countingItsOwnChecks(), "i-1")),
        row(
            POSSIBLE,
            "one no longer exists, and checks failed before too",
            s ->
                forgotten(s.countingItsOwnChecks(), "i-1")
                    .load(load -> load.steady(Measure.CONNECTION_ERRORS, null, 1))),
        row(PROVEN, "none exists any more", s -> forgotten(s, "i-1", "i-2", "i-3")),
        row(PROVEN, "somebody asks, and one no longer exists", s -> forgotten(s.asked(), "i-1")),
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

  @Test
  void whenItWentDownIsTold() {
    Situation impaired =
        withStatus("i-1", -600)
            .failing(Reason.TIMED_OUT, "i-1")
            .machine("i-1", state(Instance.State.RUNNING, null));
    assertThat(cause(impaired, new InstanceImpaired()).since()).isEqualTo(minute(-600));
    Situation stopped = down(new Situation(), "i-1").machine("i-1", stopped(-600));
    assertThat(cause(stopped, new TargetStopped()).since()).isEqualTo(minute(-600));
    stopped.machine("i-1", state(Instance.State.STOPPED, null));
    assertThat(cause(stopped, new TargetStopped()).since()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"-600, i-2", "-10.1, i-2", "-10, i-1 i-2"})
  void thoseThatWentDownLastAreInQuestion(double first, String about) {
    Situation situation =
        down(new Situation(), "i-1", "i-2")
            .machine("i-1", stopped(first))
            .machine("i-2", stopped(5));
    Verdict.Cause cause = cause(situation, new TargetStopped());
    assertThat(cause.targets())
        .extracting(RegisteredTarget::id)
        .containsExactly(about.split(" ", -1));
    assertThat(cause.because().getLast().startsWith("long before: i-1"))
        .isNotEqualTo(about.length() > 3);
    assertThat(cause.since()).isEqualTo(minute(5));
  }

  /// The machine stopped in minute 0.
  @ParameterizedTest
  @CsvSource({"2, true", "3, false"})
  void aMachineRefusesOnlyWhileItShutsDown(int errors, boolean refuses) {
    Situation situation =
        down(new Situation(), "i-1")
            .machine("i-1", stopped(0))
            .load(load -> load.errorsFrom(errors));
    assertThat(symptoms(situation, new TargetStopped()).contains(Symptom.REFUSED))
        .isEqualTo(refuses);
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

  private static Situation forgotten(Situation situation, String... ids) {
    return situation
        .failing(Reason.NOT_REGISTERED, ids)
        .fleet(
            fleet ->
                fleet.withInstances(
                    fleet
                        .instances()
                        .map(
                            all ->
                                all.stream()
                                    .filter(one -> !List.of(ids).contains(one.id()))
                                    .toList())));
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
