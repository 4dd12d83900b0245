package lbresponder.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import lbresponder.facts.Known;
import lbresponder.facts.PrefixList;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.SecurityGroup.Rule;
import org.jspecify.annotations.Nullable;

/// The security groups that one interface wears, in one direction. The union of their rules
/// decides; a rule with a lower priority number goes before, and of equal ones a deny before an
/// allow (AWS has neither). What is answered to an admitted packet passes by itself.
public final class Wall {
  private static final String TCP = "6";
  private static final int MOST = 65535;
  private static final Pattern KNOWN = Pattern.compile("tcp|udp|icmp|icmpv6|[0-9]{1,3}");

  /// A rule made ready to be held against packets.
  ///
  /// @param ranges whom it admits by address; empty where it is by group
  /// @param broken why it cannot be judged; null: it can
  private record Ready(
      Rule rule, String name, int from, int to, List<Cidr> ranges, @Nullable String broken) {

    /// Rules of another protocol concern no port; those of any protocol, or of one that is not
    /// understood, all.
    static Ready of(Rule rule, String group, List<Cidr> ranges, @Nullable String broken) {
      String name = (rule.id().isEmpty() ? "a rule" : rule.id()) + " of " + group;
      String protocol = rule.protocol();
      if (protocol.equals("-1") || !KNOWN.matcher(protocol).matches()) {
        String unknown =
            protocol.equals("-1")
                ? broken
                : "%s has the protocol `%s`, which is not understood".formatted(name, protocol);
        return new Ready(rule, name, 0, MOST, ranges, unknown);
      }
      if (!protocol.equals("tcp") && !protocol.equals(TCP)) {
        return new Ready(rule, name, 1, 0, ranges, broken);
      }
      return new Ready(
          rule,
          name,
          Objects.requireNonNullElse(rule.fromPort(), 0),
          Objects.requireNonNullElse(rule.toPort(), MOST),
          ranges,
          broken);
    }

    boolean concerns(int port) {
      return from <= port && port <= to;
    }
  }

  private final List<String> groups;
  private final boolean ingress;
  private final List<Ready> rules = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private Wall(List<String> groups, boolean ingress) {
    this.groups = groups;
    this.ingress = ingress;
  }

  /// @param groups ids of the groups worn
  /// @param read all groups that were read, by id
  public static Wall of(
      List<String> groups,
      boolean ingress,
      Map<String, SecurityGroup> read,
      Map<String, PrefixList> prefixLists) {
    Wall wall = new Wall(List.copyOf(groups), ingress);
    for (String id : groups) {
      SecurityGroup group = read.get(id);
      if (group == null) {
        wall.missing.add("the rules of " + id + " were not read");
      } else {
        group.rules().stream()
            .filter(rule -> rule.ingress() == ingress)
            .forEach(rule -> wall.rules.add(ready(rule, id, prefixLists)));
      }
    }
    wall.rules.sort(
        Comparator.comparingInt((Ready one) -> one.rule.priority())
            .thenComparing(one -> one.rule.allow()));
    return wall;
  }

  private static Ready ready(Rule rule, String group, Map<String, PrefixList> prefixLists) {
    String where = (rule.id().isEmpty() ? "a rule" : rule.id()) + " of " + group;
    if (rule.fromPort() != null && rule.toPort() != null && rule.fromPort() > rule.toPort()) {
      return Ready.of(rule, group, List.of(), where + " has ports that end before they begin");
    }
    return switch (rule.peer()) {
      case SecurityGroup.Group _ -> Ready.of(rule, group, List.of(), null);
      case SecurityGroup.Range(String cidr) -> ranges(rule, group, List.of(cidr), where);
      case SecurityGroup.PrefixList(String id) -> {
        PrefixList list = prefixLists.get(id);
        yield list != null && list.ranges() instanceof Known.Value<List<String>>(List<String> all)
            ? ranges(rule, group, all, where)
            : Ready.of(
                rule,
                group,
                List.of(),
                "the entries of %s, which %s names, were not read".formatted(id, where));
      }
    };
  }

