package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.TargetGroup;

/// A target calls itself through its own internal Network Load Balancer: with its address preserved
/// the packet comes back to its sender, who drops it. Who calls is not read, so it is possible at
/// most.
final class HairpinFails implements Check {

  @Override
  public String title() {
    return "A target calls itself through the load balancer";
  }

  @Override
  public String advice() {
    return "Turn client address preservation off for the target group, or let callers and targets"
        + " be different machines.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.TIMEOUT, Symptom.RESET);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.incident().loadBalancer().kind() != Kind.NETWORK) {
      return new Verdict.RuledOut("only Network Load Balancers keep client addresses");
    }
    if (!(facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer))) {
      return new Verdict.Unknown(((Known.Unknown<LoadBalancer>) facts.loadBalancer()).why());
    }
    if (!balancer.internal()) {
      return new Verdict.RuledOut("the load balancer is not internal: targets are not its clients");
    }
    List<String> missing = new ArrayList<>(Seen.in(facts).missing());
    List<Member> callers = new ArrayList<>();
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      switch (Preservation.isOn(group)) {
        case Known.Unknown<Boolean>(String why) -> missing.add(why);
        case Known.Value<Boolean>(Boolean on) -> {
          if (on) {
            callers.addAll(Member.of(group));
          }
        }
      }
    }
    if (!missing.isEmpty()) {
      return new Verdict.Unknown(String.join("; ", missing));
    }
    if (callers.isEmpty()) {
      return new Verdict.RuledOut("client addresses are not preserved");
    }
    if (callers.stream().anyMatch(Trouble::fails)) {
      return new Verdict.RuledOut("targets fail their health checks, which do not loop");
    }
    return new Verdict.Cause(
        Confidence.POSSIBLE,
        callers.getFirst().group().id(),
        List.of(),
        List.of(
            "the load balancer is internal, preserves client addresses, and every target is"
                + " healthy"),
        List.of());
  }
}
