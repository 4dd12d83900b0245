package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.network.Paths;

/// An internet-facing load balancer has a node in a subnet without a way to the internet: clients
/// that are sent to that node time out. No connection to a target fails because of it.
final class LoadBalancerSubnetWithoutRoute implements Check {
  /// Stands for any client on the internet.
  private static final String CLIENT = "198.51.100.1";

  @Override
  public String title() {
    return "A subnet of the load balancer has no way to the internet";
  }

  @Override
  public String advice() {
    return "Give the subnet a route to an internet gateway, or the load balancer another subnet in"
        + " that zone.";
  }

  /// Alarms are on what happens behind the load balancer.
  @Override
  public Set<Symptom> shows() {
    return EnumSet.noneOf(Symptom.class);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (!(facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer))) {
      return new Verdict.Unknown(((Known.Unknown<LoadBalancer>) facts.loadBalancer()).why());
    }
    if (balancer.internal()) {
      return new Verdict.RuledOut("the load balancer is internal");
    }
    Paths paths = new Paths(facts);
    List<String> because = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    String component = "";
    for (LoadBalancer.Zone zone : balancer.zones()) {
      switch (paths.nextHop(zone.subnet(), CLIENT)) {
        case Known.Unknown<String>(String why) -> missing.add(why);
        case Known.Value<String>(String via) when via.startsWith("igw-") -> {}
        case Known.Value<String>(String via) when via.startsWith("vpce-") ->
            missing.add(
                "what %s, between %s and the internet, lets pass".formatted(via, zone.subnet()));
        case Known.Value<String>(String via) -> {
          component = component.isEmpty() ? zone.subnet() : component;
          because.add(
              "%s in %s %s"
                  .formatted(
                      zone.subnet(),
                      zone.name(),
                      via.isEmpty()
                          ? "has no route to the internet"
                          : "reaches the internet through %s, by which nobody comes in"
                              .formatted(via)));
        }
      }
    }
    if (!because.isEmpty()) {
      return new Verdict.Cause(Confidence.PROVEN, component, List.of(), because, List.of());
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut(
            "each subnet of the load balancer has a route to an internet gateway")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }
}
