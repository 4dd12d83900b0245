package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;

/// The target stands in a zone the load balancer does not serve: it never gets traffic.
final class ZoneNotEnabled implements Check {

  @Override
  public String title() {
    return "The target's zone is not enabled for the load balancer";
  }

  @Override
  public String advice() {
    return "Enable a subnet in that zone, or register targets in the enabled ones.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.NO_TARGET, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> outside =
        seen.members().stream()
            .filter(one -> one.is(Reason.ZONE_NOT_ENABLED) || isOutside(one, facts))
            .toList();
    if (!outside.isEmpty()) {
      return accuse(outside, facts);
    }
    if (!seen.missing().isEmpty()) {
      return new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    List<String> missing = new ArrayList<>();
    if (facts.loadBalancer() instanceof Known.Unknown<LoadBalancer>(String why)) {
      missing.add(why);
    }
    if (facts.instances() instanceof Known.Unknown<List<Instance>>(String why)
        && seen.members().stream().anyMatch(one -> needsInstance(one))) {
      missing.add(why);
    }
    boolean judgedByHealth =
        seen.members().stream().allMatch(one -> one.target().health().isKnown());
    return missing.isEmpty() || judgedByHealth
        ? new Verdict.RuledOut("every target is in an enabled zone")
        : new Verdict.Unknown(String.join("; ", missing));
  }

  private static boolean needsInstance(Member member) {
    return member.group().targetType() == TargetType.INSTANCE && member.target().zone() == null;
  }

  /// A target of another load balancer or a function has no zone, nor has an address outside the
  /// network.
  private static boolean isOutside(Member member, Facts facts) {
    String zone = facts.zoneOf(member.target());
    return zone != null
        && facts
            .loadBalancer()
            .map(one -> !one.zones().isEmpty() && !one.isEnabledIn(zone))
            .orElse(false);
  }

  private static Verdict accuse(List<Member> outside, Facts facts) {
    Set<Symptom> shows = EnumSet.of(Symptom.NO_TARGET, Symptom.UNHEALTHY);
    if (Serving.remains(facts, outside)) {
      shows.remove(Symptom.NO_TARGET);
    }
    List<String> because =
        new ArrayList<>(
            outside.stream()
                .map(
                    one ->
                        "%s is in %s: %s"
                            .formatted(
                                one.label(),
                                Optional.ofNullable(facts.zoneOf(one.target()))
                                    .orElse("another zone"),
                                Words.health(one.target())))
                .toList());
    facts
        .loadBalancer()
        .map(one -> one.zones().stream().map(LoadBalancer.Zone::name).toList())
        .map(zones -> because.add("the load balancer is enabled in " + String.join(", ", zones)));
    return new Verdict.Cause(
        Confidence.PROVEN,
        facts.incident().loadBalancer().name(),
        outside,
        because,
        repairs(outside, facts),
        shows);
  }

  /// The targets' own subnet is in the right zone; without it only a person can choose one.
  private static List<Repair> repairs(List<Member> outside, Facts facts) {
    if (!(facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer))) {
      return List.of();
    }
    List<String> keep =
        new ArrayList<>(balancer.zones().stream().map(LoadBalancer.Zone::subnet).toList());
    Map<String, Repair> byZone = new TreeMap<>();
    for (Member member : outside) {
      String zone = facts.zoneOf(member.target());
      String subnet =
          facts
              .instance(member.target().id())
              .orElse(Optional.empty())
              .map(Instance::subnet)
              .orElse("");
      if (zone != null && !subnet.isEmpty() && !byZone.containsKey(zone)) {
        byZone.put(zone, new Repair.EnableZone(zone, subnet, List.copyOf(keep)));
        keep.add(subnet);
      }
    }
    return List.copyOf(byZone.values());
  }
}
