package lbresponder.cause;

import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.listener;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Diagnosis.Fix;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rules and default actions that send nowhere, which {@link TargetGroupWithoutListener} tells.
class WeightlessTest {
  private static final Listener OTHER = listener(81, forward("other", 1));

  /// With a second group `other` of healthy targets, and requests turned away.
  private static Situation turnedAway() {
    return new Situation()
        .alarmOn(Measure.LB_503)
        .counted(Measure.LB_503, 12)
        .group(group("other", target("i-4")));
  }

  @ParameterizedTest
  @MethodSource
  void actions(SituationRow row) {
    row.holdsFor(new TargetGroupWithoutListener());
  }

  static List<SituationRow> actions() {
    return List.of(
        row(
            RULED_OUT,
            "one of two gets all",
            s -> s.listeners(listener(80, forward("tg", 0, "x", 1)))),
        row(
            RULED_OUT,
            "both get some",
            s -> s.listeners(listener(80, forward("tg", 999, "x", 999)))),
        row(
                LIKELY,
                "none of two gets any",
                s -> s.counted(Measure.LB_503, 9).listeners(listener(80, forward("tg", 0, "x", 0))))
            .saying("listener HTTP:80 by default forwards to tg and x with weight 0 only: what"),
        row(
                LIKELY,
                "a rule sends nowhere, and the group is used elsewhere",
                s ->
                    s.counted(Measure.LB_503, 9)
                        .listeners(listener(80, forward("tg", 0), forward("tg", 1))))
            .saying("listener HTTP:80, rule 10 forwards to tg with weight 0 only"),
        row(
            LIKELY,
            "so, and how many were turned away is not known",
            s ->
                s.unread(Measure.LB_503)
                    .listeners(listener(80, forward("tg", 0), forward("tg", 1)))),
        row(
            POSSIBLE,
            "so, and nobody was turned away: nothing matches the rule now",
            s -> s.listeners(listener(80, forward("tg", 0), forward("tg", 1)))),
        row(
            RULED_OUT,
            "a rule to a group that the alarm is not about",
            s ->
                s.alarmOn("tg", null, Measure.REQUESTS_PER_TARGET)
                    .group(group("other"))
                    .listeners(listener(80, forward("other", 0), forward("tg", 1)))),
        row(
            RULED_OUT,
            "a rule that names no group",
            s -> s.listeners(listener(80, new Listener.Forward(List.of()), forward("tg", 1)))));
  }

  private static List<Repair> repairs(Situation situation) {
    return ((Verdict.Cause) situation.examine(new TargetGroupWithoutListener())).repairs();
  }

  @Test
  void theOnlyGroupThatCanServeGetsTheRequests() {
    Situation both = turnedAway().listeners(listener(80, forward("tg", 0, "other", 0)));
    assertThat(repairs(both))
        .containsExactly(
            new Repair.Decide(
                "Decide which of tg and other is to get the requests, and give it a weight in"
                    + " listener HTTP:80 by default."));
    assertThat(repairs(both.inState(State.DRAINING, "i-4")))
        .containsExactly(
            new Repair.Forward(
                "listener-80",
                null,
                List.of(new WeightedTargetGroup("tg", 1), new WeightedTargetGroup("other", 0))));
    assertThat(repairs(turnedAway().listeners(listener(80, forward("tg", 0), forward("other", 1)))))
        .containsExactly(
            new Repair.Forward("listener-80", "rule-1", List.of(new WeightedTargetGroup("tg", 1))));
  }

  /// A command would replace what was not read, e.g. a login.
  @Test
  void whatWasNotReadWholeIsLeftToAPerson() {
    Listener listener = listener(80, forward("tg", 0)).withBefore(Known.unknown("not recorded"));
    assertThat(repairs(turnedAway().listeners(listener, OTHER)))
        .singleElement()
        .isInstanceOf(Repair.Decide.class);
    Listener login =
        listener.withBefore(
            Known.of(List.of(new Listener.Authenticate("login", Known.of("settings")))));
    assertThat(repairs(turnedAway().listeners(login, OTHER)))
        .singleElement()
        .isInstanceOf(Repair.Forward.class);
  }

  @Test
  void theWeightEndsItAndTheLoginStays() {
    Known<List<Listener.Action>> login =
        Known.of(List.of(new Listener.Authenticate("login", Known.of("settings"))));
    Situation situation =
        turnedAway()
            .listeners(
                listener(
                        80,
                        new Listener.Forward(
                            List.of(new WeightedTargetGroup("tg", 0)), Known.of(60)))
                    .withBefore(login),
                OTHER);
    assertThat(situation.diagnose().causes())
        .filteredOn(finding -> finding.check() instanceof TargetGroupWithoutListener)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.fix()).isEqualTo(Fix.CHECKED);
              assertThat(finding.cause().symptoms()).containsExactly(Symptom.NO_TARGET);
            });
  }
}
