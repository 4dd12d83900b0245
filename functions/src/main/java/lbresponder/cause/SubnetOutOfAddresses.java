package lbresponder.cause;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.facts.LoadBalancer.Zone;
import lbresponder.facts.Subnet;

/// A subnet of the load balancer has too few free addresses for it to add nodes. Nothing fails
/// because of it yet; under more load it cannot grow.
final class SubnetOutOfAddresses extends Check {
  SubnetOutOfAddresses() {
    super(
        "A subnet of the load balancer has too few free addresses for more nodes",
        "Free addresses in the subnet, or give the load balancer a larger one in that zone.");
  }

  @Override
  public Verdict examine(Case current) {
    int needed = current.traits().spareAddresses();
    if (needed == 0) {
      return new Verdict.NotApplicable("this kind of load balancer adds no nodes");
    }
    Findings findings = new Findings();
    Set<String> used =
        findings
            .readFirst(current.loadBalancer())
            .map(found -> found.zones().stream().map(Zone::subnet).collect(Collectors.toSet()))
            .orElse(Set.of());
    List<Subnet> full =
        findings.read(current.facts().network().subnets()).orElse(List.of()).stream()
            .filter(subnet -> used.contains(subnet.id()) && subnet.freeAddresses() < needed)
            .toList();
    if (!full.isEmpty()) {
      findings.cause(
          Verdict.Cause.of(
              Confidence.PROVEN,
              full.getFirst().id(),
              full.stream().map(subnet -> sentence(subnet, needed)).toList()));
    }
    return findings.orRuledOut(
        "each subnet of the load balancer has at least %d free addresses".formatted(needed));
  }

  private static String sentence(Subnet subnet, int needed) {
    return "%s has %s; %d are needed to add a node"
        .formatted(
            subnet.zone().isEmpty() ? subnet.id() : subnet.id() + " in " + subnet.zone(),
            subnet.freeAddresses() == 1
                ? "1 free address"
                : subnet.freeAddresses() + " free addresses",
            needed);
  }
}
