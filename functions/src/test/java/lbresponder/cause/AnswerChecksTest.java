package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Function;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationRow;
import lbresponder.testing.SituationRow.Answer;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerChecksTest {
  private static Situation groupUnread(Situation situation) {
    return situation.group(SituationWiring.group("other").withTargets(Known.unknown(UNREAD)));
  }

  /// What health checks are answered with, and a prober that asks as they do.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # status | tries                          | from          | answer
          500      |                                |               | PROVEN
          499      |                                |               | RULED_OUT
          599      |                                |               | PROVEN
                   | 5 Answered 500                 | LOAD_BALANCER | PROVEN
                   | 1 Answered 500                 | LOAD_BALANCER | PROVEN
                   | 5 Answered 500                 | NETWORK       | LIKELY
                   | 4 Answered 500                 | NETWORK       | POSSIBLE
                   | 5 Answered 500                 | HERE          | POSSIBLE
                   | 5 Answered 499                 | LOAD_BALANCER | RULED_OUT
                   | 4 Answered 500, 1 Answered 200 | LOAD_BALANCER | RULED_OUT
                   | 4 Answered 500, 1 TimedOut     | LOAD_BALANCER | RULED_OUT
          """)
  void targetAnswersErrors(Integer status, String tries, Vantage from, Answer answer) {
    row(
            answer,
            "",
            s ->
                status != null
                    ? s.answering(status, "i-1")
                    : s.failing(Reason.CHECK_FAILED, "i-1").probe("i-1", from, tries))
        .holdsFor(new TargetAnswersErrors());
  }

  @ParameterizedTest
  @MethodSource
  void targetAnswersErrors(SituationRow row) {
    row.holdsFor(new TargetAnswersErrors());
  }

  static List<SituationRow> targetAnswersErrors() {
    return List.of(
        row(RULED_OUT, "nothing answers an error", s -> s)
            .saying("no target answered a server error"),
        row(
                RULED_OUT,
                "this kind counts no answers, and health checks get none that is an error",
                s -> s.notCounting(Measure.TARGET_5XX))
            .saying("no health check is answered with a server error"),
        row(UNKNOWN, "what one answers is not known", s -> s.healthUnread("i-1")).saying(UNREAD),
        row(PROVEN, "errors were counted", s -> s.counted(Measure.TARGET_5XX, 7))
            .saying("web\ntargets answered 7 server errors in 1500 requests\n[]"),
        row(
                PROVEN,
                "one of one request was",
                s ->
                    s.counted(Measure.TARGET_5XX, 1)
                        .load(load -> load.minutes(Measure.REQUESTS, null, 1)))
            .saying("targets answered 1 server errors in 1 requests"),
        row(
                PROVEN,
                "in two groups health checks are answered with errors",
                s ->
                    s.group(SituationWiring.group("other", SituationWiring.target("i-9")))
                        .answering(503, "i-1", "i-9"))
            .saying("tg\ni-1:8080, i-9:8080: "),
        row(
                PROVEN,
                "so, and requests are not known",
                s -> s.counted(Measure.TARGET_5XX, 7).unread(Measure.REQUESTS))
            .saying("targets answered 7 server errors\n"),
        row(
                PROVEN,
                "health checks are answered with errors",
                s ->
                    s.health("i-1", SituationWiring.answering(503, 500, 404)).answering(503, "i-2"))
            .saying("tg\ni-1:8080, i-2:8080: health checks are answered with 500, 503\n[i-1"),
        row(
            RULED_OUT,
            "a prober gets one from a healthy target",
            s -> s.probe("i-1", Vantage.LOAD_BALANCER, "5 Answered 500")),
        row(
                PROVEN,
                "a prober gets one from a target of unknown health",
                s -> s.healthUnread("i-1").probe("i-1", Vantage.LOAD_BALANCER, "5 Answered 500"))
            .saying("i-1:8080 answers what the health check asks with a server error"),
        row(
            RULED_OUT,
            "the traffic port answers one, and the checked port does not",
            s ->
                s.failing(Reason.CHECK_FAILED, "i-1")
                    .probe("i-1", Purpose.TRAFFIC, "5 Answered 500")
                    .probe("i-1", Purpose.HEALTH_CHECK, "5 Answered 200")),
        row(
            RULED_OUT,
            "errors were counted of another group",
            s ->
                s.alarmOn("tg", null, Measure.TARGET_5XX)
                    .counted(Measure.TARGET_5XX, 7)
                    .countedOf("tg", Measure.TARGET_5XX, 0)),
        row(UNKNOWN, "the count could not be read", s -> s.unread(Measure.TARGET_5XX))
            .saying(UNREAD),
        row(
            PROVEN,
            "so, and health checks are answered with errors",
            s -> s.unread(Measure.TARGET_5XX).answering(503, "i-1")),
        row(RULED_OUT, "errors are not counted", s -> s.notCounting(Measure.TARGET_5XX)),
        row(UNKNOWN, "some targets could not be read", s -> groupUnread(s)).saying(UNREAD));
  }

  @Test
  void errorsLookLikeErrorsAndThoseOfChecksLikeFailingChecks() {
    assertThat(symptoms(new Situation().counted(Measure.TARGET_5XX, 7)))
        .isEqualTo(Set.of(Symptom.TARGET_ERROR));
    assertThat(symptoms(new Situation().answering(503, "i-1")))
        .isEqualTo(Set.of(Symptom.UNHEALTHY));
    assertThat(symptoms(new Situation().counted(Measure.TARGET_5XX, 7).answering(503, "i-1")))
        .isEqualTo(Set.of(Symptom.TARGET_ERROR, Symptom.UNHEALTHY));
    assertThat(
            symptoms(
                new Situation()
                    .failing(Reason.CHECK_FAILED, "i-1")
                    .probe("i-1", Vantage.LOAD_BALANCER, "5 Answered 500")))
        .isEqualTo(Set.of(Symptom.UNHEALTHY));
  }

  private static Set<Symptom> symptoms(Situation situation) {
    Set<Symptom> symptoms =
        ((Verdict.Cause) situation.examine(new TargetAnswersErrors())).symptoms();
    return symptoms == null ? Set.of() : symptoms;
  }

  @ParameterizedTest
  @MethodSource
  void targetAnswersClientErrors(SituationRow row) {
    row.holdsFor(new TargetAnswersClientErrors());
  }

  static List<SituationRow> targetAnswersClientErrors() {
    return List.of(
        row(RULED_OUT, "none were counted", s -> s)
            .saying("no redirects of targets and no client errors of targets were counted"),
        row(PROVEN, "redirects were", s -> s.counted(Measure.TARGET_3XX, 1))
            .saying("web\n1 redirects of targets were counted (TARGET_3XX)\n[]"),
        row(PROVEN, "client errors were", s -> s.counted(Measure.TARGET_4XX, 2))
            .saying("2 client errors of targets were counted (TARGET_4XX)"),
        row(
                PROVEN,
                "both were",
                s -> s.counted(Measure.TARGET_3XX, 1).counted(Measure.TARGET_4XX, 1))
            .saying("1 redirects of targets", "1 client errors of targets"),
        row(
            PROVEN,
            "those of the group were",
            s ->
                s.alarmOn("tg", null, Measure.TARGET_4XX)
                    .countedOf("tg", Measure.TARGET_3XX, 0)
                    .countedOf("tg", Measure.TARGET_4XX, 1)),
        row(
            RULED_OUT,
            "those of others were",
            s ->
                s.alarmOn("tg", null, Measure.TARGET_4XX)
                    .counted(Measure.TARGET_3XX, 1)
                    .counted(Measure.TARGET_4XX, 1)
                    .countedOf("tg", Measure.TARGET_3XX, 0)
                    .countedOf("tg", Measure.TARGET_4XX, 0)),
        row(UNKNOWN, "one count could not be read", s -> s.unread(Measure.TARGET_3XX))
            .saying(UNREAD),
        row(
            PROVEN,
            "so, and the other is not zero",
            s -> s.unread(Measure.TARGET_3XX).counted(Measure.TARGET_4XX, 1)),
        row(
            NOT_APPLICABLE,
            "neither is counted",
            s -> s.notCounting(Measure.TARGET_3XX, Measure.TARGET_4XX)));
  }

  private static Situation function(Situation situation, Known<Boolean> admits) {
    return situation
        .targets(SituationWiring.withoutPort("function-1"))
        .groups(group -> group.withTargetType(TargetType.FUNCTION))
        .countedOf("tg", Measure.FUNCTION_ERRORS, 0)
        .countedOf("tg", Measure.FUNCTION_INTERNAL_ERRORS, 0)
        .fleet(
            fleet ->
                fleet.withFunctions(
                    Known.of(
                        List.of(
                            new Function("function-0", Known.of(false)),
                            new Function("function-1", admits)))));
  }

  @ParameterizedTest
  @MethodSource
  void lambdaTargetFails(SituationRow row) {
    row.holdsFor(new LambdaTargetFails());
  }

  static List<SituationRow> lambdaTargetFails() {
    return List.of(
        row(
                RULED_OUT,
                "targets are machines",
                s ->
                    s.countedOf("tg", Measure.FUNCTION_ERRORS, 1)
                        .countedOf("tg", Measure.FUNCTION_INTERNAL_ERRORS, 1))
            .saying("no target is a function"),
        row(
                RULED_OUT,
                "it may be invoked, and no invocation failed",
                s -> function(s, Known.of(true)))
            .saying("the functions admit the load balancer, and no more invocations failed than"),
        row(PROVEN, "it may not be invoked", s -> function(s, Known.of(false)))
            .saying(
                "function-1\nno statement of the function's policy lets the load balancer invoke",
                "[function-1]"),
        row(UNKNOWN, "whether it may could not be read", s -> function(s, Known.unknown(UNREAD)))
            .saying(UNREAD),
        row(
            UNKNOWN,
            "functions could not be read",
            s ->
                function(s, Known.of(true))
                    .fleet(fleet -> fleet.withFunctions(Known.unknown(UNREAD)))),
        row(
                PROVEN,
                "invocations failed",
                s -> function(s, Known.of(true)).countedOf("tg", Measure.FUNCTION_ERRORS, 1))
            .saying("function-1\n1 invocations for tg failed (FUNCTION_ERRORS)\n[function-1]"),
        row(
                PROVEN,
                "invocations failed on the provider's side",
                s ->
                    function(s, Known.of(true))
                        .countedOf("tg", Measure.FUNCTION_INTERNAL_ERRORS, 1))
            .saying("1 invocations for tg failed (FUNCTION_INTERNAL_ERRORS)"),
        row(
            UNKNOWN,
            "failed invocations could not be read",
            s ->
                function(s, Known.of(true))
                    .load(load -> load.unread(Measure.FUNCTION_ERRORS, "tg"))),
        row(UNKNOWN, "some targets could not be read", s -> groupUnread(s)).saying(UNREAD));
  }

  @Test
  void admittingItIsOffered() {
    assertThat(
            ((Verdict.Cause)
                    function(new Situation(), Known.of(false)).examine(new LambdaTargetFails()))
                .repairs())
        .containsExactly(new Repair.AdmitInvocation("function-1", "tg"));
  }
}
