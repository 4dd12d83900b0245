package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.Protocol;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeregistrationDelayTooShortTest {
  @ParameterizedTest
  @MethodSource
  void deregistrationDelayTooShort(SituationRow row) {
    row.holdsFor(new DeregistrationDelayTooShort());
  }

  /// A rollout, 20 bad gateways of 1500 requests, and a delay.
  private static Situation cut(Situation situation, int delay) {
    return delay(situation.alarmOn(Measure.LB_502).counted(Measure.LB_502, 20), delay)
        .fleet(
            fleet ->
                fleet.withServices(
                    Known.of(
                        List.of(
                            SituationFleet.service(
                                3, 0, List.of(SituationFleet.deployment("app:2", true, -1)))))));
  }

  private static Situation delay(Situation situation, int delay) {
    return situation.group("tg", group -> group.withDeregistrationDelaySeconds(Known.of(delay)));
  }

  private static Situation taking(Situation situation, double seconds) {
    return situation.load(load -> load.during(Measure.RESPONSE_TIME, null, seconds));
  }

  static List<SituationRow> deregistrationDelayTooShort() {
    return List.of(
        row(RULED_OUT, "no target leaves", s -> s).saying("no target leaves"),
        row(POSSIBLE, "no time at all, and requests are short", s -> cut(s, 0))
            .saying("gets 0 s for what is under way", "app rolls out app:2", "20 requests more"),
        row(LIKELY, "no time at all, and requests are long", s -> taking(cut(s, 0), 1.1)),
        row(POSSIBLE, "no time at all, and requests are not so long", s -> taking(cut(s, 0), 1)),
        row(LIKELY, "less than the mean request takes", s -> taking(cut(s, 5), 5.5))
            .saying("requests took up to 5.5 s in the mean of a minute"),
        row(POSSIBLE, "as much as the mean, and less than any may take", s -> taking(cut(s, 5), 5))
            .saying("the load balancer waits 60 s for an answer"),
        row(POSSIBLE, "less than any may take", s -> cut(s, 59)),
        row(RULED_OUT, "as much as any may take", s -> cut(s, 60)),
        row(
            POSSIBLE,
            "no time at all, and others fail",
            s -> cut(s, 0).failing(Reason.TIMED_OUT, "i-1")),
        row(
                POSSIBLE,
                "one leaves, and nobody knows why",
                s ->
                    cut(s, 0)
                        .fleet(fleet -> fleet.withServices(Known.of(List.of())))
                        .inState(State.DRAINING, "i-1"))
            .saying("1 target leaving", "[i-1:8080]"),
        row(
            UNKNOWN,
            "new tasks refuse instead",
            s -> cut(s, 0).counted(Measure.CONNECTION_ERRORS, 20)),
        row(POSSIBLE, "most do not", s -> cut(s, 0).counted(Measure.CONNECTION_ERRORS, 19)),
        row(RULED_OUT, "nothing was cut", s -> cut(s, 0).counted(Measure.LB_502, 0)),
        row(
            RULED_OUT,
            "as many as ever",
            s -> cut(s, 0).load(load -> load.steady(Measure.LB_502, null, 5))),
        row(UNKNOWN, "more than can be under way", s -> cut(s, 0).counted(Measure.LB_502, 76)),
        row(POSSIBLE, "just as many as can be", s -> cut(s, 0).counted(Measure.LB_502, 75)),
        row(
            UNKNOWN,
            "the delay was not read",
            s ->
                cut(s, 0)
                    .group("tg", g -> g.withDeregistrationDelaySeconds(Known.unknown(UNREAD)))),
        row(
            NOT_APPLICABLE,
            "functions keep nothing open",
            s ->
                cut(s, 0)
                    .group("tg", g -> g.withDeregistrationDelaySeconds(Known.none("functions")))),
        row(
            NOT_APPLICABLE,
            "connections are passed on, and none is answered",
            s -> cut(s, 0).group("tg", g -> g.withProtocol(Protocol.TCP))),
        row(
            UNKNOWN,
            "how long it waits was not read",
            s ->
                cut(s, 30)
                    .loadBalancer(found -> found.withIdleTimeoutSeconds(Known.unknown(UNREAD)))),
        row(UNKNOWN, "errors were not read", s -> cut(s, 0).unread(Measure.LB_502)),
        row(
            UNKNOWN,
            "failed connections were not read",
            s -> cut(s, 0).unread(Measure.CONNECTION_ERRORS)),
        row(
            UNKNOWN,
            "who leaves was not read",
            s -> cut(s, 0).fleet(fleet -> fleet.withServices(Known.unknown(UNREAD)))));
  }
}
