package lbresponder.facts;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds what is behind a target, in one look however many there are.
public final class TargetDirectory {
  private final Known<Map<String, Instance>> instances;
  private final Known<Map<String, Instance>> byAddress;

  public TargetDirectory(Fleet fleet) {
    instances =
        fleet
            .instances()
            .map(
                all -> {
                  Map<String, Instance> byId = new HashMap<>();
                  all.forEach(one -> byId.putIfAbsent(one.id(), one));
                  return byId;
                });
    byAddress =
        fleet
            .hosts()
            .map(
                all -> {
                  Map<String, Instance> found = new HashMap<>();
                  all.forEach(
                      host ->
                          host.addresses()
                              .forEach(address -> found.putIfAbsent(address, host.machine())));
                  return found;
                });
  }

  /// The machine behind a target. Empty Optional: no machine of that id exists, as for every target
  /// that is registered by address.
  public Known<Optional<Instance>> instance(String id) {
    return instances.map(byId -> Optional.ofNullable(byId.get(id)));
  }

  /// The machine behind a target, as far as it is known; empty where it is gone or was not read.
  public Optional<Instance> known(String id) {
    return instance(id).orElse(Optional.empty());
  }

  /// The machine that a target is or runs on. Empty Optional: there is none, or it is not listed.
  /// Unknown as well where it was not looked for; None where targets of this type have none.
  public Known<Optional<Instance>> machine(TargetGroup group, Target target) {
    return switch (group.targetType()) {
      case MACHINE -> instance(target.id());
      case ADDRESS -> byAddress.map(found -> Optional.ofNullable(found.get(target.id())));
      case FUNCTION, LOAD_BALANCER -> Known.none("it stands on no machine");
    };
  }

  /// The zone a target is in; null where neither its registration nor its machine tells.
  public @Nullable String zone(Target target) {
    return target.zone() != null
        ? target.zone()
        : known(target.id()).map(Instance::zone).filter(zone -> !zone.isEmpty()).orElse(null);
  }

  /// Where a target is reached; null where there is no address, or it is not known.
  public @Nullable String address(TargetGroup group, Target target) {
    if (target.address() != null) {
      return target.address();
    }
    return switch (group.targetType()) {
      case ADDRESS -> target.id();
      case MACHINE ->
          known(target.id())
              .map(machine -> machine.address(group.isIpv6()))
              .filter(text -> !text.isEmpty())
              .orElse(null);
      case FUNCTION, LOAD_BALANCER -> null;
    };
  }
}
