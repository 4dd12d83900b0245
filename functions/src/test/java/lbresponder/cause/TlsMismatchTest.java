package lbresponder.cause;

import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationProbes;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TlsMismatchTest {
  static final TlsMismatch CHECK = new TlsMismatch();

  /// One target that is spoken to in TLS, and of which the check failed.
  static Situation secure(Situation situation) {
    return speaking(situation, Protocol.HTTPS);
  }

  static Situation speaking(Situation situation, Protocol protocol) {
    return situation
        .targets(SituationWiring.target("i-1"))
        .groups(group -> group.withProtocol(protocol))
        .failing(Reason.CHECK_FAILED, "i-1");
  }

  static Situation probed(Situation situation, String tries) {
    return situation.probe("i-1", Vantage.LOAD_BALANCER, tries);
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void onlyTlsIsHeldAgainstHandshakesAndOnlyHttpAgainstPlainText(Protocol protocol) {
    Situation situation =
        probed(speaking(new Situation(), protocol), "5 Reset")
            .probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Secured");
    Answer answer =
        switch (protocol) {
          case HTTPS, TLS -> UNKNOWN;
          case HTTP -> PROVEN;
          case TCP, UDP, TCP_UDP, QUIC, TCP_QUIC, OTHER, NONE -> RULED_OUT;
        };
    assertThat(Answer.of(situation.examine(CHECK))).isEqualTo(answer);
  }

  @Test
  void handshakesAreSaidWhereSomeWereCounted() {
    Situation situation = probed(secure(new Situation()), "5 TlsFailed PLAINTEXT");
    assertThat(SituationRow.reasons(situation.examine(CHECK))).doesNotContain("were counted");
    assertThat(SituationRow.reasons(situation.counted(Measure.TLS_ERRORS, 1).examine(CHECK)))
        .contains("1 failed handshakes with targets were counted");
  }

  @Test
  void oneProberThatIsAnsweredOverTlsIsEnough() {
    Situation situation =
        probed(speaking(new Situation(), Protocol.HTTP), "5 Reset")
            .probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Reset")
            .probe(
                SituationProbes.probe(
                    "i-1", Purpose.ALTERNATE_PROTOCOL, Vantage.HERE, "5 Secured"));
    assertThat(Answer.of(situation.examine(CHECK))).isEqualTo(PROVEN);
  }

  @ParameterizedTest
  @MethodSource
  void tlsMismatch(SituationRow row) {
    row.holdsFor(CHECK);
  }

  static List<SituationRow> tlsMismatch() {
    return List.of(
        row(RULED_OUT, "no group speaks TLS", s -> s)
            .saying("no target group speaks TLS to its targets"),
        row(UNKNOWN, "a group could not be read", s -> s.group(unread())).saying("others unread"),
        row(
                UNKNOWN,
                "neither a group nor the count could be read",
                s -> s.group(unread()).load(load -> load.unread(Measure.TLS_ERRORS)))
            .saying("others unread; not read"),
        row(
                UNKNOWN,
                "so, and a target was not probed",
                s -> secure(s).group(unread()).unread(Measure.TLS_ERRORS))
            .saying("others unread; i-1:8080 was not probed"),
        row(
                UNKNOWN,
                "it was probed twice",
                s -> probed(secure(s), "5 Reset").probe("i-1", Vantage.HERE, "5 Silent"))
            .saying("i-1:8080: Reset from where the load balancer stands"),
        row(
                POSSIBLE,
                "a group could not be read, and handshakes failed",
                s -> s.group(unread()).counted(Measure.TLS_ERRORS, 1))
            .saying("[]"),
        row(UNKNOWN, "nobody probed a target that fails", s -> secure(s))
            .saying("i-1:8080 was not probed"),
        row(UNKNOWN, "it answers what is no handshake", s -> probed(secure(s), "5 Reset"))
            .saying("i-1:8080: Reset from where the load balancer stands"),
        row(
                RULED_OUT,
                "nobody probed, and all are healthy",
                s -> secure(s).inState(State.HEALTHY, "i-1"))
            .saying("no handshake with a target failed"),
        row(
            RULED_OUT,
            "nobody probed, and the target leaves",
            s -> secure(s).inState(State.DRAINING, "i-1")),
        row(
                UNKNOWN,
                "all are healthy, and the count could not be read",
                s -> secure(s).inState(State.HEALTHY, "i-1").unread(Measure.TLS_ERRORS))
            .saying("i-1:8080 was not probed"),
        row(
                RULED_OUT,
                "each agrees with a prober, and the count could not be read",
                s -> probed(secure(s), "5 Secured").unread(Measure.TLS_ERRORS))
            .saying("every target agrees on TLS with a prober"),
        row(
                LIKELY,
                "handshakes failed, and every check does",
                s -> secure(s).counted(Measure.TLS_ERRORS, 1))
            .saying("web\n1 failed handshakes with targets were counted\n[i-1:8080]"),
        row(
            LIKELY,
            "handshakes failed, and those of checks too",
            s -> secure(s).failing(Reason.TLS_FAILED, "i-1").counted(Measure.TLS_ERRORS, 1)),
        row(
                POSSIBLE,
                "handshakes failed, and checks fail otherwise",
                s -> secure(s).failing(Reason.TIMED_OUT, "i-1").counted(Measure.TLS_ERRORS, 1))
            .saying("[]"),
        row(
            POSSIBLE,
            "handshakes failed, and one of three targets is healthy",
            s ->
                s.groups(group -> group.withProtocol(Protocol.TLS))
                    .failing(Reason.CHECK_FAILED, "i-1", "i-2")
                    .counted(Measure.TLS_ERRORS, 1)),
        row(
                UNKNOWN,
                "one of two targets agrees",
                s ->
                    probed(s.groups(group -> group.withProtocol(Protocol.TLS)), "5 Secured")
                        .failing(Reason.CHECK_FAILED, "i-2"))
            .saying("i-2:8080 was not probed"),
        row(
            RULED_OUT,
            "an HTTP/2 group is spoken to in plain text",
            s ->
                probed(speaking(s, Protocol.HTTP), "5 Reset")
                    .groups(group -> group.withProtocolVersion(ProtocolVersion.HTTP2))
                    .probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Secured")),
        row(
                UNKNOWN,
                "an HTTP group may get the proxy protocol's header, and only that was left out",
                s ->
                    probed(speaking(s, Protocol.HTTP), "5 Reset")
                        .groups(
                            group ->
                                group.withProxyProtocol(
                                    Known.of(new ProxyProtocol(true, "v1", false))))
                        .probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Answered 200"))
            .saying("i-1:8080 was not tried over TLS"),
        row(
            LIKELY,
            "a prober elsewhere gets plain text",
            s -> secure(s).probe("i-1", Vantage.NETWORK, "5 TlsFailed PLAINTEXT")),
        row(
            POSSIBLE,
            "this machine gets plain text",
            s -> secure(s).probe("i-1", Vantage.HERE, "5 TlsFailed PLAINTEXT")),
        row(
            LIKELY,
            "the alarm is on the group, whose handshakes are not counted apart",
            s -> secure(s).alarmOn("tg", null, Measure.TLS_ERRORS).counted(Measure.TLS_ERRORS, 1)),
        row(
            UNKNOWN,
            "the alarm is on the group, of which none failed",
            s ->
                secure(s)
                    .alarmOn("tg", null, Measure.TLS_ERRORS)
                    .countedOf("tg", Measure.TLS_ERRORS, 0)
                    .counted(Measure.TLS_ERRORS, 1)));
  }

  private static TargetGroup unread() {
    return SituationWiring.group("other").withTargets(Known.unknown("others unread"));
  }

  @Test
  void whatItLooksLike() {
    assertThat(symptoms(probed(secure(new Situation()), "5 TlsFailed PLAINTEXT")))
        .isEqualTo(Set.of(Symptom.TLS, Symptom.UNHEALTHY));
    assertThat(symptoms(secure(new Situation()).counted(Measure.TLS_ERRORS, 1)))
        .isEqualTo(Set.of(Symptom.TLS, Symptom.UNHEALTHY));
    assertThat(
            symptoms(
                probed(speaking(new Situation(), Protocol.HTTP), "5 Reset")
                    .probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Secured")))
        .isEqualTo(Set.of(Symptom.RESET, Symptom.BAD_ANSWER, Symptom.UNHEALTHY));
  }

  private static Set<Symptom> symptoms(Situation situation) {
    return Objects.requireNonNull(((Verdict.Cause) situation.examine(CHECK)).symptoms());
  }
}
