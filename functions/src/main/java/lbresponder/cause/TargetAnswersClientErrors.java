package lbresponder.cause;

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
        Symptom.TARGET_CLIENT_ERROR);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    add(
        findings,
        current,
        Measure.TARGET_3XX,
        current.counts().inScope(Measure.TARGET_3XX),
        REDIRECTS);
    add(
        findings,
        current,
        Measure.TARGET_4XX,
        current.counts().inScope(Measure.TARGET_4XX),
        ERRORS);
    return findings.orRuledOut("no %s and no %s were counted".formatted(REDIRECTS, ERRORS));
  }
}
