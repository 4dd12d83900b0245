package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.answering;
import static lbresponder.testing.SituationWiring.inState;
import static lbresponder.testing.SituationWiring.target;

import java.util.List;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Measure;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.facts.Usage;
import lbresponder.facts.Usage.Holder;
import lbresponder.facts.Usage.Resource;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationFleet;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DependencyFailsTest {
  @ParameterizedTest
  @MethodSource
  void dependencyFails(SituationRow row) {
    row.holdsFor(new DependencyFails());
  }

  /// In the third minute all three begin to answer their check with 503, and clients wait longer.
  private static Situation away(Situation situation) {
    return slower(together(situation.failingOpen().answering(503, "i-1", "i-2", "i-3")), 2);
  }

  /// So they do without an answer to it.
  private static Situation late(Situation situation) {
    return slower(
        together(situation.failingOpen().failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")), 2);
  }

  private static Situation together(Situation situation) {
    return unhealthy(situation, 0, 0, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3)
        .fleet(fleet -> fleet.withStatusChecks(Known.of(List.of(ok("i-1"), ok("i-2"), ok("i-3")))));
  }

  private static StatusCheck ok(String machine) {
    return check(machine, StatusCheck.State.OK);
  }

  private static StatusCheck check(String machine, StatusCheck.State state) {
    return SituationFleet.statusCheck(machine, StatusCheck.Subject.MACHINE, state);
  }

  private static Situation unhealthy(Situation situation, double... minutes) {
    return situation.load(load -> load.minutes(Measure.UNHEALTHY_TARGETS, "tg", minutes));
  }

  private static Situation slower(Situation situation, double times) {
    return situation.load(load -> load.during(Measure.RESPONSE_TIME, null, 0.5 * times));
  }

  static List<SituationRow> dependencyFails() {
    return List.of(
        row(RULED_OUT, "all is well", s -> s),
        row(LIKELY, "all answer 503 within a minute, and slowly", DependencyFailsTest::away)
            .saying(
                "3 of 3 targets in 2 zones began to fail their check together at"
                    + " 2026-01-01T12:02:00Z",
                "they answer it with 503",
                "targets answer 2 times slower"),
        row(
                LIKELY,
                "all answer 503 within a minute, and clients are served as fast as ever",
                s -> slower(away(s), 1))
            .saying("answered with 2XX about as often as before"),
        row(
            POSSIBLE,
            "so, and nobody is served: it may be switched to maintenance",
            s -> slower(away(s), 1).load(load -> load.during(Measure.TARGET_2XX, null, 0))),
        row(LIKELY, "none answers in time, and connections are made", DependencyFailsTest::late)
            .saying("they accept connections and do not answer in time"),
        row(POSSIBLE, "so, and clients wait no longer", s -> slower(late(s), 1)),
        row(
                UNKNOWN,
                "connections fail too: a rule may be gone",
                s -> late(s).counted(Measure.CONNECTION_ERRORS, 9))
            .saying("whether i-1:8080 still accepts connections"),
        row(
            UNKNOWN,
            "whether connections fail was not read",
            s -> late(s).unread(Measure.CONNECTION_ERRORS)),
        row(
            UNKNOWN,
            "nothing is sent to them",
            s -> late(s).load(load -> load.during(Measure.REQUESTS, null, 0))),
        row(UNKNOWN, "a new release is rolled out", s -> away(s).fleet(SituationFleet::rollingOut))
            .saying("whether it is what is rolled out: app rolls out app:2"),
        row(
            POSSIBLE,
            "whether one is was not read",
            s -> away(s).fleet(fleet -> fleet.withServices(Known.unknown(UNREAD)))),
        row(
                UNKNOWN,
                "one after the other, as where a release goes round",
                s -> unhealthy(away(s), 0, 1, 1, 2, 2, 3, 3, 3, 3, 3))
            .saying("whether they began to fail together"),
        row(
            LIKELY,
            "one just outside two minutes, within its interval",
            s -> unhealthy(away(s), 0, 1, 3, 3, 3)),
        row(
            UNKNOWN,
            "they always failed",
            s -> away(s).load(load -> load.steady(Measure.UNHEALTHY_TARGETS, "tg", 3))),
        row(
                UNKNOWN,
                "two of three failed already",
                s ->
                    unhealthy(away(s), 2, 2, 3, 3, 3)
                        .load(load -> load.before(Measure.UNHEALTHY_TARGETS, "tg", 2)))
            .saying("2 of tg failed before"),
        row(
            UNKNOWN,
            "since when was not read",
            s -> away(s).load(load -> load.unread(Measure.UNHEALTHY_TARGETS, "tg"))),
        row(RULED_OUT, "one in three is well", s -> away(s).inState(State.HEALTHY, "i-3")),
        row(
            POSSIBLE,
            "two of two may be chance",
            s ->
                unhealthy(
                    away(s)
                        .targets(
                            target("i-1").withHealth(Known.of(inState(State.DRAINING))),
                            failing("i-2"),
                            failing("i-3")),
                    0,
                    0,
                    2,
                    2,
                    2)),
        row(UNKNOWN, "all of one zone", s -> away(s).targets(failing("i-1"), failing("i-2")))
            .saying("whether it is their zone"),
        row(RULED_OUT, "the path is gone", s -> away(s).answering(404, "i-1", "i-2", "i-3")),
        row(
            RULED_OUT,
            "only connections are checked",
            s -> away(s).group("tg", group -> group.withHealthCheck(tcp()))),
        row(
            POSSIBLE,
            "a machine is impaired, which leaves two",
            s ->
                late(s)
                    .fleet(
                        fleet ->
                            fleet.withStatusChecks(
                                Known.of(List.of(check("i-1", StatusCheck.State.IMPAIRED)))))),
        row(
            POSSIBLE,
            "a machine stops, which leaves two",
            s -> away(s).machine("i-1", SituationFleet.state(Instance.State.STOPPING, null))),
        row(UNKNOWN, "they compute all they can", s -> used(away(s), 90)),
        row(LIKELY, "they compute less than that", s -> used(away(s), 89)),
        row(
            POSSIBLE,
            "more is asked of them",
            s -> away(s).load(load -> load.during(Measure.REQUESTS, null, 121))),
        row(
            POSSIBLE,
            "another port answers the checks",
            s ->
                away(s)
                    .group(
                        "tg", group -> group.withHealthCheck(group.healthCheck().withPort(9000)))),
        row(
            LIKELY,
            "a server over gRPC that is unavailable",
            s -> grpc(away(s).answering(14, "i-1", "i-2", "i-3"))),
        row(
            RULED_OUT,
            "one that does not know the method",
            s -> grpc(away(s).answering(12, "i-1", "i-2", "i-3"))),
        row(
            UNKNOWN,
            "the scaling group takes some away",
            s ->
                away(s)
                    .fleet(
                        fleet ->
                            fleet.withScalingGroups(
                                Known.of(
                                    List.of(
                                        SituationFleet.scalingGroup(
                                            3,
                                            3,
                                            6,
                                            SituationFleet.activity(
                                                1,
                                                ScalingGroup.Kind.TERMINATION,
                                                ScalingGroup.Outcome.SUCCESSFUL))))))));
  }

  private static Target failing(String id) {
    return target(id).withHealth(Known.of(answering(503)));
  }

  private static Situation grpc(Situation situation) {
    return situation.group("tg", group -> group.withProtocolVersion(ProtocolVersion.GRPC));
  }

  private static HealthCheck tcp() {
    return new HealthCheck(true, Protocol.TCP, null, null, null, 10, 5, 2, 2);
  }

  private static Situation used(Situation situation, double percent) {
    List<Point> points = List.of(new Point(Situation.minute(5), percent));
    return situation.fleet(
        fleet ->
            fleet.withUsage(
                Known.of(
                    List.of(new Usage("i-1", Holder.MACHINE, Resource.CPU, Known.of(points))))));
  }
}
