package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.LIKELY;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.listener;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.Condition;
import lbresponder.facts.Listener.Destination;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FixedResponseTest {
  private static Situation answering(Situation situation, int status) {
    return situation.listeners(listener(80, forward("tg", 1), new Listener.FixedResponse(status)));
  }

  @ParameterizedTest
  @MethodSource
  void answers(SituationRow row) {
    row.holdsFor(new FixedResponse());
  }

  static List<SituationRow> answers() {
    return List.of(
        row(RULED_OUT, "everything is forwarded", s -> s.counted(Measure.LB_503, 9))
            .saying("no rule and no listener answers with the errors that were counted"),
        row(
                LIKELY,
                "503 by default, and all targets are well",
                s -> answering(s, 503).counted(Measure.LB_503, 9))
            .saying("listener-80\nlistener HTTP:80 by default answers 503 by itself"),
        row(
            POSSIBLE,
            "so, and no target takes traffic: either may be why",
            s ->
                answering(s, 503)
                    .counted(Measure.LB_503, 9)
                    .failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")),
        row(RULED_OUT, "so, and none was counted", s -> answering(s, 503)),
        row(
            POSSIBLE,
            "so, and the count could not be read",
            s -> answering(s, 503).unread(Measure.LB_503)),
        row(
            RULED_OUT,
            "another code was counted",
            s -> answering(s, 503).counted(Measure.LB_502, 9)),
        row(
            POSSIBLE,
            "404 for what no rule knows",
            s -> answering(s, 404).counted(Measure.LB_4XX, 9)),
        row(RULED_OUT, "a page of its own", s -> answering(s, 200).counted(Measure.LB_5XX, 9)),
        row(
            UNKNOWN,
            "rules could not be read",
            s -> s.listeners(listener(80, forward("tg", 1)).withRules(Known.unknown(UNREAD)))),
        row(
            UNKNOWN,
            "listeners could not be read",
            s -> s.wiring(wiring -> wiring.withListeners(Known.unknown(UNREAD)))),
        row(
            NOT_APPLICABLE,
            "it has none",
            s -> s.wiring(wiring -> wiring.withListeners(Known.none("none")))));
  }

  @ParameterizedTest
  @CsvSource({
    "500, LB_500, INTERNAL",
    "502, LB_502, BAD_ANSWER",
    "503, LB_503, NO_TARGET",
    "504, LB_504, SILENT",
    "501, LB_5XX, NO_TARGET",
    "403, LB_4XX, CLIENT_ERROR"
  })
  void eachStatusLooksLikeWhatItIsCountedWith(int status, Measure measure, Symptom symptom) {
    Situation situation = answering(new Situation(), status).alarmOn(measure).counted(measure, 5);
    Verdict.Cause cause = (Verdict.Cause) situation.examine(new FixedResponse());
    assertThat(cause.symptoms()).isEqualTo(Set.of(symptom));
    assertThat(situation.diagnose().causes())
        .extracting((Finding finding) -> finding.check().id())
        .contains("FixedResponse");
  }

  private static Listener redirecting(
      @Nullable String protocol, @Nullable String port, @Nullable String path) {
    return listener(
        80,
        new Listener.Redirect(301, Known.of(new Destination(protocol, port, null, path, null))));
  }

  @ParameterizedTest
  @MethodSource
  void redirects(SituationRow row) {
    row.holdsFor(new FixedResponse());
  }

  static List<SituationRow> redirects() {
    return List.of(
        row(RULED_OUT, "to TLS", s -> s.listeners(redirecting("HTTPS", "443", null))),
        row(RULED_OUT, "to another path", s -> s.listeners(redirecting(null, null, "/new"))),
        row(PROVEN, "to itself, said in full", s -> s.listeners(redirecting("HTTP", "80", null)))
            .saying("listener HTTP:80 by default redirects to itself"),
        row(PROVEN, "to another port of itself", s -> s.listeners(redirecting("HTTP", null, null))),
        row(RULED_OUT, "to another port", s -> s.listeners(redirecting("HTTP", "8080", null))),
        row(
            UNKNOWN,
            "where to was not recorded",
            s ->
                s.listeners(
                    listener(80, new Listener.Redirect(301, Known.unknown("not recorded"))))),
        row(PROVEN, "for a path", s -> s.listeners(forCondition("path-pattern"))),
        row(
            RULED_OUT,
            "for a method, which changes",
            s -> s.listeners(forCondition("http-request-method"))));
  }

  private static Listener forCondition(String field) {
    return listener(80, forward("tg", 1))
        .withRules(
            Known.of(
                List.of(
                    new Listener.Rule(
                        "r",
                        1,
                        List.of(new Condition(field, List.of("x"))),
                        redirecting("HTTP", "80", null).defaultAction()))));
  }

  /// No error is counted of it.
  @Test
  void aCircleIsNoReasonForErrors() {
    Situation situation =
        new Situation()
            .alarmOn(Measure.LB_503)
            .listeners(
                listener(80, forward("tg", 1), redirecting("HTTP", "80", null).defaultAction()));
    assertThat(situation.diagnose().sideFindings())
        .extracting((Finding finding) -> finding.check().id())
        .containsExactly("FixedResponse");
    assertThat(situation.alarmOn(Measure.REQUESTS).diagnose().causes().getFirst().check().id())
        .isEqualTo("FixedResponse");
  }
}
