package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;

/// The target group speaks HTTP/2 or gRPC and its targets only HTTP/1. What the API says fits at
/// most; asking a target in HTTP/2 shows it.
final class ProtocolVersionMismatch extends Check {
  ProtocolVersionMismatch() {
    super(
        "The target group speaks HTTP/2 and its targets do not",
        "A target group's protocol version cannot be changed: make a group with the version the"
            + " targets speak, and let the listener forward to it.",
        Symptom.BAD_ANSWER,
        Symptom.RESET,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    for (TargetGroup group : current.facts().targetGroups()) {
      List<RegisteredTarget> here = RegisteredTarget.of(group);
      if (group.speaksHttp2()
          && !here.isEmpty()
          && here.stream().noneMatch(target -> answersHttp2(target, current.probes()))) {
        judge(group, here, current.probes(), findings);
      }
    }
    return findings.orRuledOut("no target group speaks HTTP/2 to targets that do not answer");
  }

  /// Checks are made in the group's own protocol version: one that passes, or is answered with a
  /// status, shows that the target speaks it.
  private static boolean answersHttp2(RegisteredTarget target, Probes probes) {
    return target.isIn(State.HEALTHY)
        || target.hasReason(Reason.UNEXPECTED_STATUS)
        || probes.of(target, Purpose.TRAFFIC).stream()
            .anyMatch(probe -> Probes.any(probe, Connection.AnsweredHttp2.class::isInstance));
  }

  private static void judge(
      TargetGroup group, List<RegisteredTarget> here, Probes probes, Findings findings) {
    List<Verdict.Cause> shown =
        here.stream()
            .flatMap(
                target ->
                    probes.of(target, Purpose.TRAFFIC).stream()
                        .filter(probe -> isOlder(target, probe, probes) || isOther(probe))
                        .map(probe -> shown(target, probe, probes)))
            .toList();
    if (!shown.isEmpty()) {
      findings.causes(shown);
    } else if (here.stream().allMatch(target -> target.hasReason(Reason.CHECK_FAILED))) {
      findings.cause(
          Verdict.Cause.of(
                  Confidence.POSSIBLE,
                  group.id(),
                  "%s speaks %s, and no target of it passes a check or answers with a status"
                      .formatted(group.name(), group.protocolVersion()))
              .about(here));
    } else {
      findings.missing("whether the targets of %s speak HTTP/2".formatted(group.name()));
    }
  }

  /// It ends every try in HTTP/2, and answers in HTTP/1.1.
  private static boolean isOlder(RegisteredTarget target, ProbeResult probe, Probes probes) {
    return Probes.all(probe, Probes::accepts)
        && probes.answersAlternateProtocol(target)
        && !Probes.any(probe, Probes::isWell);
  }

  /// It answers every try in another protocol.
  private static boolean isOther(ProbeResult probe) {
    return Probes.all(
        probe,
        result ->
            result instanceof Connection.Malformed
                || (result instanceof Connection.TlsFailed failed
                    && failed.failure() == Connection.TlsFailure.APPLICATION_PROTOCOL));
  }

  private static Verdict.Cause shown(RegisteredTarget target, ProbeResult probe, Probes probes) {
    boolean older = probes.answersAlternateProtocol(target) && !Probes.any(probe, Probes::isWell);
    return Verdict.Cause.of(
            Confidence.of(target, probe),
            target.group().id(),
            "%s does not answer HTTP/2 on any of %s from %s%s"
                .formatted(
                    target.label(),
                    Probes.tries(probe),
                    Probes.place(probe),
                    older ? ", and answers HTTP/1.1" : ""))
        .about(target);
  }
}
