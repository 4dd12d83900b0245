package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationProbes.probe;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Causes that show as the same result of every try on the traffic port. How sure places and
/// numbers of tries make them is in `ConfidenceTest`.
class ProbeChecksTest {
  /// What each says of one failing target that was probed from the load balancer's place.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries                  | refuses   | hangs     | resets    | malformed
          5 Refused                | PROVEN    | UNKNOWN   | UNKNOWN   | UNKNOWN
          4 Refused                | POSSIBLE  | UNKNOWN   | UNKNOWN   | UNKNOWN
          4 Refused, 1 TimedOut    | UNKNOWN   | UNKNOWN   | UNKNOWN   | UNKNOWN
          5 TimedOut               | UNKNOWN   | UNKNOWN   | UNKNOWN   | UNKNOWN
          5 HostUnreachable 1      | UNKNOWN   | UNKNOWN   | UNKNOWN   | UNKNOWN
          5 NotDialled             | UNKNOWN   | UNKNOWN   | UNKNOWN   | UNKNOWN
          4 Refused, 1 Silent      | RULED_OUT | UNKNOWN   | UNKNOWN   | UNKNOWN
          5 Connected              | RULED_OUT | UNKNOWN   | UNKNOWN   | UNKNOWN
          5 Secured                | RULED_OUT | UNKNOWN   | UNKNOWN   | UNKNOWN
          5 TlsFailed OTHER        | RULED_OUT | UNKNOWN   | UNKNOWN   | UNKNOWN
          5 Silent                 | RULED_OUT | PROVEN    | UNKNOWN   | UNKNOWN
          4 Silent, 1 Connected    | RULED_OUT | UNKNOWN   | UNKNOWN   | UNKNOWN
          4 Silent, 1 Answered 500 | RULED_OUT | RULED_OUT | RULED_OUT | RULED_OUT
          5 Answered 200           | RULED_OUT | RULED_OUT | RULED_OUT | RULED_OUT
          5 Reset                  | RULED_OUT | UNKNOWN   | PROVEN    | UNKNOWN
          3 Closed, 2 Reset        | RULED_OUT | UNKNOWN   | PROVEN    | UNKNOWN
          4 Reset, 1 Silent        | RULED_OUT | UNKNOWN   | UNKNOWN   | UNKNOWN
          5 Malformed              | RULED_OUT | UNKNOWN   | UNKNOWN   | PROVEN
          4 Malformed, 1 Reset     | RULED_OUT | UNKNOWN   | UNKNOWN   | UNKNOWN
          """)
  void byResult(String tries, Answer refuses, Answer hangs, Answer resets, Answer malformed) {
    answers(refuses, new NothingListening(), tries);
    answers(hangs, new TargetHangs(), tries);
    answers(resets, new TargetResetsConnections(), tries);
    answers(malformed, new MalformedResponse(), tries);
  }

  private static void answers(Answer answer, Check check, String tries) {
    row(answer, check.id(), s -> alone(s).probe("i-1", Vantage.LOAD_BALANCER, tries))
        .holdsFor(check);
  }

  /// One target, of which the check failed.
  private static Situation alone(Situation situation) {
    return situation.targets(SituationWiring.target("i-1")).failing(Reason.CHECK_FAILED, "i-1");
  }

  @ParameterizedTest
  @MethodSource
  void nothingListening(SituationRow row) {
    row.holdsFor(new NothingListening());
  }

  static List<SituationRow> nothingListening() {
    return List.of(
        row(UNKNOWN, "nobody probed", s -> s).saying(UNREAD),
        row(UNKNOWN, "no target was probed", s -> alone(s).probedNothing())
            .saying("i-1:8080 was not probed"),
        row(RULED_OUT, "there are no targets", s -> s.targets().probedNothing())
            .saying("no target refuses connections"),
        row(
            RULED_OUT,
            "what leaves or is not used is not probed",
            s ->
                s.probedNothing()
                    .inState(State.DRAINING, "i-1", "i-2")
                    .inState(State.UNUSED, "i-3")),
        row(
                UNKNOWN,
                "some targets could not be read",
                s ->
                    s.targets()
                        .probedNothing()
                        .group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(PROVEN, "it refuses", s -> refusing(alone(s)))
            .saying(
                "i-1\n",
                "i-1:8080 refuses connections on all of 5 tries from where the load balancer"
                    + " stands\n",
                "[i-1:8080]"),
        row(LIKELY, "it refuses, though its health check passed last", s -> refusing(one(s)))
            .saying("stands, though its health check passed last"),
        row(
                LIKELY,
                "it refuses elsewhere in the network",
                s -> alone(s).probe("i-1", Vantage.NETWORK, "5 Refused"))
            .saying("from elsewhere in the network"),
        row(
            UNKNOWN,
            "it refuses elsewhere in the network, where its health check passes",
            s -> one(s).probe("i-1", Vantage.NETWORK, "5 Refused")),
        row(
            POSSIBLE,
            "it refuses this machine",
            s -> alone(s).probe("i-1", Vantage.HERE, "5 Refused")),
        row(
            RULED_OUT,
            "it answers as soon as it is spoken to otherwise",
            s -> refusing(alone(s)).probe("i-1", Purpose.ALTERNATE_PROTOCOL, "1 Answered 200")),
        row(
            PROVEN,
            "it does not answer otherwise either",
            s -> refusing(alone(s)).probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Refused")),
        row(
            UNKNOWN,
            "only its health check's port refuses",
            s -> alone(s).probe(probe("i-1", Purpose.HEALTH_CHECK, Vantage.HERE, "5 Refused"))),
        row(PROVEN, "it refuses in HTTP/2", s -> refusing(http2(alone(s)))));
  }

  private static Situation one(Situation situation) {
    return situation.targets(SituationWiring.target("i-1"));
  }

  private static Situation http2(Situation situation) {
    return situation.groups(group -> group.withProtocolVersion(ProtocolVersion.HTTP2));
  }

  private static Situation refusing(Situation situation) {
    return situation.probe("i-1", Vantage.LOAD_BALANCER, "5 Refused");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # version | asked in HTTP/1.1 too | hangs or resets
          HTTP1     | false                 | PROVEN
          HTTP2     | false                 | POSSIBLE
          GRPC      | false                 | POSSIBLE
          HTTP2     | true                  | PROVEN
          """)
  void whatHangsUpOnHttp2MayOnlyNotSpeakIt(ProtocolVersion version, boolean asked, Answer answer) {
    for (String tries : List.of("5 Reset", "5 Silent")) {
      row(answer, tries, s -> asked(version, asked, s).probe("i-1", Vantage.LOAD_BALANCER, tries))
          .holdsFor(tries.equals("5 Reset") ? new TargetResetsConnections() : new TargetHangs());
    }
  }

  private static Situation asked(ProtocolVersion version, boolean asked, Situation situation) {
    alone(situation).groups(group -> group.withProtocolVersion(version));
    return asked ? situation.probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Reset") : situation;
  }

  @Test
  void whatIsNoHttpIsJudgedOnlyWhereHttp1IsSpoken() {
    row(
            RULED_OUT,
            "HTTP/2",
            s -> http2(alone(s)).probe("i-1", Vantage.LOAD_BALANCER, "5 Malformed"))
        .saying("no target answers what is no HTTP")
        .holdsFor(new MalformedResponse());
  }

  /// So many targets refuse five times, and one more once.
  @ParameterizedTest
  @CsvSource({"19, 19", "20, 21"})
  void representativesSpeakForTheOthersOfTheirGroup(int often, int sure) {
    Situation situation = new Situation();
    Target[] targets = new Target[often + 1];
    for (int i = 0; i <= often; i++) {
      targets[i] = SituationWiring.target("i-" + i);
      situation.probe("i-" + i, Vantage.LOAD_BALANCER, (i == often ? 1 : 5) + " Refused");
    }
    situation.targets(targets);
    for (Target target : targets) {
      situation.failing(Reason.CHECK_FAILED, target.id());
    }
    Verdict.Cause cause = (Verdict.Cause) situation.examine(new NothingListening());
    assertThat(cause.targets()).hasSize(sure);
  }
}
