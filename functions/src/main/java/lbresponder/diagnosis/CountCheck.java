package lbresponder.diagnosis;

import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;

/// A cause that the load balancer itself counts: the count is the proof, and zero the refutation.
public abstract class CountCheck extends Check {
  private final Measure measure;
  private final String counted;

  /// @param counted what is counted, as the subject of a sentence: `connections rejected`
  protected CountCheck(
      String title, String advice, Measure measure, String counted, Symptom... symptoms) {
    super(title, advice, symptoms);
    this.measure = measure;
    this.counted = counted;
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    add(findings, current, measure, current.counts().ofLoadBalancer(measure), counted);
    return findings.orRuledOut("no %s were counted".formatted(counted));
  }

  /// Adds what one count says.
  ///
  /// @param total the sum over the incident, of the target groups in question or of the whole load
  ///   balancer
  protected static void add(
      Findings findings, Case current, Measure measure, Known<Double> total, String counted) {
    findings
        .read(total)
        .filter(sum -> sum > 0)
        .ifPresent(
            sum ->
                findings.cause(
                    Verdict.Cause.of(
                        Confidence.PROVEN,
                        current.id().name(),
                        "%s %s were counted (%s)"
                            .formatted(
                                Phrases.number(sum),
                                counted,
                                current.counts().name(measure, null)))));
  }
}
