package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Elimination;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;

/// Packets reach the host's network interface, and nothing comes back. A firewall on the host that
/// drops, a full accept queue, and a host that answers by another way look the same from outside:
/// which of them it is the host tells.
final class HostSilent extends Check {
  HostSilent() {
    super(
        "The host does not answer on the port, though the network lets packets through",
        "Look on the host: its firewall (nft list ruleset, iptables -S), the accept queue of the"
            + " port (ss -ltn), and the way back (ip route get, towards a node).",
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.UNHEALTHY);
  }

  @Override
  public boolean isSpecific() {
    return false;
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    if (findings.read(current.probes().read()).isEmpty()) {
      return findings.verdict();
    }
    findings.missing(current.targets().missing());
    Elimination elimination = new Elimination(current);
    for (RegisteredTarget target : current.targets().all()) {
      List<ProbeResult> own = current.probes().ofPorts(target);
      if (own.isEmpty() && Probes.matters(target)) {
        findings.missing(target.label() + " was not probed");
      }
      own.stream()
          .filter(probe -> !Probes.any(probe, HostSilent::reacts) && Probes.speaks(target, probe))
          .forEach(probe -> judge(target, probe, elimination, findings));
    }
    return findings.orRuledOut("every target that was probed reacts");
  }

  /// Whoever refuses or rejects is not silent.
  private static boolean reacts(Connection result) {
    return Probes.accepts(result) || result instanceof Connection.Refused;
  }

  private static void judge(
      RegisteredTarget target, ProbeResult probe, Elimination elimination, Findings findings) {
    if (!Probes.all(probe, Connection.TimedOut.class::isInstance)) {
      findings.missing(Probes.result(target, probe));
      return;
    }
    String obstacle = elimination.obstacle(target, probe);
    if (obstacle.isEmpty()) {
      findings.cause(
          elimination
              .ofHost(target, probe)
              .atMost(Confidence.of(target, probe, elimination.alike(target, probe))));
    } else {
      findings.missing(obstacle);
    }
  }
}
