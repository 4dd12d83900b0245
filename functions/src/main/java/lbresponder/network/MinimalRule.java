package lbresponder.network;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import lbresponder.facts.PortRange;
import lbresponder.facts.Repair;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.network.Path.End;
import lbresponder.network.Path.Step;

/// The narrowest repair of a blocked step: one rule, between the load balancer and the targets, on
/// the ports in question. Empty lists: nobody can tell.
public final class MinimalRule {
  private static final int FIRST_NUMBER = 100;
  private static final int NUMBER_STEP = 10;

  /// No entry that somebody makes has a higher number.
  private static final int LAST_NUMBER = 32766;

  /// From here on operating systems and container platforms hand out ports.
  private static final int FIRST_DYNAMIC_PORT = 32768;

  private static final int LAST_PORT = 65535;

  private MinimalRule() {}

  /// Admits the load balancer at the target: by its group where it has one, else by its subnets.
  /// Where targets see the clients' own addresses and the load balancer has no group, its subnets
  /// are not enough for traffic: then it is everybody, or nobody can tell.
  public static List<Repair> intoTarget(Facts facts, TargetGroup group, Path path, Step step) {
    List<String> own = ownGroups(facts);
    String worn = narrowest(facts, path.to().groups().orElse(List.of()), own);
    if (worn.isEmpty() || step.by().isEmpty()) {
      return List.of();
    }
    PortRange ports = ports(group, path.port());
    return peers(facts, group, path, own)
        .<Repair>map(peer -> new Repair.Admit(worn, true, peer, ports.from(), ports.to()))
        .toList();
  }

  private static Stream<SecurityGroup.Peer> peers(
      Facts facts, TargetGroup group, Path path, List<String> own) {
    if (!own.isEmpty()) {
      return Stream.of(new SecurityGroup.Group(own.getFirst(), null));
    }
    boolean ipv6 = path.from().ipv6();
    if (!group.keepsClientAddress().orElse(false) || !isTraffic(group, path.port())) {
      return loadBalancerRanges(facts, ipv6)
          .map(range -> new SecurityGroup.Range(CidrFormat.range(range)));
    }
    return facts.wiring().loadBalancer().map(LoadBalancer::internal).orElse(true)
        ? Stream.of()
        : Stream.of(new SecurityGroup.Range(ipv6 ? "::/0" : "0.0.0.0/0"));
  }

  private static boolean isTraffic(TargetGroup group, int port) {
    return group.targets().orElse(List.of()).stream()
        .anyMatch(target -> Objects.equals(target.port(), port));
  }

  /// Where a container platform gives each task a port of its own, one rule for the port of today
  /// would be of no use tomorrow.
  private static PortRange ports(TargetGroup group, int port) {
    PortRange one = new PortRange(port, port);
    if (port < FIRST_DYNAMIC_PORT) {
      return one;
    }
    List<Integer> all =
        group.targets().orElse(List.of()).stream()
            .map(Target::port)
            .flatMap(Stream::ofNullable)
            .distinct()
            .toList();
    boolean dynamic =
        all.size() > 1
            && all.contains(port)
            && all.stream().allMatch(each -> each >= FIRST_DYNAMIC_PORT);
    return dynamic ? new PortRange(FIRST_DYNAMIC_PORT, LAST_PORT) : one;
  }

  /// Lets the load balancer out to the target's group.
  public static List<Repair> outOfLoadBalancer(
      Facts facts, TargetGroup group, Path path, Step step) {
    String own = narrowest(facts, ownGroups(facts), List.of());
    String peer = narrowest(facts, path.to().groups().orElse(List.of()), List.of());
    PortRange ports = ports(group, path.port());
    return own.isEmpty() || peer.isEmpty() || step.by().isEmpty()
        ? List.of()
        : List.of(
            new Repair.Admit(
                own, false, new SecurityGroup.Group(peer, null), ports.from(), ports.to()));
  }

