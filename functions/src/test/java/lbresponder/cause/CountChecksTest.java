package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Causes that the load balancer itself counts.
class CountChecksTest {
  static Stream<Arguments> countChecks() {
    return Stream.of(
        Arguments.of(
            new LoadBalancerAtCapacity(),
            Measure.REJECTED_CONNECTIONS,
            "connections rejected at the load balancer's own maximum"),
        Arguments.of(
            new SnatPortsExhausted(),
            Measure.PORT_ALLOCATION_ERRORS,
            "connections without a source port"),
        Arguments.of(
            new ClientRequestsRejected(),
            Measure.LB_4XX,
            "client errors answered by the load balancer itself"));
  }

  @ParameterizedTest
  @MethodSource
  void countChecks(Check check, Measure measure, String counted) {
    row(PROVEN, "one was counted", s -> s.counted(measure, 1))
        .saying("web\n1 " + counted + " were counted (" + measure + ")\n[]")
        .holdsFor(check);
    row(RULED_OUT, "none was counted", s -> s.counted(measure, 0))
        .saying("no " + counted + " were counted")
        .holdsFor(check);
    row(UNKNOWN, "the count could not be read", s -> s.unread(measure))
        .saying(UNREAD)
        .holdsFor(check);
    row(NOT_APPLICABLE, "it is not counted", s -> s.notCounting(measure)).holdsFor(check);
  }

  /// Resets of each minute, of the load balancer and of targets, in percent of the hour before.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # load balancer's | targets' | answer
          100               | 100      | RULED_OUT
          199               | 100      | RULED_OUT
          200               | 100      | LIKELY
          200               | 199      | LIKELY
          200               | 200      | POSSIBLE
          """)
  void idleFlowExpiredByResets(double loadBalancers, double targets, Answer answer) {
    row(answer, "", s -> resets(s, loadBalancers, targets)).holdsFor(new IdleFlowExpired());
  }

  private static Situation resets(Situation situation, double loadBalancers, double targets) {
    return situation
        .resettingIdleFlows()
        .load(load -> load.before(Measure.LB_RESETS, null, 100))
        .load(load -> load.during(Measure.LB_RESETS, null, loadBalancers))
        .load(load -> load.before(Measure.TARGET_RESETS, null, 100))
        .load(load -> load.during(Measure.TARGET_RESETS, null, targets));
  }

  private static Situation risen(Situation situation) {
    return resets(situation, 200, 100);
  }

  @ParameterizedTest
  @MethodSource
  void idleFlowExpired(SituationRow row) {
    row.holdsFor(new IdleFlowExpired());
  }

  static List<SituationRow> idleFlowExpired() {
    return List.of(
        row(NOT_APPLICABLE, "this kind resets none", s -> s)
            .saying("this kind of load balancer resets no idle flows"),
        row(RULED_OUT, "resets are as usual", s -> resets(s, 150, 100))
            .saying("the load balancer's resets were 1.5 times those of the hour before"),
        row(LIKELY, "they have risen, and health was steady", s -> risen(s))
            .saying(
                "web\nthe load balancer's resets were 2 times those of the hour before",
                "every target was healthy all the time, and targets reset no more than usual\n[]"),
        row(
                LIKELY,
                "there were none before",
                s -> risen(s).load(load -> load.before(Measure.LB_RESETS, null, 0)))
            .saying("were many times those"),
        row(RULED_OUT, "a target fails", s -> risen(s).failing(Reason.TIMED_OUT, "i-1"))
            .saying("targets fail, which ends their flows"),
        row(POSSIBLE, "a target leaves", s -> risen(s).inState(State.DRAINING, "i-1"))
            .saying("whether targets became unhealthy meanwhile, reset flows themselves"),
        row(POSSIBLE, "health of a target is not known", s -> risen(s).healthUnread("i-1")),
        row(POSSIBLE, "there are no targets", s -> risen(s).targets()),
        row(
            POSSIBLE,
            "a target was unhealthy for a minute",
            s -> risen(s).countedOf("tg", Measure.UNHEALTHY_TARGETS, 1)),
        row(
            POSSIBLE,
            "whether one was is not known",
            s -> risen(s).load(load -> load.unread(Measure.UNHEALTHY_TARGETS, "tg"))),
        row(
            POSSIBLE,
            "of one group of two one was",
            s ->
                risen(s)
                    .group(SituationWiring.group("other", SituationWiring.target("i-9")))
                    .countedOf("other", Measure.UNHEALTHY_TARGETS, 1)),
        row(
            POSSIBLE,
            "targets' own resets could not be read",
            s -> risen(s).unread(Measure.TARGET_RESETS)),
        row(UNKNOWN, "resets could not be read", s -> risen(s).unread(Measure.LB_RESETS))
            .saying(UNREAD),
        row(
            UNKNOWN,
            "they have risen, and some targets could not be read",
            s -> risen(s).group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))),
        row(
            RULED_OUT,
            "they are as usual, and some targets could not be read",
            s ->
                resets(s, 100, 100)
                    .group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))));
  }
}
