package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.health;
import static lbresponder.testing.SituationWiring.listener;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Which listener sends to a group is in `RoutingTest`.
class WiringChecksTest {
  private static Situation rulesUnread(Situation situation) {
    return situation.listeners(
        listener(80, new Listener.FixedResponse(503)).withRules(Known.unknown(UNREAD)));
  }

  private static Situation groupsUnread(Situation situation) {
    return situation.wiring(wiring -> wiring.withTargetGroups(Known.unknown(UNREAD)));
  }

  @ParameterizedTest
  @MethodSource
  void noTargets(SituationRow row) {
    row.holdsFor(new NoTargets());
  }

  static List<SituationRow> noTargets() {
    return List.of(
        row(RULED_OUT, "the group has targets", s -> s)
            .saying("every target group that gets requests has targets"),
        row(PROVEN, "it is empty", s -> s.targets())
            .saying("tg\ntg has no registered target; listener HTTP:80 by default sends to tg"),
        row(PROVEN, "all of it leaves", s -> s.inState(State.DRAINING, "i-1", "i-2", "i-3"))
            .saying("all of tg's 3 targets drain: none takes new requests", "[i-1:8080, i-2"),
        row(RULED_OUT, "all but one leave", s -> s.inState(State.DRAINING, "i-1", "i-2")),
        row(RULED_OUT, "all fail", s -> s.failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")),
        row(
                UNKNOWN,
                "all of known health leave, and health of one is not known",
                s -> s.inState(State.DRAINING, "i-1", "i-2").healthUnread("i-3"))
            .saying(UNREAD),
        row(
            RULED_OUT,
            "one stays, and health of another is not known",
            s -> s.inState(State.DRAINING, "i-1").healthUnread("i-3")),
        row(
            RULED_OUT,
            "health of none is known, and nobody sends to it",
            s -> s.healthUnread("i-1").healthUnread("i-2").healthUnread("i-3").listeners()),
        row(RULED_OUT, "it is empty, and nobody sends to it", s -> s.targets().listeners()),
        row(
            RULED_OUT,
            "it is empty, and its weight is 0",
            s -> s.targets().listeners(listener(80, forward("tg", 0)))),
        row(UNKNOWN, "it is empty, and rules could not be read", s -> rulesUnread(s.targets()))
            .saying(UNREAD),
        row(
            UNKNOWN,
            "its targets could not be read",
            s -> s.groups(group -> group.withTargets(Known.unknown(UNREAD)))),
        row(UNKNOWN, "no group could be read", s -> groupsUnread(s)));
  }

  @Test
  void registeringTargetsIsOffered() {
    assertThat(cause(new Situation().targets(), new NoTargets()).repairs())
        .containsExactly(new Repair.RegisterTargets("tg"));
  }

  private static Verdict.Cause cause(Situation situation, Check check) {
    return (Verdict.Cause) situation.examine(check);
  }

  @ParameterizedTest
  @MethodSource
  void targetGroupWithoutListener(SituationRow row) {
    row.holdsFor(new TargetGroupWithoutListener());
  }

  static List<SituationRow> targetGroupWithoutListener() {
    return List.of(
        row(RULED_OUT, "a listener sends to it", s -> s)
            .saying("a listener sends to every target group in question"),
        row(PROVEN, "no listener names it", s -> s.listeners(listener(80, forward("other", 1))))
            .saying("tg\nnone of the rules and default actions of 1 listener names tg\n[i-1:8080"),
        row(
                PROVEN,
                "so, and the load balancer says so too",
                s ->
                    s.listeners()
                        .health("i-1", health(State.UNUSED, Reason.NO_LISTENER, Port.UNTOLD))
                        .health("i-2", health(State.INITIAL, Reason.NO_LISTENER, Port.UNTOLD)))
            .saying("tg\n2 targets of tg: unused (NO_LISTENER)\nnone of the rules"),
        row(PROVEN, "one of two groups is named", s -> s.group(group("other"))).saying("other\n"),
        row(
            RULED_OUT,
            "another load balancer uses it too",
            s -> s.listeners().groups(group -> group.withLoadBalancers(List.of("lb-1", "lb-2")))),
        row(
            PROVEN,
            "no load balancer is known to use it",
            s -> s.listeners().groups(group -> group.withLoadBalancers(List.of()))),
        row(UNKNOWN, "rules could not be read", s -> rulesUnread(s)).saying(UNREAD),
        row(
                PROVEN,
                "so, and the load balancer says that nobody sends",
                s -> rulesUnread(s).failing(Reason.NO_LISTENER, "i-1"))
            .saying("1 target of tg: unused", "the rules themselves could not be read: not read"),
        row(UNKNOWN, "no group could be read", s -> groupsUnread(s)).saying(UNREAD));
  }

  private static Situation alarmed(Situation situation) {
    return situation.alarmOn("tg", null, Measure.UNHEALTHY_TARGETS);
  }

  @ParameterizedTest
  @MethodSource
  void weightZero(SituationRow row) {
    row.holdsFor(new WeightZero());
  }

  static List<SituationRow> weightZero() {
    return List.of(
        row(
                RULED_OUT,
                "the alarm is on no group",
                s -> s.listeners(listener(80, forward("tg", 0, "other", 1))))
            .saying("the alarm is not about one target group"),
        row(RULED_OUT, "the group gets requests", s -> alarmed(s))
            .saying("no rule sends past the target group on purpose"),
        row(
                PROVEN,
                "others of the rule get them all",
                s -> alarmed(s).listeners(listener(80, forward("tg", 0, "other", 1))))
            .saying(
                "tg\nlistener HTTP:80 by default: tg has weight 0 and others take the requests",
                "[i-1:8080"),
        row(
            RULED_OUT,
            "others of the rule get none",
            s -> alarmed(s).listeners(listener(80, forward("tg", 0, "other", 0)))),
        row(
            RULED_OUT,
            "so in one of two rules",
            s ->
                alarmed(s).listeners(listener(80, forward("tg", 0), forward("tg", 0, "other", 1)))),
        row(
                PROVEN,
                "others of both rules get them",
                s ->
                    alarmed(s)
                        .listeners(
                            listener(80, forward("tg", 0, "x", 1), forward("tg", 0, "other", 1))))
            .saying("listener HTTP:80, rule 10, listener HTTP:80 by default: tg has weight 0"),
        row(RULED_OUT, "nobody names it", s -> alarmed(s).listeners()),
        row(
            RULED_OUT,
            "its weight is 1",
            s -> alarmed(s).listeners(listener(80, forward("tg", 1, "other", 1)))),
        row(UNKNOWN, "rules could not be read", s -> rulesUnread(alarmed(s))).saying(UNREAD),
        row(UNKNOWN, "no group could be read", s -> groupsUnread(alarmed(s))),
        row(
            RULED_OUT,
            "another group than the alarm's is weighted out",
            s ->
                alarmed(s)
                    .group(group("other", target("i-9")))
                    .listeners(listener(80, forward("tg", 1, "other", 0)))));
  }

  /// A group without weight is checked like any other: what fails there fails for another reason.
  @Test
  void weightZeroIsNoReasonForAFailingCheck() {
    Situation out = alarmed(new Situation()).listeners(listener(80, forward("tg", 0, "x", 1)));
    assertThat(cause(out, new WeightZero()).symptoms()).containsExactly(Symptom.UNHEALTHY);
    out.failing(Reason.CHECK_FAILED, "i-1");
    assertThat(cause(out, new WeightZero()).symptoms()).isEmpty();
    out.alarmOn("tg", null, Measure.REQUESTS);
    assertThat(cause(out, new WeightZero()).symptoms()).containsExactly(Symptom.UNHEALTHY);
  }
}
