package lbresponder.cause;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Instance;
import lbresponder.facts.LoadBalancer.Zone;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;

/// The target stands in a zone the load balancer does not serve: it never gets traffic.
final class ZoneNotEnabled extends Check {
  ZoneNotEnabled() {
    super(
        "The target's zone is not enabled for the load balancer",
        "Enable a subnet in that zone, or register targets in the enabled ones.",
        Symptom.NO_TARGET,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    List<RegisteredTarget> all = current.targets().all();
    List<RegisteredTarget> outside =
        all.stream()
            .filter(
                target -> target.hasReason(Reason.ZONE_NOT_ENABLED) || isOutside(target, current))
            .toList();
    if (!outside.isEmpty()) {
      findings.cause(cause(current, outside));
    }
    // Health alone says of every target whether its zone is enabled.
    if (!all.stream().allMatch(target -> target.health().isKnown())) {
      findings.read(current.loadBalancer());
      if (all.stream().anyMatch(ZoneNotEnabled::needsMachine)) {
        findings.read(current.facts().fleet().instances());
      }
    }
    return findings.orRuledOut("every target is in an enabled zone");
  }

  private static boolean needsMachine(RegisteredTarget target) {
    return target.group().targetType() == TargetType.MACHINE && target.target().zone() == null;
  }

  /// A target of another load balancer or a function has no zone, nor has an address outside the
  /// network.
  private static boolean isOutside(RegisteredTarget target, Case current) {
    String zone = current.zone(target);
    return zone != null
        && current
            .loadBalancer()
            .map(found -> !found.zones().isEmpty() && !found.isEnabledIn(zone))
            .orElse(false);
  }

  private static Verdict.Cause cause(Case current, List<RegisteredTarget> outside) {
    Set<Symptom> symptoms = EnumSet.of(Symptom.NO_TARGET, Symptom.UNHEALTHY);
    if (current.serving().remainsWithout(outside)) {
      symptoms.remove(Symptom.NO_TARGET);
    }
    List<String> because = new ArrayList<>();
    for (RegisteredTarget target : outside) {
      because.add(
          "%s is in %s: %s"
              .formatted(
                  target.label(),
                  Objects.toString(current.zone(target), "another zone"),
                  Phrases.health(target.target())));
    }
    List<Zone> zones = zones(current);
    if (!zones.isEmpty()) {
      because.add(
          "the load balancer is enabled in "
              + String.join(", ", zones.stream().map(Zone::name).toList()));
    }
    return Verdict.Cause.of(Confidence.PROVEN, current.id().name(), because)
        .about(outside)
        .repairedBy(repairs(current, outside))
        .showingAs(symptoms);
  }

  private static List<Zone> zones(Case current) {
    return current.loadBalancer().map(found -> found.zones()).orElse(List.of());
  }

  /// The targets' own subnet is in the right zone; without it only a person can choose one.
  private static List<Repair> repairs(Case current, List<RegisteredTarget> outside) {
    List<String> keep = new ArrayList<>(zones(current).stream().map(Zone::subnet).toList());
    Map<String, Repair> byZone = new TreeMap<>();
    for (RegisteredTarget target : outside) {
      String zone = current.zone(target);
      String subnet = current.directory().known(target.id()).map(Instance::subnet).orElse("");
      if (zone != null
          && !subnet.isEmpty()
          && current.loadBalancer().isKnown()
          && !byZone.containsKey(zone)) {
        byZone.put(zone, new Repair.EnableZone(zone, subnet, List.copyOf(keep)));
        keep.add(subnet);
      }
    }
    return List.copyOf(byZone.values());
  }
}
