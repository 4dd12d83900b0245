package lbresponder.aws.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lbresponder.facts.Host;
import lbresponder.facts.Instance;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.network.Ranges;

/// Which instances carry the addresses of targets that are registered by address and do not take
/// traffic: the nodes of a cluster, whose containers have addresses of their own.
final class Hosts {
  private Hosts() {}

  /// Addresses by the id of the instance that carries them. An address means something within one
  /// network only: others have the same ones.
  ///
  /// @param subnets all those of the load balancer's own network
  static Map<String, List<String>> carried(
      List<TargetGroup> groups, List<NetworkInterface> interfaces, List<Subnet> subnets) {
    Set<String> ours = subnets.stream().map(Subnet::id).collect(Collectors.toSet());
    Map<String, List<String>> carried = new TreeMap<>();
    for (String address : failing(groups)) {
      interfaces.stream()
          .filter(carrier -> ours.contains(carrier.subnet()) && carries(carrier, address))
          .map(NetworkInterface::instance)
          .filter(instance -> instance != null)
          .findFirst()
          .filter(instance -> carried.containsKey(instance) || carried.size() < StatusChecks.MOST)
          .ifPresent(
              instance -> carried.computeIfAbsent(instance, _ -> new ArrayList<>()).add(address));
    }
    return carried;
  }

  private static Set<String> failing(List<TargetGroup> groups) {
    return groups.stream()
        .filter(group -> group.targetType() == TargetType.ADDRESS)
        .flatMap(group -> group.targets().orElse(List.of()).stream())
        .filter(target -> !target.health().map(TargetHealth::takesTraffic).orElse(false))
        .map(Target::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean carries(NetworkInterface carrier, String address) {
    return carrier.addresses().contains(address)
        || carrier.prefixes().stream().anyMatch(prefix -> Ranges.holds(prefix, address));
  }

  /// @param machines those of them that exist
  static List<Host> of(List<Instance> machines, Map<String, List<String>> carried) {
    return machines.stream()
        .map(machine -> new Host(machine, carried.getOrDefault(machine.id(), List.of())))
        .toList();
  }
}