  private static Ready ranges(Rule rule, String group, List<String> texts, String where) {
    List<Cidr> ranges = new ArrayList<>();
    for (String text : texts) {
      Cidr range = Cidr.parse(text);
      if (range == null) {
        return Ready.of(
            rule, group, List.of(), "%s names `%s`, which is no range".formatted(where, text));
      }
      ranges.add(range);
    }
    return Ready.of(rule, group, ranges, null);
  }

  /// What it says to TCP packets.
  ///
  /// @param peer the other side: one address, or a range of which any may come
  /// @param peerGroups ids of the groups the other side wears; null: not known
  public Hop tcp(int port, Cidr peer, @Nullable Set<String> peerGroups) {
    List<String> unsure = new ArrayList<>(missing);
    String some = "";
    for (Ready one : rules) {
      if (!one.concerns(port)) {
        continue;
      }
      switch (matches(one, peer, peerGroups)) {
        case YES -> {
          return one.rule.allow()
              ? new Hop.Allowed(one.name)
              : unsure.isEmpty()
                  ? new Hop.Denied(one.name + " denies it")
                  : new Hop.Unknown(String.join("; ", unsure));
        }
        case SOME -> some = one.rule.allow() ? one.name : some;
        case NOT_KNOWN ->
            unsure.add(
                one.broken == null ? "which groups the other side wears was not read" : one.broken);
        case NO -> {}
      }
    }
    if (!unsure.isEmpty()) {
      return new Hop.Unknown(String.join("; ", unsure.stream().distinct().toList()));
    }
    String nobody =
        groups.isEmpty()
            ? "it wears no security group"
            : "no rule of %s %s tcp/%d %s"
                .formatted(
                    String.join(", ", groups),
                    ingress ? "admits" : "lets out",
                    port,
                    (ingress ? "from " : "to ") + text(peer, peerGroups));
    return some.isEmpty()
        ? new Hop.Denied(nobody)
        : new Hop.Partial(some, "only a part of " + Texts.of(peer));
  }

  private enum Match {
    YES,
    /// Some of the addresses in question.
    SOME,
    NO,
    NOT_KNOWN
  }

  private static Match matches(Ready one, Cidr peer, @Nullable Set<String> peerGroups) {
    if (one.broken != null) {
      return Match.NOT_KNOWN;
    }
    if (one.rule.peer() instanceof SecurityGroup.Group(String id, String peering)) {
      if (peering != null && !peering.equals("active")) {
        return Match.NO;
      }
      return peerGroups == null ? Match.NOT_KNOWN : peerGroups.contains(id) ? Match.YES : Match.NO;
    }
    Match best = Match.NO;
    for (Cidr range : one.ranges) {
      if (range.contains(peer)) {
        return Match.YES;
      }
      best = peer.contains(range) ? Match.SOME : best;
    }
    return best;
  }

  private static String text(Cidr peer, @Nullable Set<String> peerGroups) {
    String address = Texts.of(peer);
    return peerGroups == null || peerGroups.isEmpty()
        ? address
        : "%s (%s)".formatted(address, String.join(", ", peerGroups.stream().sorted().toList()));
  }

  /// Whether any rule lets anybody pass on a port, whoever it is.
  public boolean admitsAnybody(int port) {
    return rules.stream().anyMatch(one -> one.concerns(port) && one.rule.allow());
  }

  /// Whom the rules name by address on a port; for the question whether others than the load
  /// balancer are let in.
  public List<Cidr> named(int port) {
    return rules.stream()
        .filter(one -> one.concerns(port) && one.rule.allow())
        .flatMap(one -> one.ranges.stream())
        .toList();
  }

  /// Whether every rule could be read and understood.
  public boolean isWhole() {
    return missing.isEmpty() && rules.stream().allMatch(one -> one.broken == null);
  }
}
