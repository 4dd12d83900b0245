package lbresponder.cause;

import java.util.Optional;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancer.Zone;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;

/// An internet-facing load balancer has a node in a subnet without a way to the internet: clients
/// that are sent to that node time out. No connection to a target fails because of it.
final class LoadBalancerSubnetWithoutRoute extends Check {
  /// Stands for any client on the internet.
  private static final String CLIENT = "198.51.100.1";

  LoadBalancerSubnetWithoutRoute() {
    super(
        "A subnet of the load balancer has no way to the internet",
        "Give the subnet a route to an internet gateway, or the load balancer another subnet in"
            + " that zone.");
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    Optional<LoadBalancer> loadBalancer = findings.readFirst(current.loadBalancer());
    if (loadBalancer.filter(found -> !found.internal()).isEmpty()) {
      return findings.orRuledOut("the load balancer is internal");
    }
    if (loadBalancer.get().zones().isEmpty()) {
      return new Verdict.NotApplicable("the load balancer is in no subnet");
    }
    for (Zone zone : loadBalancer.get().zones()) {
      findings
          .read(current.paths().route(zone.subnet(), CLIENT))
          .ifPresent(route -> judge(zone, route.filter(found -> !found.blackhole()), findings));
    }
    return findings.orRuledOut(
        "each subnet of the load balancer has a route to an internet gateway");
  }

  /// @param route empty: nothing leads there
  private static void judge(Zone zone, Optional<Route> route, Findings findings) {
    Leads leads = route.map(Route::leads).orElse(Leads.OTHER);
    String via = route.map(Route::via).orElse("");
    switch (leads) {
      case INTERNET -> {}
      case APPLIANCE ->
          findings.missing(
              "what %s, between %s and the internet, lets pass".formatted(via, zone.subnet()));
      case LOCAL, NAT, PEER, OTHER ->
          findings.cause(
              Verdict.Cause.of(
                  Confidence.PROVEN,
                  zone.subnet(),
                  "%s in %s %s"
                      .formatted(
                          zone.subnet(),
                          zone.name(),
                          via.isEmpty()
                              ? "has no route to the internet"
                              : "reaches the internet through %s, by which nobody comes in"
                                  .formatted(via))));
    }
  }
}
