package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.target;

import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.TargetHealth.Port;
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

/// The check asks for `/health`, accepts 200 and waits 5 s.
class HealthCheckMisconfiguredTest {
  private static final HealthCheckMisconfigured CHECK = new HealthCheckMisconfigured();

  private static Situation alone(Situation situation) {
    return situation.targets(target("i-1"));
  }

  static Situation answering(Situation situation, String statuses) {
    Integer[] all =
        Stream.of(statuses.split(" ", -1)).map(Integer::valueOf).toArray(Integer[]::new);
    return alone(situation).health("i-1", SituationWiring.answering(all));
  }

  /// What the load balancer says that the only target answers.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # statuses | over HTTP | over gRPC
          299        | PROVEN    | RULED_OUT
          300        | PROVEN    | RULED_OUT
          301        | PROVEN    | RULED_OUT
          399        | PROVEN    | RULED_OUT
          400        | PROVEN    | RULED_OUT
          401        | PROVEN    | RULED_OUT
          402        | PROVEN    | RULED_OUT
          403        | PROVEN    | RULED_OUT
          404        | PROVEN    | RULED_OUT
          405        | PROVEN    | RULED_OUT
          406        | PROVEN    | RULED_OUT
          408        | POSSIBLE  | RULED_OUT
          420        | PROVEN    | RULED_OUT
          421        | PROVEN    | RULED_OUT
          422        | PROVEN    | RULED_OUT
          429        | POSSIBLE  | RULED_OUT
          500        | RULED_OUT | RULED_OUT
          408 429    | POSSIBLE  | RULED_OUT
          301 404    | PROVEN    | RULED_OUT
          429 404    | PROVEN    | RULED_OUT
          404 499    | PROVEN    | RULED_OUT
          404 500    | RULED_OUT | RULED_OUT
          404 503    | RULED_OUT | RULED_OUT
          410        | PROVEN    | RULED_OUT
          0          | RULED_OUT | PROVEN
          3          | RULED_OUT | PROVEN
          4          | RULED_OUT | RULED_OUT
          5          | RULED_OUT | PROVEN
          6          | RULED_OUT | RULED_OUT
          7          | RULED_OUT | PROVEN
          8          | RULED_OUT | RULED_OUT
          11         | RULED_OUT | RULED_OUT
          12         | RULED_OUT | PROVEN
          13         | RULED_OUT | RULED_OUT
          14         | RULED_OUT | RULED_OUT
          16         | RULED_OUT | PROVEN
          15         | RULED_OUT | RULED_OUT
          17         | RULED_OUT | RULED_OUT
          14 12      | RULED_OUT | PROVEN
          """)
  void byStatus(String statuses, Answer http, Answer grpc) {
    row(http, statuses, s -> answering(s, statuses)).holdsFor(CHECK);
    row(
            grpc,
            statuses,
            s ->
                answering(s, statuses)
                    .groups(group -> group.withProtocolVersion(ProtocolVersion.GRPC)))
        .holdsFor(CHECK);
  }

  /// What a prober in the load balancer's place gets, where the load balancer does not say.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries                                  | answer
          5 Answered 404                           | PROVEN
          1 Answered 404                           | PROVEN
          5 Answered 499                           | PROVEN
          5 Answered 500                           | UNKNOWN
          4 Answered 404, 1 Answered 500           | UNKNOWN
          5 Answered 200                           | RULED_OUT
          4 TimedOut, 1 Answered 200               | RULED_OUT
          5 Answered 200 5000                      | RULED_OUT
          5 Answered 200 5001                      | PROVEN
          4 Answered 200 5001, 1 Answered 200 5000 | RULED_OUT
          4 Answered 200 5001, 1 TimedOut          | UNKNOWN
          5 TlsFailed PLAINTEXT                    | PROVEN
          5 TlsFailed VERSION                      | UNKNOWN
          4 TlsFailed PLAINTEXT, 1 Reset           | UNKNOWN
          5 TimedOut                               | UNKNOWN
          """)
  void byTries(String tries, Answer answer) {
    row(
            answer,
            tries,
            s ->
                alone(s)
                    .failing(Reason.CHECK_FAILED, "i-1")
                    .probe("i-1", Purpose.HEALTH_CHECK, tries))
        .holdsFor(CHECK);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void probesCountWhereTheLoadBalancerDoesNotSayWhatIsAnswered(Reason reason) {
    boolean untold =
        switch (reason) {
          case TIMED_OUT, ANSWER_TIMED_OUT, MALFORMED, CHECK_FAILED, OTHER, UNEXPECTED_STATUS ->
              true;
          default -> false;
        };
    row(
            untold ? PROVEN : RULED_OUT,
            reason.name(),
            s ->
                alone(s)
                    .failing(reason, "i-1")
                    .probe("i-1", Vantage.LOAD_BALANCER, "5 Answered 404"))
        .holdsFor(CHECK);
  }

  @ParameterizedTest
  @MethodSource
  void healthCheckMisconfigured(SituationRow row) {
    row.holdsFor(CHECK);
  }

  static List<SituationRow> healthCheckMisconfigured() {
    return List.of(
        row(RULED_OUT, "all are healthy", s -> s)
            .saying("no target refuses what the health check asks"),
        row(RULED_OUT, "targets answer errors", s -> s.answering(503, "i-1")),
        row(PROVEN, "all answer not found", s -> s.answering(404, "i-1", "i-2", "i-3"))
            .saying(
                "tg\n3 targets answer HTTP /health with 404; accepted: 200\n",
                "an answer means that the network to the checked port is open\n",
                "clients get as many answers of success as in the hour before\n[i-1:8080, i-2"),
        row(POSSIBLE, "others pass the same check", s -> s.answering(404, "i-1"))
            .saying(
                "1 target answers HTTP /health with 404",
                "2 other targets of the group pass the same check: the targets differ"),
        row(POSSIBLE, "one passes the same check", s -> s.answering(404, "i-1", "i-2"))
            .saying("1 other target of the group passes the same check"),
        row(
                PROVEN,
                "others fail otherwise",
                s -> s.answering(404, "i-1").failing(Reason.TIMED_OUT, "i-2", "i-3"))
            .saying("[i-1:8080]"),
        row(
                PROVEN,
                "they answer differently, and the check has no path",
                s ->
                    s.answering(404, "i-1")
                        .answering(302, "i-2", "i-3")
                        .groups(SituationWiring.checking(null, "200")))
            .saying("3 targets answer HTTP with 302, 404;"),
        row(UNKNOWN, "nobody asked a target that fails", s -> s.failing(Reason.CHECK_FAILED, "i-1"))
            .saying("what i-1:8080 answers to the health check: nobody asked it from here"),
        row(UNKNOWN, "nobody asked two", s -> s.failing(Reason.CHECK_FAILED, "i-1", "i-2"))
            .saying("what 2 targets answer to the health check: nobody asked them from here"),
        row(
                UNKNOWN,
                "it was asked, and does not answer",
                s ->
                    s.failing(Reason.CHECK_FAILED, "i-1")
                        .probe("i-1", Vantage.LOAD_BALANCER, "5 Reset"))
            .saying("the health check: i-1:8080: Reset from where the load balancer stands"),
        row(UNKNOWN, "health could not be read", s -> s.healthUnread("i-1")),
        row(RULED_OUT, "a target joins", s -> s.inState(State.INITIAL, "i-1")),
        row(
            RULED_OUT,
            "a target leaves whose check fails",
            s ->
                s.health(
                    "i-1",
                    SituationWiring.health(State.DRAINING, Reason.CHECK_FAILED, Port.UNTOLD))),
        row(
                POSSIBLE,
                "a prober is refused what others are not",
                s ->
                    s.failing(Reason.CHECK_FAILED, "i-1")
                        .probe("i-1", Vantage.LOAD_BALANCER, "5 Answered 404"))
            .saying(
                "i-1:8080 answers HTTP /health with 404 from where the load balancer stands;"
                    + " accepted: 200"),
        row(LIKELY, "a prober elsewhere is refused", s -> refused(s, Vantage.NETWORK)),
        row(POSSIBLE, "this machine is refused", s -> refused(s, Vantage.HERE)),
        row(
                PROVEN,
                "it is refused the root",
                s ->
                    refused(s, Vantage.LOAD_BALANCER).groups(SituationWiring.checking(null, "200")))
            .saying("answers HTTP / with 404"),
        row(
                PROVEN,
                "it answers late",
                s ->
                    alone(s)
                        .failing(Reason.CHECK_FAILED, "i-1")
                        .probe("i-1", Vantage.LOAD_BALANCER, "5 Answered 200 9000"))
            .saying("i-1:8080 answers after more than the 5 s that the check waits"),
        row(PROVEN, "the check speaks TLS and it does not", s -> plain(s))
            .saying("the check speaks HTTPS, and i-1:8080 does not speak TLS"),
        row(
            UNKNOWN,
            "traffic speaks TLS and it does not",
            s ->
                alone(s)
                    .failing(Reason.CHECK_FAILED, "i-1")
                    .probe("i-1", Vantage.LOAD_BALANCER, "5 TlsFailed PLAINTEXT")),
        row(
            UNKNOWN,
            "some targets could not be read",
            s -> s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))));
  }

  static Situation refused(Situation situation, Vantage from) {
    return refused(situation, from, "5 Answered 404");
  }

  static Situation refused(Situation situation, Vantage from, String tries) {
    return alone(situation).failing(Reason.CHECK_FAILED, "i-1").probe("i-1", from, tries);
  }

  static Situation plain(Situation situation) {
    return alone(situation)
        .groups(group -> group.withHealthCheck(group.healthCheck().withProtocol(Protocol.HTTPS)))
        .failing(Reason.CHECK_FAILED, "i-1")
        .probe("i-1", Purpose.HEALTH_CHECK, "5 TlsFailed PLAINTEXT");
  }
}
