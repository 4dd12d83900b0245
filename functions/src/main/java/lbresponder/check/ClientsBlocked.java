package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.network.Paths;
import lbresponder.network.Wall;

/// The load balancer's own security groups admit nobody on a listener's port. No connection to a
/// target fails because of it: it is told beside the cause.
final class ClientsBlocked implements Check {

  @Override
  public String title() {
    return "The load balancer's security group admits nobody on a listener's port";
  }

  @Override
  public String advice() {
    return "Admit the clients on the listener's port, or remove the listener.";
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
    if (!(facts.listeners() instanceof Known.Value<List<Listener>>(List<Listener> listeners))) {
      return new Verdict.Unknown(((Known.Unknown<List<Listener>>) facts.listeners()).why());
    }
    if (balancer.securityGroups().isEmpty()) {
      return new Verdict.RuledOut("the load balancer wears no security group");
    }
    Wall wall = new Paths(facts).balancerWall();
    if (wall == null) {
      return new Verdict.Unknown(
          facts.network().securityGroups() instanceof Known.Unknown<?>(String why)
              ? why
              : "the load balancer's security groups");
    }
    List<Integer> shut = new ArrayList<>();
    for (Listener listener : listeners) {
      if (!listener.protocol().contains("UDP") && !wall.admitsAnybody(listener.port())) {
        shut.add(listener.port());
      }
    }
    if (shut.isEmpty()) {
      return new Verdict.RuledOut("somebody is admitted on every listener's port");
    }
    return wall.isWhole()
        ? new Verdict.Cause(
            Confidence.PROVEN,
            balancer.securityGroups().getFirst(),
            List.of(),
            shut.stream()
                .map(
                    port ->
                        "no rule of %s admits anybody on tcp/%d"
                            .formatted(String.join(", ", balancer.securityGroups()), port))
                .toList(),
            List.of())
        : new Verdict.Unknown("some rules of the load balancer's security groups");
  }
}
