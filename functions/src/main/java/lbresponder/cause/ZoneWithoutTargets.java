package lbresponder.cause;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.evidence.Routing.Use;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancer.Zone;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetGroup;

/// Nodes keep to the targets of their own zone, and one enabled zone has none that takes traffic:
/// whoever reaches that zone's node is not served.
final class ZoneWithoutTargets extends Check {
  ZoneWithoutTargets() {
    super(
        "Cross-zone is off and an enabled zone has no target that takes traffic",
        "Bring targets into that zone, or let nodes send to all zones, which costs transfer"
            + " between them.",
        Symptom.NO_TARGET);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    findings
        .read(current.loadBalancer().map(LoadBalancer::zones))
        .ifPresent(zones -> judge(current, zones, findings));
    return findings.orRuledOut("nodes send to all zones, or each enabled zone has a target");
  }

  private static void judge(Case current, List<Zone> zones, Findings findings) {
    for (TargetGroup group : current.facts().targetGroups()) {
      boolean anyZone = findings.read(group.crossZone()).orElse(true);
      if (anyZone) {
        continue;
      }
      switch (current.routing().of(group)) {
        case Use.Sent _ -> judge(current, zones, group, findings);
        case Use.Idle _ -> {}
        case Use.Unread(String why) -> findings.missing(why);
      }
    }
  }

  /// Only a group that has targets somewhere: an empty one is {@link NoTargets}.
  private static void judge(Case current, List<Zone> zones, TargetGroup group, Findings findings) {
    List<RegisteredTarget> targets = RegisteredTarget.of(group);
    for (RegisteredTarget target : targets) {
      if (!target.health().isKnown() || current.zone(target) == null) {
        findings.missing("zone and health of " + target.label());
        return;
      }
    }
    Set<String> serving =
        targets.stream()
            .filter(RegisteredTarget::takesTraffic)
            .map(target -> String.valueOf(current.zone(target)))
            .collect(Collectors.toSet());
    for (Zone zone : zones) {
      if (!serving.isEmpty() && !serving.contains(zone.name())) {
        findings.cause(cause(current, group, zone));
      }
    }
  }

  private static Verdict.Cause cause(Case current, TargetGroup group, Zone zone) {
    List<RegisteredTarget> there =
        RegisteredTarget.of(group).stream()
            .filter(target -> zone.name().equals(current.zone(target)))
            .toList();
    return Verdict.Cause.of(
            turnsAway(current) ? Confidence.PROVEN : Confidence.POSSIBLE,
            group.id(),
            "%s has %s in %s; cross-zone is off"
                .formatted(group.name(), idle(there.size()), zone.name()))
        .about(there);
  }

  private static String idle(int targets) {
    return switch (targets) {
      case 0 -> "no target";
      case 1 -> "1 target that takes no traffic";
      default -> targets + " targets that take no traffic";
    };
  }

  /// Whether requests were turned away for want of a target, as far as that is counted.
  private static boolean turnsAway(Case current) {
    return current.counts().firstKept(Measure.LB_503, Measure.LB_5XX).orElse(0.0) > 0;
  }
}
