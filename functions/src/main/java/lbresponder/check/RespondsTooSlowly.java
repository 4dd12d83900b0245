package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;

/// The target takes the request and answers after the load balancer gave up. An Application Load
/// Balancer answers 504 also where it cannot connect, but then it counts a connection error as
/// well.
final class RespondsTooSlowly implements Check {

  @Override
  public String title() {
    return "Targets answer after the load balancer gave up";
  }

  @Override
  public String advice() {
    return "Find what the slow requests wait for; raise the idle timeout only where they are meant"
        + " to take that long.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.SILENT);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().loadBalancer().kind() != Kind.APPLICATION) {
      return new Verdict.RuledOut("only Application Load Balancers count their gateway timeouts");
    }
    Known<Double> timeouts = Metrics.total(facts, Measure.LB_504, null);
    if (timeouts instanceof Known.Unknown<Double>(String why)) {
      return new Verdict.Unknown(why);
    }
    double late = timeouts.orElse(0.0);
    if (late == 0) {
      return new Verdict.RuledOut("no gateway timeout was counted");
    }
    Known<Double> unconnected = Metrics.total(facts, Measure.CONNECTION_ERRORS, null);
    Known<Double> unagreed = Metrics.total(facts, Measure.TLS_ERRORS, null);
    if (unconnected instanceof Known.Unknown<Double>(String why)) {
      return new Verdict.Unknown(why);
    }
    if (unagreed instanceof Known.Unknown<Double>(String why)) {
      return new Verdict.Unknown(why);
    }
    double failed = unconnected.orElse(0.0) + unagreed.orElse(0.0);
    return failed >= late
        ? new Verdict.RuledOut(
            "%s failed connections account for %s gateway timeouts"
                .formatted(Words.number(failed), Words.number(late)))
        : accuse(facts, late, failed);
  }

  /// Those that a prober in the load balancer's place connected to and got no answer from.
  private static List<Member> silent(Facts facts, List<String> because) {
    Dials dials = new Dials(facts);
    List<Member> silent = new ArrayList<>();
    for (Member member : Seen.in(facts).members()) {
      for (Dial dial : dials.of(member, Purpose.TRAFFIC)) {
        if (Dials.all(dial, Connection.Silent.class::isInstance)
            && Dials.sure(member, dial, List.of()) == Confidence.PROVEN) {
          silent.add(member);
          because.add(Dials.met(member, dial));
        }
      }
    }
    return silent;
  }

  private static Verdict accuse(Facts facts, double late, double failed) {
    String patience =
        facts
            .loadBalancer()
            .flatMap(LoadBalancer::attributes)
            .map(
                (Map<String, String> all) -> all.getOrDefault("idle_timeout.timeout_seconds", "60"))
            .map(seconds -> "the load balancer waits %s s for an answer".formatted(seconds))
            .orElse("how long the load balancer waits for an answer could not be read");
    List<String> because = new ArrayList<>();
    because.add(
        "%s gateway timeouts were counted, and %s connections to targets failed"
            .formatted(Words.number(late), failed == 0 ? "no" : Words.number(failed)));
    because.add(patience);
    List<Member> silent = silent(facts, because);
    return new Verdict.Cause(
        failed > 0 ? Confidence.POSSIBLE : silent.isEmpty() ? Confidence.LIKELY : Confidence.PROVEN,
        facts.incident().loadBalancer().name(),
        silent,
        because,
        List.of());
  }
}
