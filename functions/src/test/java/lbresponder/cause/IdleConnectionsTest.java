package lbresponder.cause;

import static lbresponder.testing.Situation.NONE;
import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationProbes.probe;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The load balancer keeps idle connections for 60 s, and 1500 requests came.
class IdleConnectionsTest {
  private static final ClosesIdleConnectionsEarly CHECK = new ClosesIdleConnectionsEarly();

  private static Situation held(Situation situation, Vantage from, String tries) {
    return situation.probe(probe("i-1", Purpose.KEEP_ALIVE, from, tries));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries                             | errors | from the load balancer's place
          1 ClosedIdle 59999                  | 75     | PROVEN
          5 ClosedIdle 1                      | 75     | PROVEN
          1 ClosedIdle 60000                  | 75     | UNKNOWN
          1 ClosedIdle 5000                   | 75     | PROVEN
          1 ClosedIdle 5000                   | 76     | LIKELY
          1 ClosedIdle 5000                   | 1      | PROVEN
          1 ClosedIdle 5000                   | 0      | LIKELY
          1 HeldOpen 60000                    | 75     | RULED_OUT
          1 HeldOpen 59999                    | 75     | UNKNOWN
          1 HeldOpen 61000, 1 ClosedIdle 5000 | 75     | PROVEN
          1 ClosedIdle 5000, 1 HeldOpen 61000 | 75     | RULED_OUT
          1 Reset                             | 75     | UNKNOWN
          """)
  void byTries(String tries, double errors, Answer answer) {
    row(answer, tries, s -> held(s, Vantage.LOAD_BALANCER, tries).counted(Measure.LB_502, errors))
        .holdsFor(CHECK);
  }

  private static Situation closed(Situation situation) {
    return held(situation, Vantage.LOAD_BALANCER, "1 ClosedIdle 5500").counted(Measure.LB_502, 15);
  }

  @ParameterizedTest
  @MethodSource
  void closesIdleConnectionsEarly(SituationRow row) {
    row.holdsFor(CHECK);
  }

  static List<SituationRow> closesIdleConnectionsEarly() {
    return List.of(
        row(POSSIBLE, "nobody did, and few of many fail", s -> s.counted(Measure.LB_502, 75))
            .saying("75 of 1500 requests failed", "nobody measured"),
        row(UNKNOWN, "nobody did, and too many fail", s -> s.counted(Measure.LB_502, 76)),
        row(
            UNKNOWN,
            "nobody did, and connections fail",
            s -> s.counted(Measure.LB_502, 15).counted(Measure.CONNECTION_ERRORS, 1)),
        row(
            UNKNOWN,
            "nobody did, and a target fails",
            s -> s.counted(Measure.LB_502, 15).failing(Reason.TIMED_OUT, "i-1")),
        row(
            UNKNOWN,
            "nobody did, and a function answers",
            s ->
                s.counted(Measure.LB_502, 15)
                    .group("tg", group -> group.withTargetType(TargetType.FUNCTION))),
        row(
            UNKNOWN,
            "nobody did, and targets are being replaced",
            s -> s.counted(Measure.LB_502, 15).fleet(SituationFleet::rollingOut)),
        row(UNKNOWN, "nobody asked by an alarm", s -> s.asked().counted(Measure.LB_502, 15)),
        row(UNKNOWN, "nobody held a connection", s -> s)
            .saying("how long targets keep idle connections: measured by `diagnose --probe"),
        row(
            UNKNOWN,
            "a connection was held on another question",
            s -> s.probe("i-1", Vantage.LOAD_BALANCER, "1 HeldOpen 99000")),
        row(
                RULED_OUT,
                "targets keep them long enough",
                s -> held(s, Vantage.LOAD_BALANCER, "1 HeldOpen 61000"))
            .saying("targets keep idle connections for 60 s and longer"),
        row(PROVEN, "one closes them early, and few requests fail", s -> closed(s))
            .saying(
                "tg\ni-1:8080 closed a connection that was idle for 5.5 s; the load balancer keeps"
                    + " it for 60 s\n15 of 1500 requests failed\n[i-1:8080]"),
        row(
                PROVEN,
                "it closes them after 5 s sharp",
                s -> held(s, Vantage.LOAD_BALANCER, "1 ClosedIdle 5000").counted(Measure.LB_502, 1))
            .saying("idle for 5 s;"),
        row(
            PROVEN,
            "another keeps them",
            s ->
                closed(s)
                    .probe(
                        probe(
                            "i-2", Purpose.KEEP_ALIVE, Vantage.LOAD_BALANCER, "1 HeldOpen 61000"))),
        row(LIKELY, "a target fails", s -> closed(s).failing(Reason.TIMED_OUT, "i-2"))
            .saying("15 of 1500 requests failed"),
        row(LIKELY, "health of a target is not known", s -> closed(s).healthUnread("i-2")),
        row(LIKELY, "requests could not be read", s -> closed(s).unread(Measure.REQUESTS)),
        row(
            LIKELY,
            "no request was counted",
            s -> closed(s).load(load -> load.silent(Measure.REQUESTS, null))),
        row(LIKELY, "errors could not be read", s -> closed(s).unread(Measure.LB_502)),
        row(
            PROVEN,
            "server errors are not counted apart",
            s -> closed(s).notCounting(Measure.LB_502).counted(Measure.LB_5XX, 15)),
        row(
            LIKELY,
            "a prober elsewhere saw it",
            s -> held(s, Vantage.NETWORK, "1 ClosedIdle 5500").counted(Measure.LB_502, 15)),
        row(
            POSSIBLE,
            "this machine saw it",
            s -> held(s, Vantage.HERE, "1 ClosedIdle 5500").counted(Measure.LB_502, 15)),
        row(
            RULED_OUT,
            "the load balancer keeps them for 5 s",
            s ->
                held(s, Vantage.LOAD_BALANCER, "1 HeldOpen 5000")
                    .loadBalancer(found -> found.withIdleTimeoutSeconds(Known.of(5)))),
        row(
                UNKNOWN,
                "how long it keeps them could not be read",
                s ->
                    closed(s)
                        .loadBalancer(found -> found.withIdleTimeoutSeconds(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(
                NOT_APPLICABLE,
                "it keeps no connections of its own",
                s ->
                    closed(s).loadBalancer(found -> found.withIdleTimeoutSeconds(Known.none(NONE))))
            .saying(NONE),
        row(
            UNKNOWN,
            "the load balancer could not be read",
            s -> closed(s).wiring(wiring -> wiring.withLoadBalancer(Known.unknown(UNREAD)))));
  }
}
