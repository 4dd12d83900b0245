package lbresponder.cause;

import java.util.List;
import java.util.Optional;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup;

/// The proxy protocol's header is sent to a target that does not expect it, or expected by one that
/// gets none.
final class ProxyProtocolMismatch extends Check {
  ProxyProtocolMismatch() {
    super(
        "The load balancer and the target do not agree on the proxy protocol",
        "Turn the proxy protocol on or off on the side that is wrong, and on both at the same"
            + " time.",
        Symptom.RESET,
        Symptom.SILENT,
        Symptom.UNHEALTHY,
        Symptom.TLS,
        Symptom.BAD_ANSWER);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings().require(current.targetGroups());
    for (TargetGroup group : current.facts().targetGroups()) {
      findings
          .read(group.proxyProtocol())
          .map(ProxyProtocol::sent)
          .ifPresent(
              sent -> {
                findings.require(group.targets());
                List<RegisteredTarget> all = RegisteredTarget.of(group);
                all.forEach(
                    target ->
                        judge(target, sent, current.probes(), findings)
                            .ifPresent(
                                cause ->
                                    findings.cause(
                                        cause.repairedBy(
                                            repair(current.probes(), all, target, sent)))));
              });
    }
    return findings.orRuledOut("no target answers only with, or only without the header");
  }

  private static Optional<Verdict.Cause> judge(
      RegisteredTarget target, boolean sent, Probes probes, Findings findings) {
    Optional<ProbeResult> misunderstood = misunderstood(target, probes);
    List<ProbeResult> traffic = probes.of(target, Purpose.TRAFFIC);
    boolean tried =
        traffic.stream().anyMatch(probe -> Probes.any(probe, Probes::isUnderstood))
            || (!traffic.isEmpty() && !probes.of(target, Purpose.ALTERNATE_PROTOCOL).isEmpty());
    if (!tried && (target.fails() || !isSpokenTo(target))) {
      findings.missing("nobody spoke to %s with and without the header".formatted(target.label()));
    }
    return misunderstood.map(probe -> cause(target, probe, sent));
  }

  /// Whether its checks pass and were answered with more than a connection; where it takes nothing,
  /// that does not matter.
  private static boolean isSpokenTo(RegisteredTarget target) {
    return !Probes.matters(target)
        || (target.takesTraffic() && target.group().healthCheck().protocol().isHttp());
  }

  private static Optional<ProbeResult> misunderstood(RegisteredTarget target, Probes probes) {
    return probes.of(target, Purpose.TRAFFIC).stream()
        .filter(
            probe ->
                Probes.all(probe, result -> Probes.accepts(result) && !Probes.isUnderstood(result)))
        .filter(_ -> probes.answersAlternateProtocol(target))
        .findFirst();
  }

  /// The header is sent to all of a group or to none: it is switched only where all are known to
  /// want that.
  private static Repair repair(
      Probes probes, List<RegisteredTarget> all, RegisteredTarget target, boolean sent) {
    String name = target.group().name();
    return all.stream().allMatch(one -> misunderstood(one, probes).isPresent())
        ? new Repair.SendProxyHeader(target.group().id(), !sent)
        : new Repair.Decide(
            "Let %s expect %s header, as the others of %s do, or find out what those expect: it is %s to all of them."
                .formatted(target.label(), sent ? "the" : "no", name, sent ? "sent" : "not sent"));
  }

  private static Verdict.Cause cause(RegisteredTarget target, ProbeResult probe, boolean sent) {
    TargetGroup group = target.group();
    return Verdict.Cause.of(
            Confidence.of(target, probe),
            group.id(),
            "%s, %s the header; %s it answers"
                .formatted(
                    Probes.result(target, probe),
                    sent ? "with" : "without",
                    sent ? "without" : "with"),
            "%s %s it".formatted(group.name(), sent ? "sends" : "does not send"))
        .about(target);
  }
}
