package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth;

/// A Network Load Balancer resets flows on which nothing was sent for its idle timeout. It resets
/// those to targets that become unhealthy too, so that only steady health speaks for this.
final class IdleFlowExpired implements Check {
  /// Resets are counted all the time; from this on they have clearly risen.
  private static final double RISEN = 2.0;

  @Override
  public String title() {
    return "The load balancer resets flows that were idle too long";
  }

  @Override
  public String advice() {
    return "Let clients or targets send keep-alives more often than the listener's idle timeout,"
        + " 350 s unless it was changed.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.RESET);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().loadBalancer().kind() != Kind.NETWORK) {
      return new Verdict.RuledOut("only Network Load Balancers keep flows");
    }
    Known<Double> growth = growth(facts, Measure.LB_RESETS);
    if (growth instanceof Known.Unknown<Double>(String why)) {
      return new Verdict.Unknown(why);
    }
    double risen = growth.orElse(0.0);
    if (risen < RISEN) {
      return new Verdict.RuledOut(
          "the load balancer's resets were %s times those of the hour before"
              .formatted(Words.number(risen)));
    }
    Seen seen = Seen.in(facts);
    if (!seen.missing().isEmpty()) {
      return new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    if (seen.members().stream().anyMatch(one -> Trouble.fails(one))) {
      return new Verdict.RuledOut("targets fail, which ends their flows");
    }
    return accuse(facts, seen.members(), risen);
  }

  private static Verdict accuse(Facts facts, List<Member> members, double risen) {
    boolean steady =
        !members.isEmpty()
            && members.stream()
                .allMatch(
                    one ->
                        one.target()
                            .health()
                            .map(health -> health.state() == TargetHealth.State.HEALTHY)
                            .orElse(false))
            && members.stream()
                .map(one -> one.group().id())
                .distinct()
                .allMatch(group -> neverUnhealthy(facts, group))
            && growth(facts, Measure.TARGET_RESETS).map(other -> other < RISEN).orElse(false);
    List<String> because = new ArrayList<>();
    because.add(
        "the load balancer's resets were %s times those of the hour before"
            .formatted(Double.isInfinite(risen) ? "many" : Words.number(risen)));
    because.add(
        steady
            ? "every target was healthy all the time, and targets reset no more than usual"
            : "whether targets became unhealthy meanwhile, or reset flows themselves, is not"
                + " known");
    return new Verdict.Cause(
        steady ? Confidence.LIKELY : Confidence.POSSIBLE,
        facts.incident().loadBalancer().name(),
        List.of(),
        because,
        List.of());
  }

  private static boolean neverUnhealthy(Facts facts, String group) {
    return Metrics.series(facts, Measure.UNHEALTHY_TARGETS, group, null)
        .flatMap(series -> facts.load().flatMap(load -> series.peak(load.incident())))
        .map(peak -> peak == 0)
        .orElse(false);
  }

  /// A mean as a multiple of the baseline's; infinite where there was none before, zero where there
  /// is none now.
  private static Known<Double> growth(Facts facts, Measure measure) {
    return Metrics.series(facts, measure, null, null)
        .flatMap(
            series ->
                facts
                    .load()
                    .flatMap(
                        (Load load) ->
                            Metrics.mean(series, load.incident(), load)
                                .flatMap(
                                    now ->
                                        Metrics.mean(series, load.baseline(), load)
                                            .map(usual -> now == 0 ? 0 : now / usual))));
  }
}
