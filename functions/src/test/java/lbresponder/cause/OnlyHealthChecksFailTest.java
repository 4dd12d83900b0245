package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.listener;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer.Zone;
import lbresponder.facts.Measure;
import lbresponder.facts.Protocol;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// One of three targets is dead. Its check comes every 10 s, and each of two zones has one node:
/// that is 12 each minute. All 15 minutes of the incident are settled.
class OnlyHealthChecksFailTest {
  private static final OnlyHealthChecksFail CHECK = new OnlyHealthChecksFail();

  private static Situation dead(Situation situation) {
    return situation.countingItsOwnChecks().failing(Reason.TIMED_OUT, "i-1");
  }

  /// @param one what comes in the last of these minutes, when the load balancer has noticed
  private static Situation errors(Situation situation, double each, double one, int minutes) {
    double[] values = new double[minutes];
    Arrays.fill(values, each);
    values[0] = Math.max(1, each);
    values[minutes - 1] = one;
    return situation.load(load -> load.minutes(Measure.CONNECTION_ERRORS, null, values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # errors each minute | in the last  | minutes | answer
          12                   | 12           | 15      | LIKELY
          13                   | 13           | 15      | RULED_OUT
          8                    | 12           | 15      | LIKELY
          7                    | 11           | 15      | RULED_OUT
          7                    | 10           | 15      | LIKELY
          1                    | 2            | 15      | RULED_OUT
          1                    | 1            | 15      | LIKELY
          0                    | 1            | 15      | LIKELY
          0                    | 2            | 15      | RULED_OUT
          12                   | 12           | 14      | LIKELY
          12                   | 12           | 13      | RULED_OUT
          12                   | 12           | 2       | RULED_OUT
          12                   | 12           | 1       | RULED_OUT
          """)
  void byErrors(double each, double first, int minutes, Answer answer) {
    row(answer, "", s -> errors(dead(s), each, first, minutes)).holdsFor(CHECK);
  }

  /// Errors that are as many as checks can make, and one more.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # dead  | nodes in a zone | zones | every so many seconds | most
          i-1     | 1               | 2     | 10                    | 12
          i-1 i-2 | 1               | 2     | 10                    | 24
          i-1     | 3               | 2     | 10                    | 36
          i-1     | 1               | 1     | 10                    | 6
          i-1     | 1               | 0     | 10                    | 6
          i-1     | 1               | 3     | 10                    | 18
          i-1     | 1               | 2     | 60                    | 2
          i-1     | 1               | 2     | 25                    | 4
          """)
  void checksMakeSoManyErrorsAtMost(String dead, int nodes, int zones, int interval, double most) {
    for (int more : List.of(0, 1)) {
      row(
              more == 0 ? LIKELY : RULED_OUT,
              "",
              s ->
                  errors(
                      dead(s)
                          .failing(Reason.TIMED_OUT, dead.split(" ", -1))
                          .withNodesPerZone(nodes)
                          .loadBalancer(found -> found.withZones(zones(zones)))
                          .groups(
                              group ->
                                  group.withHealthCheck(
                                      group.healthCheck().withIntervalSeconds(interval))),
                      most + more,
                      most + more,
                      15))
          .holdsFor(CHECK);
    }
  }

  /// With so many nodes that only steadiness counts.
  @ParameterizedTest
  @CsvSource({"200, 300, LIKELY", "200, 301, RULED_OUT", "100, 150, LIKELY", "100, 151, RULED_OUT"})
  void checksComeAtASteadyRate(double each, double first, Answer answer) {
    row(answer, "", s -> errors(dead(s), each, first, 15).withNodesPerZone(100)).holdsFor(CHECK);
  }

  private static List<Zone> zones(int count) {
    return List.of(new Zone("a", "subnet-a"), new Zone("b", "subnet-b"), new Zone("c", "subnet-c"))
        .subList(0, count);
  }

  @ParameterizedTest
  @CsvSource({"60, LIKELY", "61, UNKNOWN"})
  void checksThatComeLessThanOnceADatapointAreNotSteady(int interval, Answer answer) {
    row(
            answer,
            "",
            s ->
                errors(dead(s), 1, 1, 15)
                    .groups(
                        group ->
                            group.withHealthCheck(
                                group.healthCheck().withIntervalSeconds(interval))))
        .holdsFor(CHECK);
  }

  private static Situation steady(Situation situation) {
    return errors(dead(situation), 12, 12, 15);
  }

  @ParameterizedTest
  @MethodSource
  void onlyHealthChecksFail(SituationRow row) {
    row.holdsFor(CHECK);
  }

  static List<SituationRow> onlyHealthChecksFail() {
    return List.of(
        row(
                NOT_APPLICABLE,
                "this kind does not count its own checks",
                s -> errors(s.failing(Reason.TIMED_OUT, "i-1"), 12, 12, 15))
            .saying("this kind of load balancer does not count its health checks as connection"),
        row(RULED_OUT, "none is dead", s -> errors(s.countingItsOwnChecks(), 12, 12, 15))
            .saying("no instance fails its health check"),
        row(
                RULED_OUT,
                "all are dead",
                s -> steady(s).failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3"))
            .saying("no instance is in service"),
        row(LIKELY, "one is dead, and errors are steady", s -> steady(s))
            .saying(
                "i-1\n12 errors in 60 s fit checks of 1 dead instance every 10 s\n1500 requests"
                    + " were counted, and the load balancer answered none of them with an error\n"
                    + "[i-1:8080]"),
        row(
                POSSIBLE,
                "how many clients got an error is not counted",
                s -> steady(s).notCounting(Measure.LB_5XX))
            .saying("1500 requests were counted; how many failed is not counted"),
        row(LIKELY, "two are dead", s -> steady(s).failing(Reason.TIMED_OUT, "i-1", "i-2"))
            .saying("i-1\n12 errors in 60 s fit checks of 2 dead instances"),
        row(
            LIKELY,
            "in how many zones it has nodes could not be read",
            s ->
                errors(dead(s), 6, 6, 15)
                    .wiring(wiring -> wiring.withLoadBalancer(Known.unknown(UNREAD)))),
        row(
            RULED_OUT,
            "so, and errors are more than one node makes",
            s ->
                errors(dead(s), 7, 7, 15)
                    .wiring(wiring -> wiring.withLoadBalancer(Known.unknown(UNREAD)))),
        row(UNKNOWN, "health of one is not known", s -> steady(s).healthUnread("i-2"))
            .saying("which instances fail their health check"),
        row(
            UNKNOWN,
            "some targets could not be read",
            s ->
                steady(s).group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))),
        row(
                RULED_OUT,
                "clients got errors",
                s -> steady(s).load(load -> load.minutes(Measure.LB_5XX, null, 0, 0, 0, 0, 1)))
            .saying("clients got 1 errors from the load balancer"),
        row(
                UNKNOWN,
                "whether clients got errors could not be read",
                s -> steady(s).unread(Measure.LB_5XX))
            .saying("whether clients are served: the metrics could not be read"),
        row(UNKNOWN, "requests could not be read", s -> steady(s).unread(Measure.REQUESTS)),
        row(UNKNOWN, "errors could not be read", s -> steady(s).unread(Measure.CONNECTION_ERRORS))
            .saying("the metrics could not be read"),
        row(
            UNKNOWN,
            "errors are not counted",
            s -> steady(s).notCounting(Measure.CONNECTION_ERRORS)),
        row(UNKNOWN, "no metric could be read", s -> steady(s).load(load -> load.unread())),
        row(
                UNKNOWN,
                "no request came",
                s -> steady(s).load(load -> load.silent(Measure.REQUESTS, null)))
            .saying("whether clients are served: no request was counted"),
        row(UNKNOWN, "one minute is settled", s -> steady(s).load(load -> load.settledBy(1)))
            .saying("the rate of errors: 1 settled datapoints for a check every 10 s"),
        row(LIKELY, "two minutes are settled", s -> steady(s).load(load -> load.settledBy(2))),
        row(RULED_OUT, "errors came in some minutes", s -> errors(dead(s), 12, 12, 5))
            .saying("errors came in 2 of 12 minutes, and health checks come in all"),
        row(
            LIKELY,
            "they came in all of those that are settled but one",
            s -> errors(dead(s), 12, 12, 5).load(load -> load.settledBy(6))),
        row(RULED_OUT, "there are more than checks make", s -> errors(dead(s), 20, 20, 15))
            .saying("up to 20 errors in 60 s are more, or less steady, than checks of 1 dead"),
        row(
            POSSIBLE,
            "a listener speaks no HTTP",
            s ->
                steady(s)
                    .listeners(
                        listener(80, forward("tg", 1)),
                        listener(81, forward("tg", 1)).withProtocol(Protocol.TCP))),
        row(
            POSSIBLE,
            "listeners could not be read",
            s -> steady(s).wiring(wiring -> wiring.withListeners(Known.unknown(UNREAD)))),
        row(
            LIKELY,
            "one dead machine is registered on two ports",
            s ->
                errors(
                    dead(s.targets(target("i-1"), target("i-1").withPort(81), target("i-2"))),
                    12,
                    12,
                    15)),
        row(
            RULED_OUT,
            "it makes more than its own checks",
            s ->
                errors(
                    dead(s.targets(target("i-1"), target("i-1").withPort(81), target("i-2"))),
                    13,
                    13,
                    15)));
  }

  @Test
  void theDeadAreTakenOut() {
    Verdict.Cause cause = (Verdict.Cause) steady(new Situation()).examine(CHECK);
    assertThat(cause.repairs())
        .containsExactly(new Repair.Deregister("tg", List.of(cause.targets().getFirst().target())));
  }

  @Test
  void theDeadAreTakenOutOfEachGroup() {
    Situation situation = steady(new Situation()).failing(Reason.TIMED_OUT, "i-1");
    TargetGroup other =
        situation.facts().targetGroups().getFirst().withId("other").withName("other");
    Verdict.Cause cause = (Verdict.Cause) situation.group(other).examine(CHECK);
    assertThat(cause.repairs())
        .containsExactly(
            new Repair.Deregister("tg", List.of(cause.targets().getFirst().target())),
            new Repair.Deregister("other", List.of(cause.targets().getLast().target())));
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void onlyWhatFailsIsDead(State state) {
    boolean fails =
        switch (state) {
          case UNHEALTHY, UNHEALTHY_DRAINING, UNUSED -> true;
          case HEALTHY, INITIAL, DRAINING, UNAVAILABLE -> false;
        };
    row(fails ? LIKELY : RULED_OUT, "", s -> steady(s).inState(state, "i-1")).holdsFor(CHECK);
  }
}
