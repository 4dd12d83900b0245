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

/// The target ends idle connections before the load balancer would: now and then a request is sent
/// into one that is just being closed.
final class ClosesIdleConnectionsEarly implements Check {
  /// A race is lost now and then. Where more requests fail than these, something else is wrong.
  private static final double SPORADIC = 0.05;

  @Override
  public String title() {
    return "The target closes idle connections before the load balancer does";
  }

  @Override
  public String advice() {
    return "Let the application keep idle connections longer than the load balancer's idle timeout,"
        + " 60 s unless it was changed.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.RESET, Symptom.BAD_ANSWER, Symptom.SILENT);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().loadBalancer().kind() == Kind.NETWORK) {
      return new Verdict.RuledOut("Network Load Balancers keep no connections of their own");
    }
    Known<Long> patience =
        facts
            .loadBalancer()
            .flatMap(LoadBalancer::attributes)
            .map(
                (Map<String, String> all) ->
                    1000 * Long.parseLong(all.getOrDefault("idle_timeout.timeout_seconds", "60")));
    if (patience instanceof Known.Unknown<Long>(String why)) {
      return new Verdict.Unknown(why);
    }
    Seen seen = Seen.in(facts);
    Dials dials = new Dials(facts);
    List<Verdict.Cause> causes = new ArrayList<>();
    boolean kept = false;
    for (Member member : seen.members()) {
      for (Dial dial : dials.of(member, Purpose.KEEP_ALIVE)) {
        switch (dial.attempts().getLast()) {
          case Connection.ClosedIdle(_, long idle) when idle < patience.orElse(0L) ->
              causes.add(accuse(facts, member, dial, idle, patience.orElse(0L)));
          case Connection.HeldOpen(_, long idle) when idle >= patience.orElse(0L) -> kept = true;
          default -> {}
        }
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return kept
        ? new Verdict.RuledOut(
            "targets keep idle connections for %d s and longer"
                .formatted(patience.orElse(0L) / 1000))
        : new Verdict.Unknown(
            "how long targets keep idle connections: measured by `diagnose --probe … --keep-alive`"
                + " only");
  }

  private static Verdict.Cause accuse(
      Facts facts, Member member, Dial dial, long idle, long patience) {
    List<String> because = new ArrayList<>();
    because.add(
        "%s closed a connection that was idle for %s s; the load balancer keeps it for %d s"
            .formatted(member.label(), Words.number(idle / 1000.0), patience / 1000));
    boolean sporadic = sporadic(facts, because);
    Confidence surest =
        Confidence.lower(sporadic ? Confidence.PROVEN : Confidence.LIKELY, Dials.surest(dial));
    return new Verdict.Cause(surest, member.group().id(), List.of(member), because, List.of());
  }

  /// Few of many requests end in the error that a lost race ends in, while every target is well:
  /// 502 on an Application Load Balancer; Classic answers 504 and does not count it apart.
  private static boolean sporadic(Facts facts, List<String> because) {
    Measure measure =
        facts.incident().loadBalancer().kind() == Kind.CLASSIC ? Measure.LB_5XX : Measure.LB_502;
    double errors = Metrics.total(facts, measure, null).orElse(0.0);
    double requests = Metrics.total(facts, Measure.REQUESTS, null).orElse(0.0);
    boolean few = errors > 0 && requests > 0 && errors <= SPORADIC * requests;
    if (few) {
      because.add(
          "%s of %s requests failed".formatted(Words.number(errors), Words.number(requests)));
    }
    return few && Seen.in(facts).members().stream().allMatch(Member::takesTraffic);
  }
}
