package lbresponder.cause;

import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.HostCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.evidence.Elimination;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;

/// Packets reach the host's network interface, and nothing comes back. A firewall on the host that
/// drops, a full accept queue, and a host that answers by another way look the same from outside:
/// which of them it is the host tells.
final class HostSilent extends HostCheck {
  HostSilent() {
    super(
        "The host does not answer on the port, though the network lets packets through",
        "Look on the host: its firewall (nft list ruleset, iptables -S), the accept queue of the"
            + " port (ss -ltn), and the way back (ip route get, towards a node).",
        "reacts",
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.UNHEALTHY);
  }

  @Override
  public boolean isSpecific() {
    return false;
  }

  /// Whoever refuses or rejects is not silent.
  @Override
  protected boolean refutes(Connection result) {
    return Probes.accepts(result) || result instanceof Connection.Refused;
  }

  @Override
  protected void judge(
      RegisteredTarget target, ProbeResult probe, Elimination elimination, Findings findings) {
    if (!Probes.all(probe, Connection.TimedOut.class::isInstance)) {
      findings.missing(Probes.result(target, probe));
      return;
    }
    String obstacle = elimination.obstacle(target, probe);
    if (obstacle.isEmpty()) {
      findings.cause(
          silent(target, probe, elimination)
              .atMost(Confidence.of(target, probe, elimination.alike(target, probe))));
    } else {
      findings.missing(obstacle);
    }
  }
}