  private static List<String> ownGroups(Facts facts) {
    return facts.wiring().loadBalancer().flatMap(LoadBalancer::securityGroups).orElse(List.of());
  }

  /// Of the groups at an interface that which admits the load balancer already, on other ports;
  /// else the one that the fewest wear: what is opened there is open at whatever else wears it.
  /// Empty where there is none.
  private static String narrowest(Facts facts, List<String> worn, List<String> own) {
    if (worn.size() < 2) {
      return worn.isEmpty() ? "" : worn.getFirst();
    }
    List<Cidr> ranges =
        Stream.of(false, true).flatMap(ipv6 -> loadBalancerRanges(facts, ipv6)).toList();
    Map<String, Long> wearers =
        Stream.concat(
                facts.fleet().instances().orElse(List.of()).stream()
                    .flatMap(machine -> machine.securityGroups().stream()),
                facts.network().interfaces().orElse(List.of()).stream()
                    .flatMap(carrier -> carrier.securityGroups().stream()))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    Set<String> admitting =
        facts.network().securityGroups().orElse(List.of()).stream()
            .filter(group -> admits(group, own, ranges))
            .map(SecurityGroup::id)
            .collect(Collectors.toSet());
    return worn.stream()
        .min(
            Comparator.comparing((String id) -> !admitting.contains(id))
                .thenComparing(id -> wearers.getOrDefault(id, 0L)))
        .orElse("");
  }

  /// Whether a rule names the load balancer's own groups, or ranges within its subnets' own.
  private static boolean admits(SecurityGroup group, List<String> own, List<Cidr> ranges) {
    return group.rules().stream()
        .filter(rule -> rule.ingress() && rule.allow())
        .anyMatch(
            rule ->
                switch (rule.peer()) {
                  case SecurityGroup.Group(String id, _) -> own.contains(id);
                  case SecurityGroup.Range(String text) -> {
                    Cidr range = Cidr.parse(text);
                    yield range != null && ranges.stream().anyMatch(each -> each.contains(range));
                  }
                  case SecurityGroup.PrefixList _ -> false;
                });
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
            .<Repair>flatMap(
                acl ->
                    freeNumber(acl, egress, ports, remote).stream()
                        .mapToObj(
                            number ->
                                new Repair.AllowEntry(
                                    acl.id(),
                                    number,
                                    egress,
                                    CidrFormat.range(remote),
                                    ports.from(),
                                    ports.to())))
            .toList();
  }

  /// The highest number that is free before the first entry that denies any of it; empty: none is.
  private static OptionalInt freeNumber(
      NetworkAcl acl, boolean egress, PortRange ports, Cidr remote) {
    NavigableMap<Integer, Entry> numbered = new TreeMap<>();
    for (Entry entry : acl.entries()) {
      Integer number = entry.number();
      if (number != null && entry.egress() == egress) {
        numbered.put(number, entry);
      }
    }
    int highest =
        numbered.values().stream()
            .filter(entry -> !entry.allow() && concerns(entry, ports, remote))
            .findFirst()
            .map(Entry::number)
            .map(denies -> denies - 1)
            .orElse(numbered.isEmpty() ? FIRST_NUMBER : numbered.lastKey() + NUMBER_STEP);
    return IntStream.iterate(
            Math.min(highest, LAST_NUMBER), number -> number > 0, number -> number - 1)
        .filter(number -> !numbered.containsKey(number))
        .findFirst();
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

  /// All of the family that the load balancer's subnets have.
  private static Stream<Cidr> loadBalancerRanges(Facts facts, boolean ipv6) {
    Set<String> own =
        facts.wiring().loadBalancer().map(LoadBalancer::zones).orElse(List.of()).stream()
            .map(LoadBalancer.Zone::subnet)
            .collect(Collectors.toSet());
    return facts.network().subnets().orElse(List.of()).stream()
        .filter(subnet -> own.contains(subnet.id()))
        .flatMap(subnet -> ranges(subnet).filter(range -> range.ipv6() == ipv6));
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
