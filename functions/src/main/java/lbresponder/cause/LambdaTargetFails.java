package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Function;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;

/// A function that is a target cannot be invoked, or fails: its policy does not admit the load
/// balancer, or invocations were counted as failed.
final class LambdaTargetFails extends Check {
  LambdaTargetFails() {
    super(
        "The Lambda target fails or may not be invoked",
        "Look at the function's own log and its concurrency from the first error on.",
        Symptom.BAD_ANSWER,
        Symptom.TARGET_ERROR,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    List<RegisteredTarget> functions =
        current.targets().all().stream()
            .filter(target -> target.group().targetType() == TargetType.FUNCTION)
            .toList();
    if (functions.isEmpty()) {
      return findings.orRuledOut("no target is a function");
    }
    for (RegisteredTarget target : functions) {
      findings.read(current.facts().fleet().functions()).orElse(List.of()).stream()
          .filter(function -> function.id().equals(target.id()))
          .forEach(function -> judge(current, function, target, findings));
      count(current, Measure.FUNCTION_ERRORS, target, findings);
      count(current, Measure.FUNCTION_INTERNAL_ERRORS, target, findings);
    }
    return findings.orRuledOut(
        "the functions admit the load balancer, and no more invocations failed than in the hour"
            + " before");
  }

  private static void judge(
      Case current, Function function, RegisteredTarget target, Findings findings) {
    if (!findings.read(function.admits()).orElse(true)) {
      Verdict.Cause cause =
          Verdict.Cause.of(
                  Confidence.PROVEN,
                  target.id(),
                  "no statement of the function's policy lets the load balancer invoke it")
              .about(target)
              .repairedBy(new Repair.AdmitInvocation(function.id(), target.group().id()));
      // Every request that is sent to it is counted as failed.
      findings.cause(
          current
              .counts()
              .count(Measure.FUNCTION_ERRORS, target.group().id())
              .map(errors -> cause.accountingFor(errors.excess()))
              .orElse(cause));
    }
  }

  private static void count(
      Case current, Measure measure, RegisteredTarget target, Findings findings) {
    TargetGroup group = target.group();
    findings
        .read(current.counts().count(measure, group.id()))
        .filter(errors -> errors.now() > 0 && errors.hasRisen().orElse(true))
        .ifPresent(
            errors ->
                findings.cause(
                    Verdict.Cause.of(
                            Confidence.PROVEN,
                            target.id(),
                            "%s invocations for %s failed (%s)"
                                .formatted(
                                    Phrases.number(errors.now()),
                                    group.name(),
                                    current.counts().name(measure, group.id())))
                        .about(target)
                        .accountingFor(errors.excess())));
  }
}
