package lbresponder.cause;

import java.util.stream.Stream;
import lbresponder.diagnosis.CountCheck;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.facts.Measure;

/// The application itself answers with redirects or client errors: the load balancer reaches it and
/// passes them on.
final class TargetAnswersClientErrors extends CountCheck {
  private static final String REDIRECTS = "redirects of targets";
  private static final String ERRORS = "client errors of targets";

  TargetAnswersClientErrors() {
    super(
        "The application answers redirects or client errors",
        "Ask a target directly for a URL that fails, and look at what changed in the application"
            + " or its clients.",
        Measure.TARGET_4XX,
        ERRORS,
        Symptom.TARGET_CLIENT_ERROR,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    String usual = add(findings, current, Measure.TARGET_3XX, REDIRECTS);
    String refused = add(findings, current, Measure.TARGET_4XX, ERRORS);
    Verdict verdict =
        findings.orRuledOut(
            Stream.of(usual, refused)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("no %s and no %s were counted".formatted(REDIRECTS, ERRORS)));
    return verdict instanceof Verdict.Cause cause && !isAskedByChecks(current)
        ? cause.showingAs(Symptom.TARGET_CLIENT_ERROR)
        : verdict;
  }

  /// Whether health checks get the same as clients do.
  private static boolean isAskedByChecks(Case current) {
    return current.targets().all().stream()
        .flatMap(target -> target.unexpectedStatuses().stream())
        .anyMatch(status -> 300 <= status && status < 500);
  }

  private static String add(Findings findings, Case current, Measure measure, String counted) {
    return add(findings, current, measure, current.counts().countInScope(measure), counted);
  }
}
