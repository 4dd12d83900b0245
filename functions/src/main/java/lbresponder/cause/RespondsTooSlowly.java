package lbresponder.cause;

import java.util.ArrayList;
import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;

/// The target takes the request and answers after the load balancer gave up. A gateway timeout is
/// counted also where no connection was made, but then a connection error is counted as well.
final class RespondsTooSlowly extends Check {
  RespondsTooSlowly() {
    super(
        "Targets answer after the load balancer gave up",
        "Find what the slow requests wait for; raise the idle timeout only where they are meant"
            + " to take that long.",
        Symptom.SILENT);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    double late = findings.read(current.counts().ofLoadBalancer(Measure.LB_504)).orElse(0.0);
    if (late == 0) {
      return findings.orRuledOut("no gateway timeout was counted");
    }
    double failed =
        findings.read(current.counts().ofLoadBalancer(Measure.CONNECTION_ERRORS)).orElse(0.0)
            + findings.read(current.counts().ofLoadBalancer(Measure.TLS_ERRORS)).orElse(0.0);
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    return failed >= late
        ? new Verdict.RuledOut(
            "%s failed connections account for %s gateway timeouts"
                .formatted(Phrases.number(failed), Phrases.number(late)))
        : cause(current, late, failed);
  }

  /// Those that a prober in the load balancer's place connected to and got no answer from.
  private static List<RegisteredTarget> silent(Case current, List<String> because) {
    List<RegisteredTarget> silent = new ArrayList<>();
    for (RegisteredTarget target : current.targets().all()) {
      current.probes().of(target, Purpose.TRAFFIC).stream()
          .filter(probe -> Probes.all(probe, Connection.Silent.class::isInstance))
          .filter(probe -> Confidence.of(target, probe) == Confidence.PROVEN)
          .forEach(
              probe -> {
                silent.add(target);
                because.add(Probes.result(target, probe));
              });
    }
    return silent;
  }

  private static Verdict cause(Case current, double late, double failed) {
    List<String> because = new ArrayList<>();
    because.add(
        "%s gateway timeouts were counted, and %s connections to targets failed"
            .formatted(Phrases.number(late), failed == 0 ? "no" : Phrases.number(failed)));
    because.addAll(
        current
            .loadBalancer()
            .flatMap(LoadBalancer::idleTimeoutSeconds)
            .fold(
                seconds -> List.of("the load balancer waits %s s for an answer".formatted(seconds)),
                _ -> List.of("how long the load balancer waits for an answer could not be read"),
                _ -> List.of()));
    List<RegisteredTarget> silent = silent(current, because);
    Confidence surest = silent.isEmpty() ? Confidence.LIKELY : Confidence.PROVEN;
    return Verdict.Cause.of(failed > 0 ? Confidence.POSSIBLE : surest, current.id().name(), because)
        .about(silent);
  }
}
