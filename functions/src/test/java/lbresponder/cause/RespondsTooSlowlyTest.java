package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.Usage;
import lbresponder.facts.Usage.Holder;
import lbresponder.facts.Usage.Resource;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RespondsTooSlowlyTest {
  /// Gateway timeouts, connections that could not be opened, and handshakes that failed.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # timeouts | unopened | failed | answer
          0          | 0        | 0      | RULED_OUT
          5          | 0        | 0      | LIKELY
          5          | 1        | 0      | POSSIBLE
          5          | 2        | 2      | POSSIBLE
          5          | 2        | 3      | RULED_OUT
          5          | 5        | 0      | RULED_OUT
          5          | 6        | 0      | RULED_OUT
          5          | 0        | 5      | RULED_OUT
          """)
  void respondsTooSlowlyByCounts(double late, double unopened, double failed, Answer answer) {
    row(answer, "", s -> late(s, late, unopened, failed)).holdsFor(new RespondsTooSlowly());
  }

  private static Situation late(Situation situation, double late, double unopened, double failed) {
    return situation
        .counted(Measure.LB_504, late)
        .counted(Measure.CONNECTION_ERRORS, unopened)
        .counted(Measure.TLS_ERRORS, failed);
  }

  @ParameterizedTest
  @MethodSource
  void respondsTooSlowly(SituationRow row) {
    row.holdsFor(new RespondsTooSlowly());
  }

  static List<SituationRow> respondsTooSlowly() {
    return List.of(
        row(RULED_OUT, "no gateway timeout was counted", s -> s)
            .saying("no gateway timeout was counted"),
        row(LIKELY, "some were, and no connection failed", s -> late(s, 5, 0, 0))
            .saying(
                "web\n5 gateway timeouts were counted, and no connections to targets failed",
                "the load balancer waits 60 s for an answer\n[]"),
        row(LIKELY, "who takes so long waits", s -> worked(late(s, 5, 0, 0), 49))
            .saying("i-1: CPU was 49 %, 20 % in the time before, so that it waits"),
        row(LIKELY, "who takes so long computes", s -> worked(late(s, 5, 0, 0), 90))
            .saying("i-1: CPU was 90 %, 20 % in the time before, so that it has more to do"),
        row(LIKELY, "who takes so long does both", s -> worked(late(s, 5, 0, 0), 50))
            .saying("i-1: CPU was 50 %, 20 % in the time before\n[]"),
        row(POSSIBLE, "some were, and fewer connections failed", s -> late(s, 5, 1, 1))
            .saying("and 2 connections to targets failed"),
        row(RULED_OUT, "connections account for them", s -> late(s, 5, 5, 0))
            .saying("5 failed connections may account for 5 gateway timeouts"),
        row(
                LIKELY,
                "it waits as long as it takes",
                s ->
                    late(s, 5, 0, 0)
                        .loadBalancer(
                            found -> found.withIdleTimeoutSeconds(Known.none("no limit"))))
            .saying("no connections to targets failed\n[]"),
        row(
                LIKELY,
                "how long it waits could not be read",
                s ->
                    late(s, 5, 0, 0)
                        .loadBalancer(found -> found.withIdleTimeoutSeconds(Known.unknown(UNREAD))))
            .saying("how long the load balancer waits for an answer could not be read"),
        row(
                PROVEN,
                "a prober in its place got no answer either",
                s ->
                    late(s, 5, 0, 0)
                        .failing(Reason.TIMED_OUT, "i-1")
                        .probe("i-1", Vantage.LOAD_BALANCER, "5 Silent"))
            .saying("i-1:8080: Silent from where the load balancer stands\n[i-1:8080]"),
        row(
            POSSIBLE,
            "so, and connections failed",
            s ->
                late(s, 5, 1, 0)
                    .failing(Reason.TIMED_OUT, "i-1")
                    .probe("i-1", Vantage.LOAD_BALANCER, "5 Silent")),
        row(
                LIKELY,
                "a prober tried too seldom",
                s ->
                    late(s, 5, 0, 0)
                        .failing(Reason.TIMED_OUT, "i-1")
                        .probe("i-1", Vantage.LOAD_BALANCER, "4 Silent"))
            .saying("[]"),
        row(
            LIKELY,
            "a prober elsewhere got no answer",
            s ->
                late(s, 5, 0, 0)
                    .failing(Reason.TIMED_OUT, "i-1")
                    .probe("i-1", Vantage.NETWORK, "5 Silent")),
        row(
            LIKELY,
            "a prober got an answer once",
            s ->
                late(s, 5, 0, 0)
                    .failing(Reason.TIMED_OUT, "i-1")
                    .probe("i-1", Vantage.LOAD_BALANCER, "5 Silent, 1 Answered 200")),
        row(UNKNOWN, "timeouts could not be read", s -> s.unread(Measure.LB_504)).saying(UNREAD),
        row(
            UNKNOWN,
            "failed connections could not be read",
            s -> late(s, 5, 0, 0).unread(Measure.CONNECTION_ERRORS)),
        row(
            UNKNOWN,
            "failed handshakes could not be read",
            s -> late(s, 5, 0, 0).unread(Measure.TLS_ERRORS)),
        row(
            LIKELY,
            "failed handshakes are not counted",
            s -> late(s, 5, 0, 0).notCounting(Measure.TLS_ERRORS)),
        row(
            LIKELY,
            "failed connections are not counted",
            s -> late(s, 5, 0, 0).notCounting(Measure.CONNECTION_ERRORS)),
        row(
                RULED_OUT,
                "gateway timeouts are not counted, and there are no server errors",
                s -> s.notCounting(Measure.LB_504))
            .saying("no clear rise of server errors of the load balancer over the hour before"),
        row(
            UNKNOWN,
            "gateway timeouts are not counted apart, and answers take as long as ever",
            s -> s.notCounting(Measure.LB_504).counted(Measure.LB_5XX, 9)),
        row(
                POSSIBLE,
                "gateway timeouts are not counted apart, and answers take longer",
                s -> slower(s.notCounting(Measure.LB_504).counted(Measure.LB_5XX, 9), 0.75))
            .saying("answers take 1.5 times as long as usual"),
        row(
            RULED_OUT,
            "as many as ever",
            s -> s.load(load -> load.steady(Measure.LB_504, null, 3))),
        row(
                LIKELY,
                "clients give up, and answers take longer",
                s -> slower(s.counted(Measure.LB_4XX, 9), 0.75))
            .saying("9 client errors of the load balancer itself"),
        row(
            RULED_OUT,
            "clients give up, and answers take hardly longer",
            s -> slower(s.counted(Measure.LB_4XX, 9), 0.74)),
        row(
            UNKNOWN,
            "failed connections may have been refused",
            s -> late(s, 5, 6, 0).counted(Measure.LB_502, 2)),
        row(
            RULED_OUT,
            "failed connections cannot all have been refused",
            s -> late(s, 5, 6, 0).counted(Measure.LB_502, 1)));
  }

  private static Situation worked(Situation situation, double percent) {
    List<Point> points =
        List.of(new Point(Situation.minute(-30), 20), new Point(Situation.minute(5), percent));
    return situation.fleet(
        fleet ->
            fleet.withUsage(
                Known.of(
                    List.of(new Usage("i-1", Holder.MACHINE, Resource.CPU, Known.of(points))))));
  }

  private static Situation slower(Situation situation, double seconds) {
    return situation.load(load -> load.during(Measure.RESPONSE_TIME, null, seconds));
  }
}
