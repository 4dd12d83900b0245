package lbresponder.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Subnet;

/// A subnet of the load balancer has too few free addresses for it to add nodes. Nothing fails
/// because of it yet; under more load it cannot grow.
final class SubnetOutOfAddresses implements Check {
  /// What AWS asks to be free in each subnet, so that the load balancer can scale.
  private static final int ENOUGH = 8;

  @Override
  public String title() {
    return "A subnet of the load balancer has too few free addresses for more nodes";
  }

  @Override
  public String advice() {
    return "Free addresses in the subnet, or give the load balancer a larger one in that zone.";
  }

  /// No alarm that is recognised shows it by itself.
  @Override
  public Set<Symptom> shows() {
    return EnumSet.noneOf(Symptom.class);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (!(facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer))) {
      return new Verdict.Unknown(((Known.Unknown<LoadBalancer>) facts.loadBalancer()).why());
    }
    if (!(facts.network().subnets() instanceof Known.Value<List<Subnet>>(List<Subnet> all))) {
      return new Verdict.Unknown(((Known.Unknown<List<Subnet>>) facts.network().subnets()).why());
    }
    List<String> used = balancer.zones().stream().map(LoadBalancer.Zone::subnet).toList();
    List<Subnet> full =
        all.stream()
            .filter(one -> used.contains(one.id()) && one.freeAddresses() < ENOUGH)
            .toList();
    if (full.isEmpty()) {
      return new Verdict.RuledOut(
          "each subnet of the load balancer has at least %d free addresses".formatted(ENOUGH));
    }
    return new Verdict.Cause(
        Confidence.PROVEN,
        full.getFirst().id(),
        List.of(),
        full.stream()
            .map(
                one ->
                    "%s in %s has %s; %d are needed to add a node"
                        .formatted(
                            one.id(),
                            one.zone(),
                            one.freeAddresses() == 1
                                ? "1 free address"
                                : one.freeAddresses() + " free addresses",
                            ENOUGH))
            .toList(),
        List.of());
  }
}
