package lbresponder.check;

import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Load.Series;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// Judges what the load balancer itself counts: the count is the proof, and zero the refutation.
final class Counted {
  private Counted() {}

  /// @param counted the sum over the incident, of the target groups in question or of the whole
  ///   load balancer
  /// @param kinds where the metric exists
  /// @param what is counted, as the subject of a sentence: `connections rejected`
  static Verdict verdict(
      Facts facts, Measure measure, Known<Double> counted, Set<Kind> kinds, String what) {
    if (!kinds.contains(facts.incident().loadBalancer().kind())) {
      return new Verdict.RuledOut("this kind of load balancer does not count " + what);
    }
    return switch (counted) {
      case Known.Unknown<Double>(String why) -> new Verdict.Unknown(why);
      case Known.Value<Double>(Double total) when total == 0 ->
          new Verdict.RuledOut("no %s were counted".formatted(what));
      case Known.Value<Double>(Double total) ->
          new Verdict.Cause(
              Confidence.PROVEN,
              facts.incident().loadBalancer().name(),
              List.of(),
              List.of(
                  "%s %s were counted (%s)"
                      .formatted(Words.number(total), what, name(facts, measure))),
              List.of());
    };
  }

  private static String name(Facts facts, Measure measure) {
    return Metrics.series(facts, measure, null, null).map(Series::metric).orElse(measure.name());
  }
}
