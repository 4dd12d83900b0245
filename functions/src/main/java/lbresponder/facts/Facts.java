package lbresponder.facts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that was read about one incident: each part a value, or why not. Grows only by a new
/// kind of fact, never for one check.
///
/// @param readAt when reading began
/// @param targetGroups those of the load balancer and any other that the alarm names
/// @param instances those that exist among the registered targets; a registered id that is not in a
///   known list is gone
/// @param dials what dialling the targets met
public record Facts(
    Incident incident,
    Instant readAt,
    Known<LoadBalancer> loadBalancer,
    Known<List<Listener>> listeners,
    Known<List<TargetGroup>> targetGroups,
    Known<List<Instance>> instances,
    Known<Load> load,
    Known<List<SecurityGroup>> securityGroups,
    Known<List<NetworkAcl>> networkAcls,
    Known<List<RouteTable>> routeTables,
    Known<List<Dial>> dials,
    Known<List<Change>> changes) {

  /// Copies with one part replaced, to ask what a change would make of the others.
  public Facts withTargetGroups(Known<List<TargetGroup>> others) {
    return new Facts(
        incident,
        readAt,
        loadBalancer,
        listeners,
        others,
        instances,
        load,
        securityGroups,
        networkAcls,
        routeTables,
        dials,
        changes);
  }

  public Facts withLoadBalancer(Known<LoadBalancer> other) {
    return new Facts(
        incident,
        readAt,
        other,
        listeners,
        targetGroups,
        instances,
        load,
        securityGroups,
        networkAcls,
        routeTables,
        dials,
        changes);
  }

  public Facts withListeners(Known<List<Listener>> other) {
    return new Facts(
        incident,
        readAt,
        loadBalancer,
        other,
        targetGroups,
        instances,
        load,
        securityGroups,
        networkAcls,
        routeTables,
        dials,
        changes);
  }

  public Facts withInstances(Known<List<Instance>> other) {
    return new Facts(
        incident,
        readAt,
        loadBalancer,
        listeners,
        targetGroups,
        other,
        load,
        securityGroups,
        networkAcls,
        routeTables,
        dials,
        changes);
  }

  public Facts withLoad(Known<Load> other) {
    return new Facts(
        incident,
        readAt,
        loadBalancer,
        listeners,
        targetGroups,
        instances,
        other,
        securityGroups,
        networkAcls,
        routeTables,
        dials,
        changes);
  }

  /// The instance behind a target. Empty Optional: the id is an instance's and no such instance
  /// exists.
  public Known<Optional<Instance>> instance(String id) {
    return instances.map(
        all -> all.stream().filter(instance -> instance.id().equals(id)).findFirst());
  }

  /// The zone a target is in; null where neither its registration nor its instance tells.
  public @Nullable String zoneOf(Target target) {
    if (target.zone() != null && !target.zone().equals("all")) {
      return target.zone();
    }
    Optional<Instance> instance = instance(target.id()).orElse(Optional.empty());
    return instance.map(Instance::zone).filter(zone -> !zone.isEmpty()).orElse(null);
  }
}
