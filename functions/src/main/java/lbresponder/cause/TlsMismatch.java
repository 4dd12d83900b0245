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
import lbresponder.facts.Connection.TlsFailed;
import lbresponder.facts.Connection.TlsFailure;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Protocol;
import lbresponder.facts.TargetHealth.Reason;

/// One side speaks TLS and the other does not, or they have nothing in common. Which certificate a
/// target shows does not matter: no load balancer looks at it.
final class TlsMismatch extends Check {
  TlsMismatch() {
    super(
        "The load balancer and the target do not agree on TLS",
        "Let the target speak what the target group's protocol says, with a version and cipher"
            + " of the load balancer's policy; a load balancer shows no client certificate.",
        Symptom.TLS,
        Symptom.RESET,
        Symptom.BAD_ANSWER,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    Known<Double> counted = counted(current);
    for (RegisteredTarget target : current.targets().all()) {
      List<ProbeResult> probes = current.probes().of(target, Purpose.TRAFFIC);
      if (target.group().protocol().isTls()) {
        judgeTls(current, target, probes, counted, findings);
      } else if (target.group().protocol() == Protocol.HTTP && !target.group().speaksHttp2()) {
        judgePlain(current, target, probes, findings);
      }
    }
    return findings.hasCause() ? findings.verdict() : judgeCount(current, counted, findings);
  }

  /// Of the target groups in question, or of the load balancer where groups are not counted.
  private static Known<Double> counted(Case current) {
    Known<Double> own = current.counts().inScope(Measure.TLS_ERRORS);
    return own.isKnown() ? own : current.counts().ofLoadBalancer(Measure.TLS_ERRORS);
  }

  private static void judgeTls(
      Case current,
      RegisteredTarget target,
      List<ProbeResult> probes,
      Known<Double> counted,
      Findings findings) {
    for (ProbeResult probe : probes) {
      if (Probes.all(probe, TlsFailed.class::isInstance)
          && probe.attempts().getFirst() instanceof TlsFailed first
          && first.failure() != TlsFailure.APPLICATION_PROTOCOL) {
        findings.cause(refusal(current, target, probe, first.failure(), counted.orElse(0.0)));
      }
    }
    if (Probes.matters(target) && probes.stream().noneMatch(TlsMismatch::isSecured)) {
      findings.missing(
          probes.isEmpty()
              ? target.label() + " was not probed"
              : Probes.result(target, probes.getFirst()));
    }
  }

  private static boolean isSecured(ProbeResult probe) {
    return Probes.any(
        probe,
        result ->
            result instanceof Connection.Secured
                || (Probes.answers(result) && !isBadRequest(result)));
  }

  private static boolean isBadRequest(Connection result) {
    return result instanceof Connection.Answered answer && answer.status() == 400;
  }

  private static Verdict.Cause refusal(
      Case current,
      RegisteredTarget target,
      ProbeResult probe,
      TlsFailure failure,
      double counted) {
    List<String> because = new ArrayList<>();
    because.add(
        "%s %s on all of %s from %s"
            .formatted(
                target.label(), sentence(failure), Probes.tries(probe), Probes.place(probe)));
    if (counted > 0) {
      because.add(counted(counted));
    }
    boolean countsApart = current.traits().counts(Measure.TLS_ERRORS);
    Confidence surest =
        switch (failure) {
          case PLAINTEXT -> Confidence.PROVEN;
          // Where nobody counts failed handshakes, a refused version has no better witness.
          case VERSION -> countsApart ? Confidence.LIKELY : Confidence.PROVEN;
          case CLIENT_CERTIFICATE -> Confidence.LIKELY;
          case HANDSHAKE, APPLICATION_PROTOCOL, OTHER -> Confidence.POSSIBLE;
        };
    return Verdict.Cause.of(counted > 0 ? Confidence.PROVEN : surest, target.group().id(), because)
        .about(target)
        .showingAs(Symptom.TLS, Symptom.UNHEALTHY)
        .atMost(Confidence.of(target, probe));
  }

  private static String sentence(TlsFailure failure) {
    return switch (failure) {
      case PLAINTEXT -> "answers a TLS handshake in plain text";
      case VERSION -> "has no TLS version in common";
      case HANDSHAKE ->
          "refuses the handshake: no cipher in common, or none of its names was asked";
      case CLIENT_CERTIFICATE -> "wants a client certificate";
      case APPLICATION_PROTOCOL, OTHER -> "ends the handshake";
    };
  }

  private static String counted(double errors) {
    return "%s failed handshakes with targets were counted".formatted(Phrases.number(errors));
  }

  /// Spoken to in plain text it does not answer, and over TLS it does.
  private static void judgePlain(
      Case current, RegisteredTarget target, List<ProbeResult> probes, Findings findings) {
    boolean answersOtherwise =
        current.probes().of(target, Purpose.ALTERNATE_PROTOCOL).stream()
            .anyMatch(TlsMismatch::isSecured);
    if (probes.isEmpty() && mayHaveRefused(target)) {
      findings.missing(target.label() + " was not tried over TLS");
    }
    // Where a proxy protocol header may be sent, it is what the other attempt differs in.
    boolean triedOverTls = !target.group().proxyProtocol().isKnown();
    for (ProbeResult probe : probes) {
      if (answersOtherwise && !Probes.any(probe, Probes::isUnderstood)) {
        if (!triedOverTls) {
          findings.missing(target.label() + " was not tried over TLS");
          continue;
        }
        findings.cause(
            Verdict.Cause.of(
                    Confidence.of(target, probe),
                    target.group().id(),
                    "%s; over TLS it answers, and %s speaks %s"
                        .formatted(
                            Probes.result(target, probe),
                            target.group().name(),
                            target.group().protocol()))
                .about(target)
                .showingAs(Symptom.RESET, Symptom.BAD_ANSWER, Symptom.UNHEALTHY));
      }
    }
  }

  /// Whether nothing says that it understood a request in plain text: 400 is what many servers
  /// answer to one on a port that speaks TLS.
  private static boolean mayHaveRefused(RegisteredTarget target) {
    return Probes.matters(target)
        && !target.takesTraffic()
        && target.unexpectedStatuses().stream().allMatch(status -> status == 400);
  }

  /// Without a probe the count alone says that handshakes fail, and not whose they are.
  private static Verdict judgeCount(Case current, Known<Double> counted, Findings findings) {
    List<RegisteredTarget> secure =
        current.targets().all().stream()
            .filter(target -> target.group().protocol().isTls())
            .toList();
    boolean allSeen = current.targets().missing().isEmpty();
    current.targets().all().stream()
        .filter(target -> target.fails() && !target.group().protocol().isTls())
        .filter(target -> target.group().healthCheck().protocol().isTls())
        .forEach(target -> findings.missing("whether checks agree on TLS with " + target.label()));
    if (secure.isEmpty() && allSeen) {
      return findings.orRuledOut("no target group speaks TLS to its targets");
    }
    if (counted.orElse(0.0) > 0) {
      boolean allFail =
          secure.stream()
              .allMatch(
                  target ->
                      target.hasReason(Reason.CHECK_FAILED) || target.hasReason(Reason.TLS_FAILED));
      return Verdict.Cause.of(
              allFail && !secure.isEmpty() ? Confidence.LIKELY : Confidence.POSSIBLE,
              current.id().name(),
              counted(counted.orElse(0.0)))
          .about(allFail ? secure : List.of())
          .showingAs(Symptom.TLS, Symptom.UNHEALTHY);
    }
    boolean allWell = secure.stream().allMatch(RegisteredTarget::takesTraffic);
    if (counted.isKnown() && allSeen && (findings.isComplete() || allWell)) {
      return new Verdict.RuledOut("no handshake with a target failed");
    }
    if (!counted.isKnown() && secure.isEmpty()) {
      findings.read(counted);
    }
    return findings.orRuledOut("every target agrees on TLS with a prober");
  }
}
