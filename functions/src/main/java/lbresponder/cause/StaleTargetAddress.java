package lbresponder.cause;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.network.Carriers.Place;
import lbresponder.network.Cidr;
import lbresponder.network.CidrFormat;

/// An address is registered that nothing carries any more: its task, pod or machine is gone and
/// nobody deregistered it. It can be told only inside a subnet of this account; elsewhere others
/// may carry it unseen.
final class StaleTargetAddress extends Check {
  StaleTargetAddress() {
    super(
        "A registered address belongs to nothing",
        "Deregister the address, and correct whatever should have done so.",
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    List<RegisteredTarget> failing = new ArrayList<>();
    for (RegisteredTarget target : current.targets().all()) {
      if (target.group().targetType() == TargetType.ADDRESS) {
        if (!target.health().isKnown()) {
          findings.missing("the health of " + target.label());
        } else if (mayBeStale(target, current.traits().tellsTimeouts())) {
          failing.add(target);
        }
      }
    }
    if (failing.isEmpty()) {
      return findings.orRuledOut("no target that is registered by address fails without an answer");
    }
    Optional<List<Subnet>> subnets = findings.read(current.facts().network().subnets());
    Optional<List<NetworkInterface>> interfaces =
        findings.read(current.facts().network().interfaces());
    if (subnets.isPresent() && interfaces.isPresent()) {
      judge(failing, current, findings);
    }
    return findings.orRuledOut("an interface carries each failing address");
  }

  /// Whoever answers a check, be it with a reset, is there; a reason that does not tell a silence
  /// from an answer speaks only where no finer one is given.
  private static boolean mayBeStale(RegisteredTarget target, boolean tellsTimeouts) {
    return target
        .health()
        .map(
            health -> {
              Reason reason = health.reason();
              return reason != null
                  && !health.port().isReached()
                  && (reason == Reason.TIMED_OUT
                      || reason == Reason.CONNECT_TIMED_OUT
                      || reason == Reason.UNREACHABLE
                      || (reason == Reason.CHECK_FAILED && !tellsTimeouts));
            })
        .orElse(false);
  }

  private static void judge(List<RegisteredTarget> failing, Case current, Findings findings) {
    List<RegisteredTarget> found = new ArrayList<>();
    Set<String> because = new LinkedHashSet<>();
    for (RegisteredTarget target : failing) {
      String text = current.directory().address(target.group(), target.target());
      Cidr address = text == null ? null : Cidr.parse(text);
      if (address == null) {
        findings.missing("the address of " + target.label());
        continue;
      }
      Place place = current.paths().carriers().find(address);
      Subnet home = place.subnet();
      if (home != null && home.owner().equals(current.id().account())) {
        found.add(target);
        because.add("no interface in %s carries %s".formatted(home.id(), CidrFormat.of(address)));
      } else if (place.carrier() == null) {
        findings.missing(
            "who has " + CidrFormat.of(address) + ", outside the subnets of this account");
      }
    }
    if (!found.isEmpty()) {
      findings.cause(
          Verdict.Cause.of(Confidence.PROVEN, found.getFirst().id(), List.copyOf(because))
              .about(found)
              .repairedBy(RegisteredTarget.deregister(found)));
    }
  }
}
