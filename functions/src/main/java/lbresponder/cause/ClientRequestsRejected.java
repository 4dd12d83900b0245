package lbresponder.cause;

import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.CountCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.Phrases;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;

/// Requests never reach a target: they are malformed, incomplete, or forbidden. A client that gives
/// up on a slow target is counted in the same sum, which does not tell them apart.
final class ClientRequestsRejected extends CountCheck {
  /// Answers that take this much longer make clients give up.
  private static final double SLOWER = 1.5;

  /// Where so much fewer answers come back, targets may keep clients waiting.
  private static final double FEWER = 0.8;

  ClientRequestsRejected() {
    super(
        "The load balancer refuses what clients send",
        "Look at the load balancer's access log for the code: 400 malformed, 408 silent, 460 the"
            + " client gave up, 463 and 464 by header or protocol.",
        Measure.LB_4XX,
        "client errors answered by the load balancer itself",
        Symptom.CLIENT_ERROR);
  }

  @Override
  public Verdict examine(Case current) {
    Verdict verdict = super.examine(current);
    return verdict instanceof Verdict.Cause cause ? weigh(current, cause) : verdict;
  }

  private static Verdict.Cause weigh(Case current, Verdict.Cause cause) {
    Known<Double> slowness = current.counts().slowness();
    Count late = current.counts().count(Measure.LB_504, null).orElse(Count.NONE);
    Known<Double> answers = current.counts().growth(Measure.TARGET_2XX);
    if (slowness.orElse(1.0) >= SLOWER) {
      return cause
          .and(
              "answers take %s times as long as usual: clients may have given up"
                  .formatted(Phrases.number(slowness.orElse(0.0))))
          .atMost(Confidence.POSSIBLE);
    }
    if (answers.orElse(1.0) <= FEWER
        || late.hasRisen().orElse(late.now() > 0)
        || !current.trouble().fresh().isEmpty()) {
      return cause
          .and("targets answer less than usual: clients may have given up")
          .atMost(Confidence.POSSIBLE);
    }
    return slowness.isKnown()
        ? cause
        : cause.and("whether clients gave up is not known").atMost(Confidence.LIKELY);
  }
}
