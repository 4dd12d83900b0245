package lbresponder.diagnosis;

import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
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
    String usual = add(findings, current, measure, current.counts().count(measure, null), counted);
    return findings.orRuledOut(usual.isEmpty() ? "no %s were counted".formatted(counted) : usual);
  }

  /// Adds what one count says: of what comes at any time only that it is more than usual, unless
  /// the alarm itself is on it.
  ///
  /// @param total of the target groups in question or of the whole load balancer
  /// @return why what was counted is no fault; empty where nothing was counted, or it is one
  protected static String add(
      Findings findings, Case current, Measure measure, Known<Count> total, String counted) {
    Count count = findings.read(total).orElse(null);
    if (count == null || count.now() == 0) {
      return "";
    }
    if (!current.alarmed().contains(measure) && !count.hasRisen().orElse(true)) {
      return "%s %s were counted, no clear rise over the hour before"
          .formatted(Phrases.number(count.now()), counted);
    }
    findings.cause(
        Verdict.Cause.of(
                Confidence.PROVEN,
                current.id().name(),
                "%s %s were counted (%s)"
                    .formatted(
                        Phrases.number(count.now()), counted, current.counts().name(measure, null)))
            .accountingFor(count.excess()));
    return "";
  }
}
