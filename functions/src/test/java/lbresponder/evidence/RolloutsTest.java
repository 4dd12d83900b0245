package lbresponder.evidence;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationFleet.activity;
import static lbresponder.testing.SituationFleet.deployment;
import static lbresponder.testing.SituationFleet.scalingGroup;
import static lbresponder.testing.SituationFleet.service;
import static lbresponder.testing.SituationFleet.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.ScalingGroup.Activity;
import lbresponder.facts.ScalingGroup.Kind;
import lbresponder.facts.ScalingGroup.Outcome;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Ending;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutsTest {
  private static Rollouts in(Situation situation) {
    return Case.of(situation.facts()).rollouts();
  }

  private static Situation services(Service... services) {
    return new Situation().fleet(fleet -> fleet.withServices(Known.of(List.of(services))));
  }

  private static Situation scalingGroups(ScalingGroup... groups) {
    return new Situation().fleet(fleet -> fleet.withScalingGroups(Known.of(List.of(groups))));
  }

  /// Where no error is known the incident counts, which the alarm began in minute 10.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # first error | began in minute | deployments | rolling out | under way
          5             | -24             | 1           | true        | true
          5             | -24.9           | 1           | true        | true
          5             | -25             | 1           | true        | false
          5             | -26             | 1           | true        | false
          5             | 6               | 1           | true        | true
          5             | -24             | 1           | false       | false
          5             | -24             | 2           | false       | true
          5             | -25             | 2           | false       | false
          -1            | -19             | 1           | true        | true
          -1            | -20             | 1           | true        | false
          """)
  void aDeploymentIsUnderWayThatBeganWithinHalfAnHourBeforeTheTrouble(
      int firstError, double began, int deployments, boolean rollingOut, boolean underWay) {
    Service.Deployment recent = deployment("app:2", rollingOut, began);
    Service.Deployment old = deployment("app:1", false, -600);
    Situation situation =
        services(service(3, 0, deployments == 1 ? List.of(recent) : List.of(recent, old)));
    if (firstError >= 0) {
      situation.load(load -> load.errorsFrom(firstError));
    }
    assertThat(in(situation).underWay()).hasSize(underWay ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "TERMINATION, -24, true",
    "TERMINATION, -25, false",
    "LAUNCH, -24, false",
    "OTHER, -24, false"
  })
  void terminationsWithinHalfAnHourBeforeTheTroubleAreUnderWay(
      Kind kind, double minute, boolean underWay) {
    Situation situation =
        scalingGroups(scalingGroup(3, 3, 5, activity(minute, kind, Outcome.SUCCESSFUL)))
            .load(load -> load.errorsFrom(5));
    assertThat(in(situation).underWay()).hasSize(underWay ? 1 : 0);
  }

  @Test
  void whatIsUnderWayIsSaid() {
    assertThat(in(services(service(3, 0, List.of(deployment("app:2", true, 0))))).underWay())
        .containsExactly("app rolls out app:2 since 2026-01-01T12:00:00Z: 3 of 3 tasks run");
    assertThat(
            in(scalingGroups(
                    scalingGroup(
                        3,
                        3,
                        5,
                        because("the newest reason"),
                        activity(1, Kind.TERMINATION, Outcome.SUCCESSFUL),
                        activity(-90, Kind.TERMINATION, Outcome.SUCCESSFUL))))
                .underWay())
        .containsExactly(
            "asg terminated 2 instances since 2026-01-01T12:01:00Z: the newest reason");
  }

  private static Activity because(String reason) {
    Activity activity = activity(9, Kind.TERMINATION, Outcome.SUCCESSFUL);
    return new Activity(
        activity.started(), null, activity.kind(), activity.outcome(), null, "", reason, "");
  }

  @Test
  void whatWasNotReadIsSaidOnce() {
    assertThat(in(new Situation()).unread()).isEmpty();
    Situation situation =
        new Situation()
            .fleet(fleet -> fleet.withServices(Known.unknown(UNREAD)))
            .fleet(fleet -> fleet.withScalingGroups(Known.unknown(UNREAD)));
    assertThat(in(situation).unread()).containsExactly(UNREAD);
    assertThat(
            in(new Situation()
                    .fleet(fleet -> fleet.withScalingGroups(Known.unknown("groups not read"))))
                .unread())
        .containsExactly("groups not read");
    Service read = service(3, 0);
    Situation tasks =
        services(
            new Service(
                "1",
                "app",
                "",
                3,
                3,
                0,
                0,
                List.of(),
                read.deployments(),
                Known.unknown("tasks not read")));
    assertThat(in(tasks).unread()).containsExactly("tasks not read");
    ScalingGroup group = scalingGroup(3, 3, 5);
    Situation activities =
        scalingGroups(
            new ScalingGroup(
                "asg", 1, 3, 5, true, 0, true, group.instances(), Known.unknown("no activities")));
    assertThat(in(activities).unread()).containsExactly("no activities");
    assertThat(in(new Situation().fleet(fleet -> fleet.withServices(Known.none("none")))).unread())
        .isEmpty();
  }

  /// Facts were read in minute 15.
  @ParameterizedTest
  @CsvSource({"14, true", "-44, true", "-44.9, true", "-45, false", "-46, false"})
  void tasksStoppedLatelyWithinAnHour(double minute, boolean lately) {
    Service service = service(3, 0, task(Ending.BY_ITSELF, -100, minute));
    assertThat(in(services(service)).stoppedLately(service)).hasSize(lately ? 1 : 0);
  }

  @Test
  void aServicesTargetsAreThoseOfTheGroupsItRegistersWith() {
    Service service = service(3, 0);
    Situation situation =
        services(service).group(SituationWiring.group("other", SituationWiring.target("i-9")));
    assertThat(in(situation).targets(service))
        .extracting(RegisteredTarget::id)
        .containsExactly("i-1", "i-2", "i-3");
  }
}
