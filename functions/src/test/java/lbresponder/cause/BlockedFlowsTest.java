package lbresponder.cause;

import static lbresponder.testing.SituationNetwork.admits;
import static lbresponder.testing.SituationNetwork.letsOut;
import static lbresponder.testing.SituationNetwork.rules;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Connections that the load balancer's own groups dropped, counted, beside what the rules say.
class BlockedFlowsTest {
  private static final Measure IN = Measure.BLOCKED_INBOUND;
  private static final Measure OUT = Measure.BLOCKED_OUTBOUND;

  @ParameterizedTest
  @MethodSource
  void clients(SituationRow row) {
    row.holdsFor(new ClientsBlocked());
  }

  private static Situation closed(Situation situation) {
    return situation.network(rules("sg-lb", admits(443, "0.0.0.0/0"), letsOut(null)));
  }

  static List<SituationRow> clients() {
    return List.of(
        row(PROVEN, "nobody is admitted; drops are not read", BlockedFlowsTest::closed),
        row(PROVEN, "and more are dropped than usual", s -> closed(s).counted(IN, 1200))
            .saying(
                "no rule of sg-lb admits anybody on tcp/80",
                "1200 connections were dropped by the load balancer's own groups",
                "0 would be usual"),
        row(LIKELY, "but no client was dropped all the time", s -> closed(s).counted(IN, 0))
            .saying("no client is known to be affected"),
        row(
            PROVEN,
            "none so far, of two minutes only",
            s -> closed(s).counted(IN, 0).load(load -> load.settledBy(2))),
        row(
            LIKELY,
            "none so far, of three minutes",
            s -> closed(s).counted(IN, 0).load(load -> load.settledBy(3))),
        row(
            PROVEN,
            "as many as at any hour: strangers",
            s -> closed(s).load(load -> load.steady(IN, null, 7))),
        row(
                RULED_OUT,
                "everybody is admitted and more are dropped: a port scan",
                s -> s.counted(IN, 1200))
            .saying("somebody is admitted"),
        row(POSSIBLE, "so, and that is what the alarm is on", s -> s.alarmOn(IN).counted(IN, 1200))
            .saying("only flow logs tell"));
  }

  /// Only the count shows that clients meet it.
  @Test
  void whatClientsMeetLeadsWhereTheAlarmIsOnIt() {
    Diagnosis counted = closed(new Situation().alarmOn(IN)).counted(IN, 1200).diagnose();
    assertThat(counted.causes()).extracting(one -> one.check().id()).startsWith("ClientsBlocked");
    Diagnosis onRequests =
        closed(new Situation().alarmOn(Measure.LB_4XX)).counted(Measure.LB_4XX, 9).diagnose();
    assertThat(onRequests.causes())
        .extracting(one -> one.check().id())
        .doesNotContain("ClientsBlocked");
  }

  @ParameterizedTest
  @MethodSource
  void targets(SituationRow row) {
    row.holdsFor(new LoadBalancerEgressBlocks());
  }

  private static Situation shut(Situation situation) {
    return situation
        .failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")
        .network(rules("sg-lb", admits(80, "0.0.0.0/0")));
  }

  private static Situation unread(Situation situation) {
    return situation
        .failing(Reason.TIMED_OUT, "i-1")
        .network(read -> read.withSecurityGroups(Known.unknown(Situation.UNREAD)));
  }

  static List<SituationRow> targets() {
    return List.of(
        row(PROVEN, "nothing is let out; drops are not read", BlockedFlowsTest::shut),
        row(PROVEN, "and some were dropped", s -> shut(s).counted(OUT, 40))
            .saying("40 connections were dropped"),
        row(LIKELY, "but none was dropped all the time", s -> shut(s).counted(OUT, 0))
            .saying("but no connection was dropped"),
        row(
            PROVEN,
            "none, and none was to be sent",
            s -> shut(s).counted(OUT, 0).load(load -> load.silent(Measure.REQUESTS, null))),
        row(LIKELY, "the rules are not read, and drops are", s -> unread(s).counted(OUT, 40))
            .saying("40 connections were dropped", "which rules: not read"),
        row(
            UNKNOWN,
            "the rules are not read, and none was dropped",
            s -> unread(s).counted(OUT, 0)),
        row(
                POSSIBLE,
                "all is let out by now, and some were dropped",
                s -> s.failing(Reason.TIMED_OUT, "i-1").counted(OUT, 40))
            .saying("as they are now, no security groups of the load balancer block"),
        row(
            RULED_OUT,
            "all is let out, and as many are dropped as at any hour",
            s -> s.failing(Reason.TIMED_OUT, "i-1").load(load -> load.steady(OUT, null, 2))));
  }

  /// The count is of the whole load balancer, the targets are those of the alarm.
  @Test
  void theCountNamesNoTargets() {
    Verdict verdict =
        new Situation()
            .failing(Reason.TIMED_OUT, "i-1")
            .counted(OUT, 40)
            .examine(new LoadBalancerEgressBlocks());
    assertThat(((Verdict.Cause) verdict).targets()).isEmpty();
  }
}
