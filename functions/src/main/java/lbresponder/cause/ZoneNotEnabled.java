package lbresponder.cause;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Alarm;
import lbresponder.facts.Instance;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancer.Zone;
import lbresponder.facts.Measure;
import lbresponder.facts.Repair;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;

/// The target stands in a zone the load balancer does not serve: it never gets traffic.
final class ZoneNotEnabled extends Check {
  /// Any address of the internet; this one is nobody's (RFC 5737).
  private static final String CLIENT = "192.0.2.1";

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
    Set<Symptom> symptoms = EnumSet.of(Symptom.NO_TARGET);
    if (outside.stream().allMatch(target -> othersServe(target, outside))) {
      symptoms.remove(Symptom.NO_TARGET);
    }
    if (!outside.stream().allMatch(target -> target.isIn(State.UNUSED)) || mayBeCounted(current)) {
      symptoms.add(Symptom.UNHEALTHY);
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

  /// Whether an alarm on health can mean targets that are not checked at all: not where it counts
  /// no more failing ones than there are among those that are.
  private static boolean mayBeCounted(Case current) {
    long checked =
        current.targets().all().stream()
            .filter(target -> target.isIn(State.UNHEALTHY) || target.isIn(State.UNHEALTHY_DRAINING))
            .count();
    boolean ofHealth =
        !current.hasAlarm() || current.alarmed().stream().anyMatch(Measure::countsHealth);
    return ofHealth
        && current.facts().incident().alarms().stream()
            .map(Alarm::watched)
            .filter(watch -> watch.measure() == Measure.UNHEALTHY_TARGETS)
            .allMatch(
                watch ->
                    current
                        .counts()
                        .series(watch)
                        .flatMap(current.counts()::peak)
                        .map(peak -> peak > checked)
                        .orElse(true));
  }

  /// One for each zone, each with the subnets of those before it.
  private static List<Repair> repairs(Case current, List<RegisteredTarget> outside) {
    List<String> keep = new ArrayList<>(zones(current).stream().map(Zone::subnet).toList());
    Map<String, Repair> byZone = new TreeMap<>();
    for (RegisteredTarget target : outside) {
      String zone = current.zone(target);
      String own = current.directory().known(target.id()).map(Instance::subnet).orElse("");
      Optional<LoadBalancer> loadBalancer = current.loadBalancer().toOptional();
      if (zone == null || loadBalancer.isEmpty() || byZone.containsKey(zone)) {
        continue;
      }
      Optional<String> subnet = subnet(current, loadBalancer.get(), zone, own);
      byZone.put(
          zone,
          subnet
              .<Repair>map(found -> new Repair.EnableZone(zone, found, List.copyOf(keep)))
              .orElse(new Repair.Decide(choose(zone, loadBalancer.get()))));
      subnet.ifPresent(keep::add);
    }
    return List.copyOf(byZone.values());
  }

  private static String choose(String zone, LoadBalancer loadBalancer) {
    return "Choose a subnet of %s%s for the load balancer, or register targets in the zones that are enabled."
        .formatted(zone, loadBalancer.internal() ? "" : " with a route to the internet");
  }

  /// The targets' own subnet, where the load balancer can be in it: one that faces the internet is
  /// out of reach in a subnet without a route there.
  private static Optional<String> subnet(
      Case current, LoadBalancer loadBalancer, String zone, String own) {
    if (loadBalancer.internal()) {
      return own.isEmpty() ? Optional.empty() : Optional.of(own);
    }
    Stream<String> there =
        current.facts().network().subnets().orElse(List.of()).stream()
            .filter(subnet -> subnet.zone().equals(zone))
            .filter(subnet -> subnet.network().equals(loadBalancer.network()))
            .map(Subnet::id);
    return Stream.concat(Stream.of(own), there)
        .filter(id -> !id.isEmpty() && isPublic(current, id))
        .findFirst();
  }

  private static boolean isPublic(Case current, String subnet) {
    return current
        .paths()
        .route(subnet, CLIENT)
        .map(
            (Optional<Route> route) ->
                route
                    .filter(found -> !found.blackhole() && found.leads() == Leads.INTERNET)
                    .isPresent())
        .orElse(false);
  }

  /// Clients reach the nodes of enabled zones only: nobody misses a target elsewhere while there is
  /// one.
  private static boolean othersServe(RegisteredTarget target, List<RegisteredTarget> outside) {
    return RegisteredTarget.of(target.group()).stream()
        .anyMatch(other -> other.takesTraffic() && !outside.contains(other));
  }
}
