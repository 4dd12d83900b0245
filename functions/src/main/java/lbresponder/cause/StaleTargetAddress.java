package lbresponder.cause;

import java.util.ArrayList;
import java.util.HashSet;
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
import lbresponder.network.Ranges;

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
        } else if (mayBeStale(target)) {
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
      Search.in(current, subnets.get(), interfaces.get(), findings).judge(failing);
    }
    return findings.orRuledOut("an interface carries each failing address");
  }

  private static boolean mayBeStale(RegisteredTarget target) {
    return target
        .health()
        .map(
            health -> {
              Reason reason = health.reason();
              return reason != null
                  && (reason.isTimeout()
                      || reason == Reason.CHECK_FAILED
                      || reason == Reason.UNREACHABLE);
            })
        .orElse(false);
  }

  /// Looks for what carries an address.
  private record Search(
      Case current,
      List<Subnet> subnets,
      Set<String> carried,
      List<String> prefixes,
      Findings findings) {
    static Search in(
        Case current, List<Subnet> subnets, List<NetworkInterface> interfaces, Findings findings) {
      Set<String> carried = new HashSet<>();
      List<String> prefixes = new ArrayList<>();
      for (NetworkInterface card : interfaces) {
        carried.addAll(card.addresses());
        prefixes.addAll(card.prefixes());
      }
      return new Search(current, subnets, carried, prefixes, findings);
    }

    void judge(List<RegisteredTarget> failing) {
      List<RegisteredTarget> found = new ArrayList<>();
      List<String> because = new ArrayList<>();
      for (RegisteredTarget target : failing) {
        String address = current.directory().address(target.group(), target.target());
        if (address == null || isCarried(address)) {
          continue;
        }
        Optional<Subnet> home = home(address);
        if (home.isEmpty()) {
          findings.missing("who has " + address + ", outside the subnets of this account");
        } else {
          found.add(target);
          because.add("no interface in %s carries %s".formatted(home.get().id(), address));
        }
      }
      if (!found.isEmpty()) {
        findings.cause(cause(found, because));
      }
    }

    private boolean isCarried(String address) {
      return carried.contains(address)
          || prefixes.stream().anyMatch(prefix -> Ranges.holds(prefix, address));
    }

    private Optional<Subnet> home(String address) {
      return subnets.stream()
          .filter(subnet -> subnet.owner().equals(current.id().account()))
          .filter(
              subnet -> subnet.ranges().stream().anyMatch(range -> Ranges.holds(range, address)))
          .findFirst();
    }

    private static Verdict.Cause cause(List<RegisteredTarget> found, List<String> because) {
      return Verdict.Cause.of(
              Confidence.PROVEN, found.getFirst().id(), because.stream().distinct().toList())
          .about(found)
          .repairedBy(RegisteredTarget.deregister(found));
    }
  }
}
