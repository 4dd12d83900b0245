package lbresponder.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import org.jspecify.annotations.Nullable;

/// Where paths begin and end.
final class Ends {
  /// Where one end of a path stands.
  ///
  /// @param subnet null: outside the subnets that were read
  /// @param groups null: not known
  record Place(Cidr address, @Nullable String subnet, @Nullable List<String> groups) {}

  record Source(Cidr address, String subnet, String zone) {}

  private final Facts facts;
  private final Network network;
  private final Map<String, Instance> instances = new HashMap<>();

  Ends(Facts facts) {
    this.facts = facts;
    this.network = facts.network();
    facts.instances().orElse(List.of()).forEach(one -> instances.put(one.id(), one));
  }

  /// The nodes where they could be read; else the ranges of their subnets, any address of which a
  /// node may have.
  List<Source> sources() {
    if (!(facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer))) {
      return List.of();
    }
    List<Source> all = new ArrayList<>();
    for (LoadBalancer.Zone zone : balancer.zones()) {
      List<Source> nodes = new ArrayList<>();
      for (NetworkInterface one : network.interfaces().orElse(List.of())) {
        if (one.node() && one.subnet().equals(zone.subnet())) {
          nodes.addAll(addresses(one, zone.name()));
        }
      }
      all.addAll(nodes.isEmpty() ? ranges(zone) : nodes);
    }
    return all;
  }

  /// One of each family.
  static List<Source> addresses(NetworkInterface one, String zone) {
    List<Source> found = new ArrayList<>();
    for (String text : one.addresses()) {
      Cidr address = Cidr.parse(text);
      if (address != null
          && found.stream().noneMatch(other -> other.address().six() == address.six())) {
        found.add(new Source(address, one.subnet(), zone));
      }
    }
    return found;
  }

  private List<Source> ranges(LoadBalancer.Zone zone) {
    return subnet(zone.subnet()).stream()
        .flatMap(one -> one.ranges().stream())
        .map(Cidr::parse)
        .filter(Objects::nonNull)
        .map(range -> new Source(range, zone.subnet(), zone.name()))
        .toList();
  }

  Optional<Subnet> subnet(String id) {
    return network.subnets().orElse(List.of()).stream()
        .filter(one -> one.id().equals(id))
        .findFirst();
  }

  /// Null where its address is not known, or no network leads there.
  @Nullable Place place(TargetGroup group, Target target) {
    if (group.targetType() == TargetType.INSTANCE) {
      Optional<Instance> instance = Optional.ofNullable(instances.get(target.id()));
      Cidr address = instance.map(Instance::address).map(Cidr::parse).orElse(null);
      return address == null
          ? null
          : new Place(
              address,
              instance.map(Instance::subnet).orElse(null),
              instance.map(Instance::securityGroups).orElse(null));
    }
    Cidr address = group.targetType() == TargetType.IP ? Cidr.parse(target.id()) : null;
    return address == null ? null : carrier(address, target.id());
  }

  private Place carrier(Cidr address, String text) {
    for (NetworkInterface one : network.interfaces().orElse(List.of())) {
      if (one.addresses().contains(text)
          || one.prefixes().stream().anyMatch(prefix -> Ranges.holds(prefix, text))) {
        return new Place(address, one.subnet(), one.securityGroups());
      }
    }
    String home =
        network.subnets().orElse(List.of()).stream()
            .filter(one -> one.ranges().stream().anyMatch(range -> Ranges.holds(range, text)))
            .map(Subnet::id)
            .findFirst()
            .orElse(null);
    return new Place(address, home, null);
  }
}
