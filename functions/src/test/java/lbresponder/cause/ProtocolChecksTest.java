package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Diagnosis.Fix;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProtocolChecksTest {
  private static Situation failing(Situation situation) {
    return situation.targets(SituationWiring.target("i-1")).failing(Reason.CHECK_FAILED, "i-1");
  }

  private static Situation http2(Situation situation) {
    return failing(situation).groups(group -> group.withProtocolVersion(ProtocolVersion.HTTP2));
  }

  private static Situation probed(Situation situation, String tries, @Nullable String otherwise) {
    situation.probe("i-1", Vantage.LOAD_BALANCER, tries);
    return otherwise == null
        ? situation
        : situation.probe("i-1", Purpose.ALTERNATE_PROTOCOL, otherwise);
  }

  /// Tries of a target that is spoken to in HTTP/2, and in HTTP/1.1.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # in HTTP/2                                   | in HTTP/1.1             | answer
          5 Reset                                       | 5 Answered 200          | PROVEN
          4 Reset                                       | 5 Answered 200          | POSSIBLE
          5 Silent                                      | 4 Reset, 1 Answered 200 | PROVEN
          5 Reset                                       | 5 Answered 400          | POSSIBLE
          5 Reset                                       | 5 Reset                 | POSSIBLE
          5 Reset                                       |                         | POSSIBLE
          5 Refused                                     | 5 Answered 200          | POSSIBLE
          4 Reset, 1 Refused                            | 5 Answered 200          | POSSIBLE
          4 Reset, 1 Connected                          | 5 Answered 200          | POSSIBLE
          5 Malformed                                   |                         | PROVEN
          5 Malformed                                   | 5 Answered 200          | PROVEN
          5 TlsFailed APPLICATION_PROTOCOL              |                         | PROVEN
          4 Malformed, 1 TlsFailed APPLICATION_PROTOCOL |                         | PROVEN
          5 TlsFailed VERSION                           |                         | POSSIBLE
          4 Malformed, 1 Reset                          |                         | POSSIBLE
          4 Reset, 1 AnsweredHttp2                      | 5 Answered 200          | RULED_OUT
          """)
  void protocolVersionByTries(String tries, @Nullable String otherwise, Answer answer) {
    row(answer, tries, s -> probed(http2(s), tries, otherwise))
        .holdsFor(new ProtocolVersionMismatch());
  }

  @ParameterizedTest
  @MethodSource
  void protocolVersionMismatch(SituationRow row) {
    row.holdsFor(new ProtocolVersionMismatch());
  }

  static List<SituationRow> protocolVersionMismatch() {
    return List.of(
        row(RULED_OUT, "no group speaks HTTP/2", s -> failing(s))
            .saying("no target group speaks HTTP/2 to targets that do not answer"),
        row(
            RULED_OUT,
            "a group speaks HTTP/1.1, and hears something else",
            s -> probed(failing(s), "5 Malformed", "5 Answered 200")),
        row(POSSIBLE, "checks of every target fail", s -> http2(s))
            .saying("tg speaks HTTP2, and no target of it passes a check", "[i-1:8080]"),
        row(
            POSSIBLE,
            "so in gRPC",
            s -> http2(s).groups(group -> group.withProtocolVersion(ProtocolVersion.GRPC))),
        row(
            RULED_OUT,
            "one target is healthy",
            s ->
                s.failing(Reason.CHECK_FAILED, "i-1", "i-2")
                    .groups(group -> group.withProtocolVersion(ProtocolVersion.HTTP2))),
        row(
            RULED_OUT,
            "one target answers a status",
            s ->
                s.failing(Reason.CHECK_FAILED, "i-1", "i-2")
                    .answering(500, "i-3")
                    .groups(group -> group.withProtocolVersion(ProtocolVersion.HTTP2))),
        row(
                UNKNOWN,
                "one check fails otherwise",
                s ->
                    s.failing(Reason.CHECK_FAILED, "i-1", "i-2")
                        .failing(Reason.TIMED_OUT, "i-3")
                        .groups(group -> group.withProtocolVersion(ProtocolVersion.HTTP2)))
            .saying("whether the targets of tg speak HTTP/2"),
        row(RULED_OUT, "the group is empty", s -> http2(s).targets()),
        row(
            LIKELY,
            "a prober elsewhere hears something else",
            s -> http2(s).probe("i-1", Vantage.NETWORK, "5 Malformed")),
        row(
                PROVEN,
                "it is said what it answers",
                s -> probed(http2(s), "5 Reset", "5 Answered 200"))
            .saying(
                "i-1:8080 does not answer HTTP/2 on any of 5 tries from where the load balancer"
                    + " stands, and answers HTTP/1.1"),
        row(
                PROVEN,
                "it is said what it does not answer",
                s -> http2(s).probe("i-1", Vantage.LOAD_BALANCER, "5 Malformed"))
            .saying("stands\n[i-1:8080]"),
        row(
                UNKNOWN,
                "some targets could not be read",
                s -> s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD))))
            .saying(UNREAD));
  }

  private static Situation proxied(Situation situation, boolean sent) {
    return failing(situation)
        .groups(group -> group.withProxyProtocol(Known.of(new ProxyProtocol(sent, "v2", false))));
  }

  /// Tries with the header, which is sent, and without.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # with the header       | without        | answer
          5 Reset                 | 5 Answered 200 | PROVEN
          5 Answered 400          | 5 Answered 200 | PROVEN
          5 Connected             | 5 Secured      | PROVEN
          4 Reset                 | 5 Answered 200 | POSSIBLE
          5 Reset                 | 5 Answered 400 | RULED_OUT
          5 Reset                 | 5 Reset        | RULED_OUT
          4 Reset, 1 Answered 200 | 5 Answered 200 | RULED_OUT
          4 Reset, 1 Refused      | 5 Answered 200 | RULED_OUT
          5 Refused               | 5 Answered 200 | RULED_OUT
          5 Reset                 |                | UNKNOWN
          4 Reset, 1 Answered 200 |                | RULED_OUT
          """)
  void proxyProtocolByTries(String sent, @Nullable String otherwise, Answer answer) {
    row(answer, sent, s -> probed(proxied(s, true), sent, otherwise))
        .holdsFor(new ProxyProtocolMismatch());
  }

  @ParameterizedTest
  @MethodSource
  void proxyProtocolMismatch(SituationRow row) {
    row.holdsFor(new ProxyProtocolMismatch());
  }

  static List<SituationRow> proxyProtocolMismatch() {
    return List.of(
        row(NOT_APPLICABLE, "such a group never gets the header", s -> failing(s))
            .saying(Situation.NONE),
        row(UNKNOWN, "nobody spoke to a target that fails", s -> proxied(s, true))
            .saying("nobody spoke to i-1:8080 with and without the header"),
        row(
                RULED_OUT,
                "nobody spoke to a target that is healthy",
                s -> proxied(s, true).inState(State.HEALTHY, "i-1"))
            .saying("no target answers only with, or only without the header"),
        row(
                UNKNOWN,
                "whether it is sent could not be read",
                s ->
                    proxied(s, true)
                        .groups(group -> group.withProxyProtocol(Known.unknown(UNREAD))))
            .saying(UNREAD),
        row(
            UNKNOWN,
            "some targets could not be read",
            s ->
                proxied(
                        s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD))),
                        true)
                    .inState(State.HEALTHY, "i-1")),
        row(
            NOT_APPLICABLE,
            "targets could not be read of a group that never gets it",
            s -> s.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)))),
        row(
            UNKNOWN,
            "no group could be read",
            s -> s.wiring(wiring -> wiring.withTargetGroups(Known.unknown(UNREAD)))),
        row(
                PROVEN,
                "it is sent to a target that does not expect it",
                s -> probed(proxied(s, true), "5 Reset", "5 Answered 200"))
            .saying(
                "Reset from where the load balancer stands, with the header; without it answers",
                "tg sends it",
                "[i-1:8080]"),
        row(
                PROVEN,
                "it is not sent to a target that expects it",
                s -> probed(proxied(s, false), "5 Reset", "5 Answered 200"))
            .saying(
                "Reset from where the load balancer stands, without the header; with it answers",
                "tg does not send it"),
        row(
            POSSIBLE,
            "this machine is answered without it",
            s ->
                proxied(s, true)
                    .probe("i-1", Vantage.HERE, "5 Reset")
                    .probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Answered 200")));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void theHeaderIsTurnedOnOrOffAndThatEndsIt(boolean sent) {
    Situation situation =
        probed(proxied(new Situation(), sent), "5 Reset", "5 Answered 200")
            .groups(group -> group.withProtocol(Protocol.TCP))
            .alarmOn(Measure.TARGET_RESETS);
    assertThat(situation.diagnose().causes().getFirst())
        .satisfies(
            finding -> {
              assertThat(finding.check().id()).isEqualTo("ProxyProtocolMismatch");
              assertThat(finding.fix()).isEqualTo(Fix.CHECKED);
              assertThat(finding.cause().repairs())
                  .containsExactly(new Repair.SendProxyHeader("tg", !sent));
            });
  }

  /// The header is sent to all of a group or to none.
  @Test
  void oneOfTwoIsNoReasonToSwitchItForBoth() {
    Situation situation =
        proxied(new Situation(), true)
            .targets(target("i-1"), target("i-2"))
            .failing(Reason.CHECK_FAILED, "i-1")
            .probe("i-1", Purpose.TRAFFIC, "5 Reset")
            .probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Answered 200");
    Verdict.Cause cause = (Verdict.Cause) situation.examine(new ProxyProtocolMismatch());
    assertThat(cause.repairs())
        .containsExactly(
            new Repair.Decide(
                "Let i-1:8080 expect the header, as the others of tg do, or find out what those"
                    + " expect: it is sent to all of them."));
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void onlyHttp2AndGrpcAreNotHttp1(ProtocolVersion version) {
    Verdict verdict =
        failing(new Situation())
            .groups(group -> group.withProtocolVersion(version))
            .examine(new ProtocolVersionMismatch());
    assertThat(Answer.of(verdict))
        .isEqualTo(version == ProtocolVersion.HTTP1 ? RULED_OUT : POSSIBLE);
  }
}
