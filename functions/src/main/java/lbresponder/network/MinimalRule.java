package lbresponder.network;

import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.PortRange;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Step;

/// The narrowest repair of a blocked step: one rule, between the load balancer and the targets, on
/// the ports in question. Empty lists: nobody can tell.
public final class MinimalRule {
  private static final int FIRST_NUMBER = 100;
  private static final int NUMBER_STEP = 10;

  private MinimalRule() {}

  /// Admits the load balancer at the target: by its group where it has one, else by its subnets.
  public static List<Repair> intoTarget(Facts facts, Path path, Step step) {
    String group = firstGroup(step);
    if (group.isEmpty()) {
      return List.of();
    }
    List<String> own =
        facts.wiring().loadBalancer().flatMap(LoadBalancer::securityGroups).orElse(List.of());
    return own.isEmpty()
        ? loadBalancerRanges(facts, path.from().ipv6())
            .map(range -> new SecurityGroup.Range(CidrFormat.range(range)))
            .<Repair>map(peer -> new Repair.Admit(group, true, peer, path.port()))
            .toList()
        : List.of(
            new Repair.Admit(
                group, true, new SecurityGroup.Group(own.getFirst(), null), path.port()));
  }

  /// Lets the load balancer out to the target's group.
  public static List<Repair> outOfLoadBalancer(Facts facts, Path path, Step step) {
    List<String> groups = path.to().groups().orElse(List.of());
    return groups.isEmpty()
        ? List.of()
        : List.of(
            new Repair.Admit(
                firstGroup(step),
                false,
                new SecurityGroup.Group(groups.getFirst(), null),
                path.port()));
  }

  private static String firstGroup(Step step) {
    int end = step.by().indexOf(", ");
    return end < 0 ? step.by() : step.by().substring(0, end);
  }

  /// Lets packets between the load balancer's subnet and the target's pass, before the entry that
  /// denies them.
  public static List<Repair> throughAcl(Facts facts, Path path, Step step) {
    boolean egress = step.control().outbound();
    PortRange ports =
        step.control().answer()
            ? facts.incident().loadBalancer().traits().sourcePorts()
            : new PortRange(path.port(), path.port());
    Cidr remote =
        step.control().end() == End.LOAD_BALANCER
            ? subnetRange(facts, path.to().address()).orElse(path.to().address())
            : subnetRange(facts, path.from()).orElse(null);
    return remote == null
        ? List.of()
        : facts.network().networkAcls().orElse(List.of()).stream()
            .filter(acl -> acl.id().equals(step.by()))
            .limit(1)
            .<Repair>map(
                acl ->
                    new Repair.AllowEntry(
                        acl.id(),
                        freeNumber(acl, egress, ports, remote),
                        egress,
                        CidrFormat.range(remote),
                        ports.from(),
                        ports.to()))
            .toList();
  }

  /// The highest number that is free before the first entry that denies any of it.
  private static int freeNumber(NetworkAcl acl, boolean egress, PortRange ports, Cidr remote) {
    NavigableMap<Integer, Entry> numbered = new TreeMap<>();
    for (Entry entry : acl.entries()) {
      Integer number = entry.number();
      if (number != null && entry.egress() == egress) {
        numbered.put(number, entry);
      }
    }
    int number =
        numbered.values().stream()
            .filter(entry -> !entry.allow() && concerns(entry, ports, remote))
            .findFirst()
            .map(Entry::number)
            .map(denies -> denies - 1)
            .orElse(numbered.isEmpty() ? FIRST_NUMBER : numbered.lastKey() + NUMBER_STEP);
    while (number > 1 && numbered.containsKey(number)) {
      number--;
    }
    return number;
  }

  private static boolean concerns(Entry entry, PortRange ports, Cidr remote) {
    Cidr range = Cidr.parse(entry.cidr());
    if (range == null || !range.overlaps(remote)) {
      return false;
    }
    return switch (entry.protocol()) {
      case "-1" -> true;
      case "6" ->
          (entry.fromPort() == null || entry.fromPort() <= ports.to())
              && (entry.toPort() == null || ports.from() <= entry.toPort());
      default -> false;
    };
  }

  /// One of each subnet of the load balancer.
  private static Stream<Cidr> loadBalancerRanges(Facts facts, boolean ipv6) {
    Set<String> own =
        facts.wiring().loadBalancer().map(LoadBalancer::zones).orElse(List.of()).stream()
            .map(LoadBalancer.Zone::subnet)
            .collect(Collectors.toSet());
    return facts.network().subnets().orElse(List.of()).stream()
        .filter(subnet -> own.contains(subnet.id()))
        .flatMap(subnet -> ranges(subnet).filter(range -> range.ipv6() == ipv6).limit(1));
  }

  /// The range of the subnet that an address is in: nodes and targets come and go within it.
  private static Optional<Cidr> subnetRange(Facts facts, Cidr address) {
    return facts.network().subnets().orElse(List.of()).stream()
        .flatMap(MinimalRule::ranges)
        .filter(range -> range.contains(address))
        .findFirst();
  }

  private static Stream<Cidr> ranges(Subnet subnet) {
    return subnet.ranges().stream().map(Cidr::parse).filter(Objects::nonNull);
  }
}
