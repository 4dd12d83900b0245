package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.check.Routing.Use;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetGroup;

/// Nodes keep to the targets of their own zone, and one enabled zone has none that takes traffic:
/// whoever reaches that zone's node is not served.
final class ZoneWithoutTargets implements Check {

  @Override
  public String title() {
    return "Cross-zone is off and an enabled zone has no target that takes traffic";
  }

  @Override
  public String advice() {
    return "Bring targets into that zone, or let nodes send to all zones, which costs transfer"
        + " between them.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.NO_TARGET);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (!(facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer))) {
      return new Verdict.Unknown(((Known.Unknown<LoadBalancer>) facts.loadBalancer()).why());
    }
    List<Verdict.Cause> causes = new ArrayList<>();
    List<String> missing = new ArrayList<>(Seen.in(facts).missing());
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      switch (Serving.crossZoneKnown(facts, group)) {
        case Known.Unknown<Boolean>(String why) -> missing.add(why);
        case Known.Value<Boolean>(Boolean anyZone) -> {
          if (!anyZone && Routing.use(facts, group) instanceof Use.Sent) {
            judge(facts, balancer, group, causes, missing);
          }
        }
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("nodes send to all zones, or each enabled zone has a target")
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  /// Only a group that has targets somewhere: an empty one is {@link NoTargets}.
  private static void judge(
      Facts facts,
      LoadBalancer balancer,
      TargetGroup group,
      List<Verdict.Cause> causes,
      List<String> missing) {
    List<Member> members = Member.of(group);
    for (Member member : members) {
      if (!member.target().health().isKnown() || facts.zoneOf(member.target()) == null) {
        missing.add("zone and health of " + member.label());
        return;
      }
    }
    Set<String> serving =
        members.stream()
            .filter(Member::takesTraffic)
            .map(one -> String.valueOf(facts.zoneOf(one.target())))
            .collect(Collectors.toSet());
    for (LoadBalancer.Zone zone : balancer.zones()) {
      if (!serving.isEmpty() && !serving.contains(zone.name())) {
        List<Member> there =
            members.stream().filter(one -> zone.name().equals(facts.zoneOf(one.target()))).toList();
        causes.add(
            new Verdict.Cause(
                refused(facts) ? Confidence.PROVEN : Confidence.POSSIBLE,
                group.id(),
                there,
                List.of(
                    "%s has %s in %s; cross-zone is off"
                        .formatted(group.name(), idle(there.size()), zone.name())),
                List.of()));
      }
    }
  }

  private static String idle(int targets) {
    return switch (targets) {
      case 0 -> "no target";
      case 1 -> "1 target that takes no traffic";
      default -> targets + " targets that take no traffic";
    };
  }

  /// Whether requests were turned away for want of a target; Network Load Balancers do not count
  /// that.
  private static boolean refused(Facts facts) {
    Measure counted =
        facts.incident().loadBalancer().kind() == Kind.CLASSIC ? Measure.LB_5XX : Measure.LB_503;
    return Metrics.total(facts, counted, null).orElse(0.0) > 0;
  }
}
