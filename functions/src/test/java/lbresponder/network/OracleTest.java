package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lbresponder.facts.Known;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.PrefixList;
import lbresponder.facts.RouteTable;
import lbresponder.facts.RouteTable.Leads;
import lbresponder.facts.RouteTable.Route;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.SecurityGroup.Peer;
import lbresponder.facts.SecurityGroup.Rule;
import org.junit.jupiter.api.Test;

/// Random rules against an oracle that is written another way: it spells every address as bits and
/// tries every packet by itself. `-Doracle.pairs=10000000` for a long run, `-Doracle.seed=…` to
/// repeat one.
class OracleTest {
  private static final int PAIRS = Integer.getInteger("oracle.pairs", 100_000);
  private static final long SEED = Long.getLong("oracle.seed", System.nanoTime());
  private static final int PORTS = 40;

  private final Random random = new Random(SEED);

  @Test
  void everyVerdictIsTheOracles() {
    System.out.printf("%d random pairs, seed %d%n", PAIRS, SEED);
    for (int i = 0; i < PAIRS; i++) {
      switch (i % 4) {
        case 0, 1 -> groupRules();
        case 2 -> aclRules();
        default -> routeLookup();
      }
    }
  }

  private void groupRules() {
    boolean ipv6 = random.nextInt(4) == 0;
    List<SecurityGroup> groups =
        IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> group("sg-" + i, ipv6)).toList();
    Map<String, PrefixList> lists =
        Map.of("pl-1", new PrefixList("pl-1", "", Known.of(List.of(range(ipv6), range(ipv6)))));
    boolean ingress = random.nextBoolean();
    int port = 1 + random.nextInt(PORTS);
    String peer = address(ipv6);
    Set<String> peerGroups = Set.of("sg-peer" + random.nextInt(3));
    SecurityGroupRules rules =
        SecurityGroupRules.of(
            groups.stream().map(SecurityGroup::id).toList(),
            ingress,
            groups.stream().collect(Collectors.toMap(SecurityGroup::id, group -> group)),
            lists);
    Hop hop = rules.tcp(port, parsed(peer), peerGroups);
    assertThat(hop)
        .as("seed %d: %s, port %d, %s from %s %s", SEED, groups, port, ingress, peer, peerGroups)
        .isInstanceOf(
            allowed(groups, lists, ingress, port, peer, peerGroups)
                ? Hop.Allowed.class
                : Hop.Denied.class);
  }

  /// Of the rules that match, those with the lowest priority decide, and a deny among them wins.
  private static boolean allowed(
      List<SecurityGroup> groups,
      Map<String, PrefixList> lists,
      boolean ingress,
      int port,
      String peer,
      Set<String> peerGroups) {
    List<Rule> matching = new ArrayList<>();
    for (SecurityGroup group : groups) {
      for (Rule rule : group.rules()) {
        boolean tcp = Set.of("-1", "tcp", "6").contains(rule.protocol());
        boolean any = rule.protocol().equals("-1");
        Integer from = rule.fromPort();
        Integer to = rule.toPort();
        boolean ports = any || ((from == null || port >= from) && (to == null || port <= to));
        if (rule.ingress() == ingress
            && tcp
            && ports
            && isPeer(rule.peer(), lists, peer, peerGroups)) {
          matching.add(rule);
        }
      }
    }
    int first = matching.stream().mapToInt(Rule::priority).min().orElse(-1);
    List<Rule> deciding = matching.stream().filter(rule -> rule.priority() == first).toList();
    return !deciding.isEmpty() && deciding.stream().allMatch(Rule::allow);
  }

  private static boolean isPeer(
      Peer peer, Map<String, PrefixList> lists, String address, Set<String> peerGroups) {
    return switch (peer) {
      case SecurityGroup.Range(String cidr) -> Addresses.isIn(cidr, address);
      case SecurityGroup.Group(String id, String status) ->
          (status == null || status.equals("active")) && peerGroups.contains(id);
      case SecurityGroup.PrefixList(String id) -> {
        PrefixList list = lists.get(id);
        yield list != null
            && list.ranges().orElse(List.of()).stream()
                .anyMatch(range -> Addresses.isIn(range, address));
      }
    };
  }

  private SecurityGroup group(String id, boolean ipv6) {
    return new SecurityGroup(
        id,
        "",
        IntStream.range(0, random.nextInt(6)).mapToObj(i -> rule(id + "-" + i, ipv6)).toList());
  }

  private Rule rule(String id, boolean ipv6) {
    int from = 1 + random.nextInt(PORTS);
    boolean anyPort = random.nextInt(4) == 0;
    Peer peer =
        switch (random.nextInt(4)) {
          case 0 ->
              new SecurityGroup.Group(
                  "sg-peer" + random.nextInt(3),
                  random.nextInt(3) == 0 ? "deleted" : random.nextBoolean() ? "active" : null);
          case 1 -> new SecurityGroup.PrefixList("pl-1");
          default -> new SecurityGroup.Range(range(random.nextInt(8) == 0 ? !ipv6 : ipv6));
        };
    return new Rule(
        id,
        random.nextBoolean(),
        random.nextInt(3),
        random.nextInt(5) > 0,
        List.of("tcp", "6", "-1", "udp", "icmp").get(random.nextInt(5)),
        anyPort ? null : from,
        anyPort ? null : from + random.nextInt(10),
        peer);
  }

  private void aclRules() {
    NetworkAcl acl =
        new NetworkAcl(
            "acl-1",
            List.of(),
            IntStream.range(0, random.nextInt(9)).mapToObj(_ -> entry()).toList());
    boolean egress = random.nextBoolean();
    int from = 1 + random.nextInt(PORTS);
    int to = from + random.nextInt(8);
    String remote =
        "10.0.%d.%d/%d".formatted(random.nextInt(2), random.nextInt(256), 26 + random.nextInt(7));
    Hop hop = NetworkAclRules.of(acl, egress).tcp(from, to, parsed(remote));
    int passed = 0;
    int tried = 0;
    long base = Addresses.bits(remote).longValueExact();
    int free = 32 - Integer.parseInt(remote.substring(remote.indexOf('/') + 1));
    long start = (base >>> free) << free;
    for (long address = start; address < start + (1L << free); address++) {
      for (int port = from; port <= to; port++) {
        tried++;
        passed += passes(acl, egress, address, port) ? 1 : 0;
      }
    }
    assertThat(hop)
        .as("seed %d: %s egress %s %d-%d %s", SEED, acl, egress, from, to, remote)
        .isInstanceOf(
            passed == tried
                ? Hop.Allowed.class
                : passed == 0 ? Hop.Denied.class : Hop.Partial.class);
  }

  private static boolean passes(NetworkAcl acl, boolean egress, long address, int port) {
    List<NetworkAcl.Entry> entries = new ArrayList<>(acl.entries());
    entries.sort(
        Comparator.comparingInt(
            entry -> Objects.requireNonNullElse(entry.number(), Integer.MAX_VALUE)));
    for (NetworkAcl.Entry entry : entries) {
      int free = 32 - Integer.parseInt(entry.cidr().substring(entry.cidr().indexOf('/') + 1));
      boolean within =
          free == 32 || address >>> free == Addresses.bits(entry.cidr()).longValueExact() >>> free;
      boolean any = entry.protocol().equals("-1");
      Integer from = any ? null : entry.fromPort();
      Integer to = any ? null : entry.toPort();
      if (entry.egress() == egress
          && (any || entry.protocol().equals("6"))
          && within
          && (from == null || from <= port)
          && (to == null || port <= to)) {
        return entry.allow();
      }
    }
    return false;
  }

  /// One of nine has no number, and is the last.
  private NetworkAcl.Entry entry() {
    boolean last = random.nextInt(9) == 0;
    int from = 1 + random.nextInt(PORTS);
    boolean anyPort = random.nextInt(3) == 0;
    String cidr =
        random.nextInt(3) == 0
            ? "0.0.0.0/0"
            : "10.0.%d.%d/%d"
                .formatted(random.nextInt(2), random.nextInt(256), 20 + random.nextInt(13));
    return new NetworkAcl.Entry(
        last ? null : random.nextInt(1_000_000),
        random.nextBoolean(),
        !last && random.nextBoolean(),
        List.of("6", "6", "-1", "17").get(random.nextInt(4)),
        cidr,
        anyPort ? null : from,
        anyPort ? null : from + random.nextInt(12));
  }

  private void routeLookup() {
    boolean ipv6 = random.nextInt(4) == 0;
    Map<String, PrefixList> lists =
        Map.of("pl-1", new PrefixList("pl-1", "", Known.of(List.of(range(ipv6), range(ipv6)))));
    List<Route> routes = new ArrayList<>();
    for (int i = random.nextInt(8); i > 0; i--) {
      routes.add(
          new Route(
              random.nextInt(5) == 0 ? "pl-1" : range(random.nextInt(6) == 0 ? !ipv6 : ipv6),
              "via-" + i % 3,
              i % 3 == 0 ? Leads.LOCAL : i % 3 == 1 ? Leads.PEER : Leads.INTERNET,
              random.nextInt(4) == 0,
              random.nextBoolean()));
    }
    String to = address(ipv6);
    RouteTable table = new RouteTable("rtb-1", "vpc-1", true, List.of(), routes);
    Hop hop = RouteLookup.of(table, lists).to(parsed(to));
    List<Route> best = best(routes, lists, to);
    // Two routes alike in everything that decides: providers refuse them, and either answer is
    // right.
    if (best.stream().map(route -> route.via() + route.blackhole()).distinct().count() > 1) {
      return;
    }
    boolean lost =
        best.stream().anyMatch(route -> route.leads() == Leads.INTERNET) && Addresses.isPrivate(to);
    Class<?> expected =
        best.isEmpty() || best.getFirst().blackhole() || lost
            ? Hop.Denied.class
            : best.getFirst().leads() == Leads.LOCAL ? Hop.Allowed.class : Hop.Unknown.class;
    assertThat(hop).as("seed %d: %s to %s", SEED, routes, to).isInstanceOf(expected);
  }

  private static List<Route> best(List<Route> routes, Map<String, PrefixList> lists, String to) {
    record Found(Route route, List<Integer> rank) {}
    List<Found> found = new ArrayList<>();
    for (Route route : routes) {
      boolean byList = route.destination().equals("pl-1");
      List<String> ranges =
          byList
              ? Objects.requireNonNull(lists.get("pl-1")).ranges().orElse(List.of())
              : List.of(route.destination());
      for (String range : ranges) {
        if (Addresses.isIn(range, to)) {
          int length = Integer.parseInt(range.substring(range.indexOf('/') + 1));
          found.add(new Found(route, List.of(length, byList ? 0 : 1, route.propagated() ? 0 : 1)));
        }
      }
    }
    Comparator<Found> order =
        Comparator.comparing((Found route) -> route.rank().get(0))
            .thenComparing(route -> route.rank().get(1))
            .thenComparing(route -> route.rank().get(2));
    return found.stream()
        .max(order)
        .map(
            top ->
                found.stream()
                    .filter(route -> route.rank().equals(top.rank()))
                    .map(Found::route)
                    .toList())
        .orElse(List.of());
  }

  private String address(boolean ipv6) {
    return Addresses.address(random, ipv6);
  }

  private String range(boolean ipv6) {
    return Addresses.range(random, ipv6);
  }

  private static Cidr parsed(String text) {
    return Objects.requireNonNull(Cidr.parse(text), text);
  }
}
