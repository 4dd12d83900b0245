package lbresponder.cause;

import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.HostCheck;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Elimination;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;

/// A firewall on the host rejects or drops what arrives. Until the host is read this is LIKELY at
/// most, by a rejection that only a host or a router sends. Silence alone it shares with other
/// faults of a host, see {@link HostSilent}.
final class HostFirewallBlocks extends HostCheck {
  /// Nobody has the address where it takes longer: the neighbour was looked for, and not found.
  private static final long REJECTED_MILLIS = 500;

  HostFirewallBlocks() {
    super(
        "A firewall on the host blocks the port",
        "Look at the host's own firewall (nft list ruleset, iptables -S, firewall-cmd) for the"
            + " port; a process that never accepts, or a host that does not route back, look the"
            + " same.",
        "lets connections in",
        Symptom.TIMEOUT,
        Symptom.REFUSED,
        Symptom.SILENT,
        Symptom.UNHEALTHY);
  }

  @Override
  protected boolean refutes(Connection result) {
    return Probes.accepts(result);
  }

  @Override
  protected void judge(
      RegisteredTarget target, ProbeResult probe, Elimination elimination, Findings findings) {
    if (isRejected(probe)) {
      findings.cause(rejected(target, probe));
      return;
    }
    String obstacle =
        Probes.all(probe, Connection.TimedOut.class::isInstance)
            ? elimination.obstacle(target, probe)
            : "whether a firewall rejects: %s, and the host was not read"
                .formatted(Probes.result(target, probe));
    if (obstacle.isEmpty()) {
      findings.cause(silent(target, probe, elimination).atMost(Confidence.POSSIBLE));
    } else {
      findings.missing(obstacle);
    }
  }

  /// The first try decides: the operating system remembers an address that nobody has.
  private static boolean isRejected(ProbeResult probe) {
    return probe.attempts().getFirst() instanceof Connection.HostUnreachable(long millis)
        && millis < REJECTED_MILLIS
        && Probes.all(probe, Connection.HostUnreachable.class::isInstance);
  }

  private static Verdict.Cause rejected(RegisteredTarget target, ProbeResult probe) {
    return Verdict.Cause.of(
            Confidence.LIKELY,
            target.id(),
            "%s rejects with \"no route to host\" at once, on all of %s from %s"
                .formatted(Probes.at(target, probe), Probes.tries(probe), Probes.place(probe)),
            "host firewalls say that; security groups and network ACLs say nothing")
        .about(target)
        .atMost(Confidence.of(target, probe));
  }
}
