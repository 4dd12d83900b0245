package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationProbes.probe;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.target;

import java.util.List;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Traffic goes to port 8080, health checks ask on 9090.
class HealthCheckPortDiffersTest {
  private static final HealthCheckPortDiffers CHECK = new HealthCheckPortDiffers();

  static Situation apart(Situation situation) {
    return situation.groups(HealthCheckPortDiffersTest::apart);
  }

  private static TargetGroup apart(TargetGroup group) {
    return group.withHealthCheck(group.healthCheck().withPort(9090));
  }

  static Situation probed(Situation situation, Vantage from, String traffic, String check) {
    return situation
        .probe(probe("i-1", Purpose.TRAFFIC, from, traffic))
        .probe(probe("i-1", 9090, Purpose.HEALTH_CHECK, from, check));
  }

  /// One failing target, from the load balancer's place.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # on the traffic port     | on the checked port    | answer
          5 Connected               | 5 Connected            | UNKNOWN
          5 Refused                 | 5 Refused              | UNKNOWN
          5 Refused                 | 5 Connected            | PROVEN
          4 Refused                 | 5 Connected            | POSSIBLE
          5 Refused                 | 4 Refused, 1 Connected | PROVEN
          4 Refused, 1 Answered 200 | 5 Refused              | PROVEN
          5 Answered 200            | 5 Reset                | PROVEN
          5 Answered 200            | 4 Reset                | POSSIBLE
          5 Answered 200            | 5 TimedOut             | POSSIBLE
          5 TimedOut                | 5 Answered 200         | POSSIBLE
          4 TimedOut, 1 Refused     | 5 Answered 200         | PROVEN
          """)
  void byTries(String traffic, String check, Answer answer) {
    row(
            answer,
            "",
            s ->
                probed(
                    apart(s.targets(target("i-1"))).failing(Reason.REFUSED, "i-1"),
                    Vantage.LOAD_BALANCER,
                    traffic,
                    check))
        .holdsFor(CHECK);
  }

  /// All pass their checks. Connections that failed, and answers of targets.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # failed | answered | answer
          0        | 0        | RULED_OUT
          0        | 9        | RULED_OUT
          1        | 9        | POSSIBLE
          1        | 0        | LIKELY
          """)
  void byCounts(double failed, double answered, Answer answer) {
    for (Measure code :
        List.of(Measure.TARGET_2XX, Measure.TARGET_3XX, Measure.TARGET_4XX, Measure.TARGET_5XX)) {
      row(
              answer,
              code.name(),
              s ->
                  apart(s)
                      .counted(Measure.TARGET_2XX, 0)
                      .counted(code, answered)
                      .counted(Measure.CONNECTION_ERRORS, failed))
          .holdsFor(CHECK);
    }
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void targetsThatFailWithoutAnAnswerAndAreServedAllTheSame(Reason reason) {
    boolean untold = reason.isTimeout() || reason == Reason.CHECK_FAILED;
    row(untold ? LIKELY : UNKNOWN, "", s -> served(s).failing(reason, "i-1", "i-2", "i-3"))
        .holdsFor(CHECK);
  }

  /// None passes its check, and a load balancer that fails open sends to them all the same.
  static Situation served(Situation situation) {
    return apart(situation)
        .failingOpen()
        .failing(Reason.CHECK_FAILED, "i-1", "i-2", "i-3")
        .counted(Measure.TARGET_5XX, 7);
  }

  @ParameterizedTest
  @MethodSource
  void healthCheckPortDiffers(SituationRow row) {
    row.holdsFor(CHECK);
  }

  static List<SituationRow> healthCheckPortDiffers() {
    return List.of(
        row(RULED_OUT, "the ports are the same", s -> s)
            .saying("health checks ask on the port that traffic uses"),
        row(
            RULED_OUT,
            "the check's is set to the same",
            s -> s.groups(group -> group.withHealthCheck(group.healthCheck().withPort(8080)))),
        row(
            RULED_OUT,
            "a target has no port",
            s -> apart(s.targets(SituationWiring.withoutPort("i-1")))),
        row(RULED_OUT, "the ports differ, and nothing fails", s -> apart(s))
            .saying("the ports differ, and connections to the traffic port succeed"),
        row(
                POSSIBLE,
                "connections fail, though every target passes",
                s -> apart(s).counted(Measure.CONNECTION_ERRORS, 3))
            .saying(
                "tg\n3 connections failed although every target passes its health check\n"
                    + "traffic goes to port 8080, health checks ask on port 9090\n[i-1:8080, i-2"),
        row(
                POSSIBLE,
                "traffic goes to ports of their own",
                s ->
                    apart(s)
                        .target("i-3", target -> target.withPort(8081))
                        .counted(Measure.CONNECTION_ERRORS, 3))
            .saying("traffic goes to port 8080, health checks ask on port 9090\n[i-1:8080, i-2"),
        row(LIKELY, "so, and nothing is answered", s -> dead(s)),
        row(POSSIBLE, "so, and answers could not be read", s -> dead(s).unread(Measure.TARGET_4XX)),
        row(POSSIBLE, "so, and there is another group", s -> dead(s).group(group("other"))),
        row(
            LIKELY,
            "so, of the group alone, which is counted apart",
            s ->
                dead(s)
                    .counted(Measure.CONNECTION_ERRORS, 0)
                    .countedOf("tg", Measure.CONNECTION_ERRORS, 1)),
        row(
            RULED_OUT,
            "connections of another group fail",
            s ->
                apart(s)
                    .counted(Measure.CONNECTION_ERRORS, 1)
                    .countedOf("tg", Measure.CONNECTION_ERRORS, 0)),
        row(
                UNKNOWN,
                "whether connections fail could not be read",
                s -> apart(s).unread(Measure.CONNECTION_ERRORS))
            .saying("whether connections to the traffic port fail: not read"),
        row(
                UNKNOWN,
                "whether connections fail is not counted",
                s -> apart(s).notCounting(Measure.CONNECTION_ERRORS))
            .saying("whether connections to the traffic port fail: this kind of load balancer"),
        row(LIKELY, "none passes, and all the same answers come", s -> served(s))
            .saying("answers came from targets of which none passes its health check"),
        row(
                LIKELY,
                "so, and traffic goes to ports of their own",
                s -> served(s).target("i-3", target -> target.withPort(8081)))
            .saying("traffic goes to port 8080, health checks ask on port 9090\n[i-1:8080, i-2"),
        row(
                UNKNOWN,
                "so, and it does not fail open",
                s ->
                    apart(s)
                        .failing(Reason.CHECK_FAILED, "i-1", "i-2", "i-3")
                        .counted(Measure.TARGET_5XX, 7))
            .saying("what the targets answer on the traffic port: nobody asked them from here"),
        row(
            UNKNOWN,
            "so, and connections fail",
            s -> served(s).counted(Measure.CONNECTION_ERRORS, 1)),
        row(
            UNKNOWN,
            "so, and whether connections fail could not be read",
            s -> served(s).unread(Measure.CONNECTION_ERRORS)),
        row(
            UNKNOWN,
            "so, and nothing is answered",
            s -> served(s).counted(Measure.TARGET_2XX, 0).counted(Measure.TARGET_5XX, 0)),
        row(
            UNKNOWN,
            "so, and answers could not be read",
            s -> served(s).unread(Measure.TARGET_3XX)),
        row(UNKNOWN, "so, and there is another group", s -> served(s).group(group("other"))),
        row(
                UNKNOWN,
                "one of the group fails otherwise",
                s -> served(s).failing(Reason.REFUSED, "i-1"))
            .saying("what the targets of tg answer on both ports"),
        row(
            UNKNOWN,
            "one of the group passes",
            s ->
                served(s)
                    .inState(State.HEALTHY, "i-1")
                    .counted(Measure.TARGET_2XX, 0)
                    .counted(Measure.CONNECTION_ERRORS, 1)),
        row(UNKNOWN, "health could not be read", s -> served(s).healthUnread("i-1", "i-2", "i-3"))
            .saying("what the targets of tg answer on both ports"),
        row(
            LIKELY,
            "one answer came",
            s -> served(s).counted(Measure.TARGET_2XX, 0).counted(Measure.TARGET_5XX, 1)),
        row(
            UNKNOWN,
            "one of the group is checked on the traffic port",
            s -> served(s).target("i-1", target -> target.withPort(9090))),
        row(
                LIKELY,
                "a prober elsewhere gets to one port only",
                s ->
                    probed(
                        apart(s).failing(Reason.REFUSED, "i-1"),
                        Vantage.NETWORK,
                        "5 Answered 200",
                        "5 Refused"))
            .saying(
                "i-1:9090: Refused from elsewhere in the network; the other port works",
                "[i-1:8080]"),
        row(
            RULED_OUT,
            "one prober gets to one port, and another to the other",
            s ->
                apart(s)
                    .probe(probe("i-1", Purpose.TRAFFIC, Vantage.NETWORK, "5 Connected"))
                    .probe(probe("i-1", 9090, Purpose.HEALTH_CHECK, Vantage.HERE, "5 Refused"))),
        row(
            UNKNOWN,
            "some targets could not be read",
            s -> s.group(group("other").withTargets(Known.unknown(UNREAD)))));
  }

  static Situation dead(Situation situation) {
    return apart(situation).counted(Measure.TARGET_2XX, 0).counted(Measure.CONNECTION_ERRORS, 1);
  }
}
