package lbresponder.cause;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.CheckAnswers;
import lbresponder.evidence.Count;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Vantage;

/// The application itself answers with server errors: the load balancer reaches it and passes them
/// on.
final class TargetAnswersErrors extends Check {
  TargetAnswersErrors() {
    super(
        "The application answers server errors",
        "Look at the application's own log from the first error on: the network to it is open.",
        Symptom.TARGET_ERROR,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    Known<Count> counted = current.counts().countInScope(Measure.TARGET_5XX);
    Count errors = counted.orElse(Count.NONE);
    boolean more =
        errors.now() > 0
            && (current.alarmed().contains(Measure.TARGET_5XX) || errors.hasRisen().orElse(true));
    List<RegisteredTarget> failing =
        current.targets().all().stream().filter(target -> !codes(target).isEmpty()).toList();
    if (more || !failing.isEmpty()) {
      findings.cause(counted(current, more ? errors : Count.NONE, failing));
    } else {
      addProbed(current, findings);
    }
    return findings
        .require(counted)
        .missing(current.targets().unread())
        .orRuledOut(ruledOut(counted, errors));
  }

  private static String ruledOut(Known<Count> counted, Count errors) {
    if (errors.now() > 0) {
      return "targets answered %s server errors, no clear rise over the hour before"
          .formatted(Phrases.number(errors.now()));
    }
    return counted.isKnown()
        ? "no target answered a server error"
        : "no health check is answered with a server error";
  }

  private static List<Integer> codes(RegisteredTarget target) {
    return target.unexpectedStatuses().stream().filter(code -> code >= 500).toList();
  }

  private static Verdict.Cause counted(Case current, Count errors, List<RegisteredTarget> failing) {
    List<String> because = new ArrayList<>();
    Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
    if (errors.now() > 0) {
      symptoms.add(Symptom.TARGET_ERROR);
      because.add(sentence(current, errors.now()));
    }
    if (!failing.isEmpty()) {
      symptoms.add(Symptom.UNHEALTHY);
      because.add(sentence(failing));
    }
    Verdict.Cause cause =
        Verdict.Cause.of(
                errors.now() > 0 || failing.stream().anyMatch(TargetAnswersErrors::isOfTraffic)
                    ? Confidence.PROVEN
                    : Confidence.POSSIBLE,
                failing.isEmpty() ? current.id().name() : failing.getFirst().group().id(),
                because)
            .about(failing)
            .showingAs(symptoms);
    return errors.now() > 0 ? cause.accountingFor(errors.excess()) : cause;
  }

  private static String sentence(Case current, double errors) {
    double requests = current.counts().inScope(Measure.REQUESTS).orElse(0.0);
    return "targets answered %s server errors%s"
        .formatted(
            Phrases.number(errors),
            requests > 0 ? " in %s requests".formatted(Phrases.number(requests)) : "");
  }

  private static String sentence(List<RegisteredTarget> failing) {
    return "%s: health checks are answered with %s%s"
        .formatted(
            failing.stream().map(RegisteredTarget::label).collect(Collectors.joining(", ")),
            failing.stream()
                .flatMap(target -> codes(target).stream())
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", ")),
            failing.stream().anyMatch(TargetAnswersErrors::isOfTraffic)
                ? ""
                : ", on another port than traffic uses: who answers there is not known");
  }

  /// What answers on another port may be something else than the application.
  private static boolean isOfTraffic(RegisteredTarget target) {
    Integer checked = target.checkedPort();
    return checked == null || checked.equals(target.target().port());
  }

  /// Targets of which the load balancer does not say what they answer, and a probe does.
  private static void addProbed(Case current, Findings findings) {
    for (RegisteredTarget target : current.targets().all()) {
      for (ProbeResult probe : current.probes().asChecked(target)) {
        if (!target.takesTraffic() && CheckAnswers.areServerErrors(probe)) {
          findings.cause(
              Verdict.Cause.of(
                      !isOfTraffic(target)
                          ? Confidence.POSSIBLE
                          : probe.from() == Vantage.LOAD_BALANCER
                              ? Confidence.PROVEN
                              : Confidence.of(target, probe),
                      target.group().id(),
                      "%s answers what the health check asks with a server error"
                          .formatted(target.label()))
                  .about(target)
                  .showingAs(Symptom.UNHEALTHY));
        }
      }
    }
  }
}
