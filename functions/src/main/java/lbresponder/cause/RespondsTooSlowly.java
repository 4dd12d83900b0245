package lbresponder.cause;

import static lbresponder.evidence.Resources.FULL;
import static lbresponder.evidence.Resources.IDLE;

import java.util.ArrayList;
import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Count;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.evidence.Resources.Used;
import lbresponder.facts.Connection;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Usage.Resource;

/// The target takes the request and answers after the load balancer gave up. A gateway timeout is
/// counted also where no connection was made, but then a connection error is counted as well.
final class RespondsTooSlowly extends Check {
  /// From this on answers are clearly slower than in the hour before.
  private static final double SLOWER = 1.5;

  RespondsTooSlowly() {
    super(
        "Targets answer after the load balancer gave up",
        "Find what the slow requests wait for; raise the idle timeout only where they are meant"
            + " to take that long.",
        Symptom.SILENT);
  }

  @Override
  public Verdict examine(Case current) {
    if (!current.traits().counts(Measure.LB_504)) {
      return withoutSplit(current);
    }
    Findings findings = new Findings();
    Count late = findings.read(current.counts().count(Measure.LB_504, null)).orElse(Count.NONE);
    if (late.now() == 0) {
      return gaveUp(current, findings);
    }
    if (!late.hasRisen().orElse(true)) {
      return findings.orRuledOut(
          "%s gateway timeouts were counted, no clear rise over the hour before"
              .formatted(Phrases.number(late.now())));
    }
    double failed =
        excess(current, Measure.CONNECTION_ERRORS, findings)
            + excess(current, Measure.TLS_ERRORS, findings);
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    Known<Double> refused = current.counts().count(Measure.LB_502, null).map(Count::excess);
    return failed >= late.excess()
        ? accounted(late, failed, refused)
        : cause(current, late, failed);
  }

  /// A refused connection is answered with a bad gateway instead: only the others can account for
  /// gateway timeouts.
  private static Verdict accounted(Count late, double failed, Known<Double> refused) {
    String sentence =
        "%s failed connections may account for %s gateway timeouts"
            .formatted(Phrases.number(failed), Phrases.number(late.excess()));
    return refused.map(other -> failed - other >= late.excess()).orElse(false)
        ? new Verdict.RuledOut(
            sentence
                + ", and %s bad gateways do not".formatted(Phrases.number(refused.orElse(0.0))))
        : new Verdict.Unknown(sentence + ", or have been refused");
  }

  private static double excess(Case current, Measure measure, Findings findings) {
    return findings.read(current.counts().count(measure, null)).map(Count::excess).orElse(0.0);
  }

  /// Clients that give up before the load balancer does are counted as client errors of its own.
  private static Verdict gaveUp(Case current, Findings findings) {
    Known<Count> counted = current.counts().count(Measure.LB_4XX, null);
    boolean complete = findings.require(counted).isComplete();
    Count gaveUp = complete ? counted.orElse(Count.NONE) : Count.NONE;
    boolean leave = gaveUp.now() > 0 && gaveUp.hasRisen().orElse(false);
    Known<Double> measured = current.counts().slowness();
    double slowness = measured.orElse(1.0);
    if (leave) {
      findings.require(measured);
    }
    if (leave && slowness >= SLOWER) {
      return Verdict.Cause.of(
              Confidence.LIKELY,
              current.id().name(),
              "answers take %s times as long as usual".formatted(Phrases.number(slowness)),
              "%s client errors of the load balancer itself were counted, as which clients that give"
                      .formatted(Phrases.number(gaveUp.now()))
                  + " up are counted")
          .accountingFor(gaveUp.excess());
    }
    return findings.orRuledOut("no gateway timeout was counted");
  }

  /// Where server errors are not counted apart, slower answers beside them fit.
  private static Verdict withoutSplit(Case current) {
    Findings findings = new Findings();
    Count errors = findings.read(current.counts().count(Measure.LB_5XX, null)).orElse(Count.NONE);
    if (errors.now() == 0 || !errors.hasRisen().orElse(true)) {
      return findings.orRuledOut(
          "no clear rise of server errors of the load balancer over the hour before");
    }
    double slowness = findings.read(current.counts().slowness()).orElse(0.0);
    return slowness >= SLOWER
        ? Verdict.Cause.of(
                Confidence.POSSIBLE,
                current.id().name(),
                "answers take %s times as long as usual".formatted(Phrases.number(slowness)),
                "%s server errors of the load balancer were counted, and not by code"
                    .formatted(Phrases.number(errors.now())))
            .accountingFor(errors.excess())
        : new Verdict.Unknown("server errors are not counted by code: how many were late");
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

  /// Who waits does not compute, and who computes does not wait.
  private static String worked(Used used) {
    double now = used.meanNow().orElse(Double.NaN);
    return used.sentence("CPU", " %")
        + (now < IDLE
            ? ", so that it waits for something else"
            : now >= FULL ? ", so that it has more to do than it can" : "");
  }

  private static Verdict cause(Case current, Count late, double failed) {
    List<String> because = new ArrayList<>();
    because.add(
        "%s gateway timeouts were counted, and %s connections to targets failed"
            .formatted(Phrases.number(late.now()), failed == 0 ? "no" : Phrases.number(failed)));
    because.addAll(
        current
            .loadBalancer()
            .flatMap(LoadBalancer::idleTimeoutSeconds)
            .fold(
                seconds -> List.of("the load balancer waits %s s for an answer".formatted(seconds)),
                _ -> List.of("how long the load balancer waits for an answer could not be read"),
                _ -> List.of()));
    List<RegisteredTarget> silent = silent(current, because);
    current.resources().of(Resource.CPU).orElse(List.of()).stream()
        .map(RespondsTooSlowly::worked)
        .forEach(because::add);
    Confidence surest = silent.isEmpty() ? Confidence.LIKELY : Confidence.PROVEN;
    return Verdict.Cause.of(failed > 0 ? Confidence.POSSIBLE : surest, current.id().name(), because)
        .about(silent)
        .accountingFor(late.excess() - failed);
  }
}
