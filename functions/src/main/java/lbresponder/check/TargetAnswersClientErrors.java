package lbresponder.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// The application itself answers with redirects or client errors: the load balancer reaches it and
/// passes them on.
final class TargetAnswersClientErrors implements Check {

  @Override
  public String title() {
    return "The application answers redirects or client errors";
  }

  @Override
  public String advice() {
    return "Ask a target directly for a URL that fails, and look at what changed in the application"
        + " or its clients.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.TARGET_CLIENT_ERROR);
  }

  @Override
  public Verdict examine(Facts facts) {
    Set<Kind> kinds = EnumSet.of(Kind.APPLICATION, Kind.CLASSIC);
    Verdict redirects =
        Counted.verdict(
            facts,
            Measure.TARGET_3XX,
            Metrics.total(facts, Measure.TARGET_3XX),
            kinds,
            "redirects of targets");
    Verdict errors =
        Counted.verdict(
            facts,
            Measure.TARGET_4XX,
            Metrics.total(facts, Measure.TARGET_4XX),
            kinds,
            "client errors of targets");
    List<Verdict.Cause> causes =
        Stream.of(redirects, errors)
            .filter(Verdict.Cause.class::isInstance)
            .map(Verdict.Cause.class::cast)
            .toList();
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return redirects instanceof Verdict.Unknown ? redirects : errors;
  }
}
