package lbresponder.cause;

import static lbresponder.testing.Situation.NONE;
import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationFleet.activity;
import static lbresponder.testing.SituationFleet.keptBy;
import static lbresponder.testing.SituationFleet.scalingGroup;
import static lbresponder.testing.SituationFleet.service;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Fleet;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.ScalingGroup.Activity;
import lbresponder.facts.ScalingGroup.Kind;
import lbresponder.facts.ScalingGroup.Outcome;
import lbresponder.facts.Service;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationLoad;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Which numbers make an overload is in `OverloadTest`.
class CapacityChecksTest {
  private static final Activity FAILED = activity(14, Kind.LAUNCH, Outcome.FAILED);

  @ParameterizedTest
  @MethodSource
  void targetOverloaded(SituationRow row) {
    row.holdsFor(new TargetOverloaded());
  }

  static List<SituationRow> targetOverloaded() {
    return List.of(
        row(NOT_APPLICABLE, "this kind keeps no metrics", s -> s.load(SituationLoad::none)),
        row(RULED_OUT, "demand is as usual", s -> s)
            .saying("demand before the first error was 1 times the hour before"),
        row(LIKELY, "more came, and answers were slower", s -> s.load(SituationLoad::overloaded))
            .saying("demand before the first error was 1.5 times", "answered 1.5 times slower"),
        row(POSSIBLE, "more came", s -> s.load(SituationLoad::busier)),
        row(UNKNOWN, "metrics could not be read", s -> s.load(SituationLoad::unread))
            .saying(UNREAD),
        row(
            UNKNOWN,
            "somewhat more came",
            s -> s.load(load -> load.during(Measure.REQUESTS, null, 130))));
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "3, 4", "4, 6", "5, 7", "10, 15"})
  void halfAsMuchAgainIsOffered(int now, int more) {
    Service running = service(3, 0);
    Service service =
        new Service(
            "1",
            "app",
            "cluster",
            now,
            now,
            0,
            0,
            List.of("tg"),
            running.deployments(),
            Known.of(List.of()));
    assertThat(repairs(fleet -> fleet.withServices(Known.of(List.of(service)))))
        .containsExactly(new Repair.SetTasks("cluster", "app", more));
    List<Instance> machines = new ArrayList<>();
    for (int i = 0; i < now; i++) {
      machines.add(keptBy("asg").apply(SituationFleet.machine("i-" + i, "a", "", "")));
    }
    assertThat(repairs(fleet -> fleet.withInstances(Known.of(machines))))
        .singleElement()
        .isInstanceOf(Repair.Decide.class);
    assertThat(
            repairs(
                fleet ->
                    fleet
                        .withInstances(Known.of(machines))
                        .withScalingGroups(Known.of(List.of(scalingGroup(1, now, more - 1))))))
        .containsExactly(new Repair.SetCapacity("asg", more, more));
    assertThat(
            repairs(
                fleet ->
                    fleet
                        .withInstances(Known.of(machines))
                        .withScalingGroups(Known.of(List.of(scalingGroup(1, now, more))))))
        .containsExactly(new Repair.SetCapacity("asg", more, null));
  }

  private static List<Repair> repairs(UnaryOperator<Fleet> change) {
    return repairs(new Situation().fleet(change));
  }

  private static List<Repair> repairs(Situation situation) {
    Verdict verdict = situation.load(SituationLoad::overloaded).examine(new TargetOverloaded());
    return ((Verdict.Cause) verdict).repairs();
  }

  @Test
  void moreIsOfferedOnlyWhereOneGroupOrServiceKeepsThemAll() {
    assertThat(repairs(new Situation())).isEmpty();
    Situation some = new Situation().machine("i-1", keptBy("asg")).machine("i-2", keptBy("asg"));
    assertThat(repairs(some)).isEmpty();
    assertThat(repairs(some.machine("i-3", keptBy("other")))).isEmpty();
    assertThat(repairs(some.machine("i-3", keptBy("asg"))))
        .singleElement()
        .isInstanceOf(Repair.Decide.class);
    assertThat(
            repairs(fleet -> fleet.withServices(Known.of(List.of(service(3, 0), service(3, 0))))))
        .isEmpty();
    assertThat(
            repairs(
                new Situation()
                    .targets()
                    .fleet(fleet -> fleet.withServices(Known.of(List.of(service(3, 0)))))))
        .isEmpty();
    assertThat(
            repairs(
                some.fleet(
                    fleet ->
                        fleet.withScalingGroups(
                            Known.of(List.of(named("other", scalingGroup(3, 3, 3))))))))
        .singleElement()
        .isInstanceOf(Repair.Decide.class);
  }

  private static ScalingGroup named(String name, ScalingGroup group) {
    return new ScalingGroup(
        name,
        group.minimum(),
        group.desired(),
        group.maximum(),
        true,
        0,
        true,
        group.instances(),
        group.activities());
  }

  @ParameterizedTest
  @MethodSource
  void capacityAtMaximum(SituationRow row) {
    row.holdsFor(new CapacityAtMaximum());
  }

  static List<SituationRow> capacityAtMaximum() {
    return List.of(
        row(RULED_OUT, "no group keeps the targets", s -> s)
            .saying("no scaling group keeps the targets"),
        row(RULED_OUT, "it has room, and is overloaded", s -> overloaded(with(s, 3, 3, 4)))
            .saying("every scaling group has room to grow, and no launch failed lately"),
        row(RULED_OUT, "it is at its maximum, and demand is as usual", s -> with(s, 3, 3, 3))
            .saying("a scaling group is at its maximum, and nothing shows that it should be"),
        row(LIKELY, "it is at its maximum, and overloaded", s -> overloaded(with(s, 3, 3, 3)))
            .saying("asg wants 3 instances, and 3 is its maximum\ndemand before the first error"),
        row(POSSIBLE, "it is at its maximum, and more came", s -> busier(with(s, 3, 3, 3))),
        row(LIKELY, "it wants more than its maximum", s -> overloaded(with(s, 3, 4, 3))),
        row(
                POSSIBLE,
                "an instance is missing, the latest launch failed",
                s -> with(s, 2, 3, 5, FAILED))
            .saying(
                "the latest launch of asg failed at 2026-01-01T12:14:00Z: a message",
                "asg has 2 of the 3 instances it wants"),
        row(LIKELY, "so, and it is overloaded", s -> overloaded(with(s, 2, 3, 5, FAILED))),
        row(LIKELY, "so, and more came", s -> busier(with(s, 2, 3, 5, FAILED))),
        row(
            LIKELY,
            "so, and no target takes traffic",
            s -> with(s, 2, 3, 5, FAILED).failing(Reason.REFUSED, "i-1", "i-2", "i-3")),
        row(
            POSSIBLE,
            "so, and one target takes traffic",
            s -> with(s, 2, 3, 5, FAILED).failing(Reason.REFUSED, "i-1", "i-2")),
        row(
            POSSIBLE,
            "so, and of one target health is not known",
            s ->
                with(s, 2, 3, 5, FAILED).failing(Reason.REFUSED, "i-1", "i-2").healthUnread("i-3")),
        row(
            RULED_OUT,
            "the latest launch failed, and none is missing",
            s -> with(s, 3, 3, 5, FAILED)),
        row(
            LIKELY,
            "the latest launch failed, none is missing, at its maximum and overloaded",
            s -> overloaded(with(s, 3, 3, 3, FAILED))),
        row(
            POSSIBLE,
            "a launch failed 59 minutes ago",
            s -> with(s, 2, 3, 5, activity(-44, Kind.LAUNCH, Outcome.FAILED))),
        row(
            RULED_OUT,
            "a launch failed an hour ago",
            s -> with(s, 2, 3, 5, activity(-45, Kind.LAUNCH, Outcome.FAILED))),
        row(
            RULED_OUT,
            "a launch failed, and a later one did not",
            s -> with(s, 2, 3, 5, activity(14, Kind.LAUNCH, Outcome.SUCCESSFUL), FAILED)),
        row(
            RULED_OUT,
            "the latest launch was cancelled",
            s -> with(s, 2, 3, 5, activity(14, Kind.LAUNCH, Outcome.CANCELLED), FAILED)),
        row(
            POSSIBLE,
            "a launch failed, and another is under way",
            s -> with(s, 2, 3, 5, activity(14, Kind.LAUNCH, Outcome.IN_PROGRESS), FAILED)),
        row(
            RULED_OUT,
            "a termination failed",
            s -> with(s, 2, 3, 5, activity(14, Kind.TERMINATION, Outcome.FAILED))),
        row(
                POSSIBLE,
                "launching is suspended, and an instance is missing",
                s -> groups(s, SituationFleet.suspended(scalingGroup(2, 3, 5))))
            .saying("launching is suspended for asg"),
        row(
            RULED_OUT,
            "launching is suspended, and none is missing",
            s -> groups(s, SituationFleet.suspended(scalingGroup(3, 3, 5)))),
        row(
                UNKNOWN,
                "groups could not be read",
                s -> s.fleet(fleet -> fleet.withScalingGroups(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(UNKNOWN, "what the group did could not be read", s -> groups(s, withoutActivities())),
        row(
                NOT_APPLICABLE,
                "there are no scaling groups",
                s -> s.fleet(fleet -> fleet.withScalingGroups(Known.none(NONE))))
            .saying(NONE));
  }

  private static ScalingGroup withoutActivities() {
    ScalingGroup group = scalingGroup(3, 3, 5);
    return new ScalingGroup(
        "asg", 1, 3, 5, true, 0, true, group.instances(), Known.unknown(UNREAD));
  }

  private static Situation groups(Situation situation, ScalingGroup... groups) {
    return situation.fleet(fleet -> fleet.withScalingGroups(Known.of(List.of(groups))));
  }

  private static Situation with(
      Situation situation, int instances, int desired, int maximum, Activity... activities) {
    return groups(situation, scalingGroup(instances, desired, maximum, activities));
  }

  private static Situation overloaded(Situation situation) {
    return situation.load(SituationLoad::overloaded);
  }

  private static Situation busier(Situation situation) {
    return situation.load(SituationLoad::busier);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "2, 3", "3, 4", "4, 6", "5, 7"})
  void aRaisedMaximumIsOffered(int desired, int more) {
    Verdict verdict =
        overloaded(with(new Situation(), 0, desired, desired)).examine(new CapacityAtMaximum());
    assertThat(((Verdict.Cause) verdict).repairs())
        .containsExactly(new Repair.SetCapacity("asg", more, more));
  }

  @Test
  void oneGroupWithRoomDoesNotMakeUpForOneWithout() {
    Situation situation = groups(new Situation(), scalingGroup(3, 3, 5), scalingGroup(3, 3, 3));
    assertThat(situation.examine(new CapacityAtMaximum()))
        .isEqualTo(
            new Verdict.RuledOut(
                "a scaling group is at its maximum, and nothing shows that it should be larger"));
  }
}
