package lbresponder.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetDirectory;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import org.jspecify.annotations.Nullable;

/// Where paths begin and end.
final class PathEnds {
  /// @param zone empty where the load balancer has no zones
  record Source(String zone, NetworkLocation location) {}

  private final TargetDirectory directory;
  private final Map<String, List<Cidr>> subnetRanges = new HashMap<>();
  private final Carriers carriers;

  PathEnds(Facts facts, Carriers carriers) {
    this.carriers = carriers;
    directory = new TargetDirectory(facts.fleet());
    for (Subnet subnet : facts.network().subnets().orElse(List.of())) {
      subnetRanges.putIfAbsent(
          subnet.id(), subnet.ranges().stream().map(Cidr::parse).filter(Objects::nonNull).toList());
    }
  }

  /// The load balancer's nodes where they could be read; else the ranges of their subnets, any
  /// address of which a node may have.
  List<Source> loadBalancer(Facts facts) {
    if (!(facts.wiring().loadBalancer()
        instanceof Known.Value<LoadBalancer>(LoadBalancer loadBalancer))) {
      return List.of();
    }
    Known<List<String>> groups = loadBalancer.securityGroups();
    List<NetworkInterface> nodes =
        facts.network().interfaces().orElse(List.of()).stream()
            .filter(NetworkInterface::node)
            .toList();
    if (loadBalancer.zones().isEmpty()) {
      return nodes.stream().flatMap(node -> addresses(node, "", groups)).toList();
    }
    List<Source> all = new ArrayList<>();
    for (LoadBalancer.Zone zone : loadBalancer.zones()) {
      List<Source> here =
          nodes.stream()
              .filter(node -> node.subnet().equals(zone.subnet()))
              .flatMap(node -> addresses(node, zone.name(), groups))
              .toList();
      all.addAll(here.isEmpty() ? anywhereIn(zone, groups) : here);
    }
    return all;
  }

  /// Why there are no nodes.
  static String unread(Known<List<Subnet>> subnets) {
    return subnets.fold(
        _ -> "the subnets of the load balancer",
        why -> why,
        _ -> "the addresses of the load balancer");
  }

  private List<Source> anywhereIn(LoadBalancer.Zone zone, Known<List<String>> groups) {
    return rangesOf(zone.subnet()).stream()
        .map(range -> source(zone.name(), range, zone.subnet(), groups))
        .toList();
  }

  /// A prober's interface.
  static List<Source> prober(NetworkInterface prober) {
    return addresses(prober, "prober", groups(prober.securityGroups(), "prober")).toList();
  }

  /// An interface without groups is one of which they could not be read.
  private static Known<List<String>> groups(List<String> ids, String end) {
    return ids.isEmpty()
        ? Known.unknown("the security groups at the " + end + " were not read")
        : Known.of(ids);
  }

  /// The first address of each family.
  private static Stream<Source> addresses(
      NetworkInterface carrier, String zone, Known<List<String>> groups) {
    Map<Boolean, Source> byFamily = new LinkedHashMap<>();
    for (String text : carrier.addresses()) {
      Cidr address = Cidr.parse(text);
      if (address != null) {
        byFamily.putIfAbsent(address.ipv6(), source(zone, address, carrier.subnet(), groups));
      }
    }
    return byFamily.values().stream();
  }

  private static Source source(
      String zone, Cidr address, String subnet, Known<List<String>> groups) {
    return new Source(zone, new NetworkLocation(address, orNull(subnet), groups));
  }

  /// Empty where the subnet was not read.
  List<Cidr> rangesOf(String subnet) {
    return subnetRanges.getOrDefault(subnet, List.of());
  }

  /// The location for which all that are in the same subnet, in the same groups, stand.
  NetworkLocation place(NetworkLocation location) {
    List<Cidr> ranges = location.subnet() == null ? List.of() : rangesOf(location.subnet());
    return ranges.stream()
        .filter(range -> range.contains(location.address()))
        .findFirst()
        .map(range -> new NetworkLocation(range, location.subnet(), location.groups()))
        .orElse(location);
  }

  /// Whether the other end's subnet was not read, and may be the same.
  boolean mayShareSubnet(NetworkLocation own, NetworkLocation other) {
    return other.subnet() == null && own.subnet() != null && rangesOf(own.subnet()).isEmpty();
  }

  /// The zone whose nodes alone send to a target; null: those of all zones do. Without sending
  /// across zones it is the target's own, as far as it is in one.
  @Nullable String onlyZone(TargetGroup group, Target target) {
    return group.crossZone().orElse(true) ? null : directory.zone(target);
  }

  /// Null where its address is not known, or no network leads there.
  @Nullable NetworkLocation target(TargetGroup group, Target target) {
    String text = Objects.requireNonNullElse(directory.address(group, target), "");
    Cidr address = Cidr.parse(text);
    if (address == null) {
      return null;
    }
    Instance machine =
        group.targetType() == TargetType.MACHINE ? directory.known(target.id()).orElse(null) : null;
    return machine != null && isAt(machine.address(group.isIpv6()), text, address)
        ? new NetworkLocation(
            address, orNull(machine.subnet()), groups(machine.securityGroups(), "target"))
        : carried(address);
  }

  /// @param text the address, as it was read
  private static boolean isAt(String own, String text, Cidr address) {
    return own.equals(text) || address.equals(Cidr.parse(own));
  }

  private NetworkLocation carried(Cidr address) {
    Carriers.Place place = carriers.find(address);
    NetworkInterface carrier = place.carrier();
    Subnet home = place.subnet();
    return new NetworkLocation(
        address,
        carrier != null ? orNull(carrier.subnet()) : home != null ? home.id() : null,
        groups(carrier == null ? List.of() : carrier.securityGroups(), "target"));
  }

  private static @Nullable String orNull(String subnet) {
    return subnet.isEmpty() ? null : subnet;
  }
}
