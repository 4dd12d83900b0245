package lbresponder.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.TargetGroup;

/// The target ends idle connections before the load balancer would: now and then a request is sent
/// into one that is just being closed.
final class ClosesIdleConnectionsEarly extends Check {
  /// A race is lost now and then. Where more requests fail than these, something else is wrong.
  private static final double SPORADIC = 0.05;

  ClosesIdleConnectionsEarly() {
    super(
        "The target closes idle connections before the load balancer does",
        "Let the application keep idle connections longer than the load balancer's idle timeout.",
        Symptom.RESET,
        Symptom.BAD_ANSWER,
        Symptom.SILENT);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    return findings
        .read(current.loadBalancer().flatMap(LoadBalancer::idleTimeoutSeconds))
        .map(timeout -> examine(current, timeout, findings))
        .orElseGet(findings::verdict);
  }

  private static Verdict examine(Case current, int timeout, Findings findings) {
    boolean kept = false;
    boolean measured = false;
    for (RegisteredTarget target : current.targets().all()) {
      for (ProbeResult probe : current.probes().of(target, Purpose.KEEP_ALIVE)) {
        measured = true;
        switch (probe.attempts().getLast()) {
          case Connection.ClosedIdle(_, long idle) when idle < timeout * 1000L ->
              findings.cause(cause(current, target, probe, idle, timeout));
          case Connection.HeldOpen(_, long idle) when idle >= timeout * 1000L -> kept = true;
          default -> {}
        }
      }
    }
    if (!measured) {
      pattern(current).ifPresent(findings::cause);
    }
    if (!kept) {
      findings.missing(
          "how long targets keep idle connections: measured by `diagnose --probe … --keep-alive`"
              + " only");
    }
    return findings.orRuledOut(
        "targets keep idle connections for %d s and longer".formatted(timeout));
  }

  /// What a lost race looks like from outside, where nobody measured: bad gateways now and then,
  /// while every target is healthy, none is being replaced, and every connection and handshake
  /// succeeds.
  private static Optional<Verdict.Cause> pattern(Case current) {
    List<String> because = new ArrayList<>();
    boolean connects =
        current.counts().ofLoadBalancer(Measure.CONNECTION_ERRORS).orElse(1.0) == 0
            && current.counts().ofLoadBalancer(Measure.TLS_ERRORS).orElse(1.0) == 0;
    boolean fits =
        current.hasAlarm()
            && current.traits().counts(Measure.LB_502)
            && connects
            && !current.targets().all().isEmpty()
            && current.facts().targetGroups().stream().allMatch(TargetGroup::hasAddresses)
            && current.rollouts().underWay().isEmpty()
            && isSporadic(current, because);
    because.add(
        "every target is healthy and no connection to one failed; how long they keep idle"
            + " connections nobody measured");
    return fits
        ? Optional.of(
            Verdict.Cause.of(Confidence.POSSIBLE, current.id().name(), because)
                .showingAs(Symptom.RESET))
        : Optional.empty();
  }

  private static Verdict.Cause cause(
      Case current, RegisteredTarget target, ProbeResult probe, long idle, int timeout) {
    List<String> because = new ArrayList<>();
    because.add(
        "%s closed a connection that was idle for %s s; the load balancer keeps it for %d s"
            .formatted(target.label(), Phrases.number(idle / 1000.0), timeout));
    boolean sporadic = isSporadic(current, because);
    return Verdict.Cause.of(
            sporadic ? Confidence.PROVEN : Confidence.LIKELY, target.group().id(), because)
        .about(target)
        .showingAs(symptoms(current))
        .accountingFor(lost(current))
        .atMost(Confidence.ofPlace(probe));
  }

  /// A request that meets a connection being closed gets a bad gateway; a gateway timeout only
  /// where codes are not told apart.
  private static Set<Symptom> symptoms(Case current) {
    return current.traits().counts(Measure.LB_502)
        ? Set.of(Symptom.RESET, Symptom.BAD_ANSWER)
        : Set.of(Symptom.RESET, Symptom.BAD_ANSWER, Symptom.SILENT);
  }

  /// Bad gateways, or any server errors where they are not counted apart.
  private static Known<Count> errors(Case current) {
    return current
        .counts()
        .count(current.traits().counts(Measure.LB_502) ? Measure.LB_502 : Measure.LB_5XX, null);
  }

  /// How many errors lost races can account for at most: a small part of the requests.
  private static double lost(Case current) {
    double errors = errors(current).map(Count::excess).orElse(0.0);
    return current
        .counts()
        .ofLoadBalancer(Measure.REQUESTS)
        .map(requests -> Math.min(errors, SPORADIC * requests))
        .orElse(errors);
  }

  /// Few of many requests end in the error that a lost race ends in, while every target is well.
  private static boolean isSporadic(Case current, List<String> because) {
    double errors = errors(current).map(Count::now).orElse(0.0);
    double requests = current.counts().ofLoadBalancer(Measure.REQUESTS).orElse(0.0);
    boolean few = errors > 0 && requests > 0 && errors <= SPORADIC * requests;
    if (few) {
      because.add(
          "%s of %s requests failed".formatted(Phrases.number(errors), Phrases.number(requests)));
    }
    return few && current.targets().all().stream().allMatch(RegisteredTarget::takesTraffic);
  }
}
