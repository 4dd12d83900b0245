package lbresponder.network;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import lbresponder.facts.Known;
import lbresponder.facts.PrefixList;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.SecurityGroup.Rule;
import org.jspecify.annotations.Nullable;

/// The security groups at one interface, in one direction. The union of their rules decides; a rule
/// with a lower priority number goes before, and among equals a deny before an allow. Stateful:
/// return traffic of what was admitted needs no rule.
public final class SecurityGroupRules {
  private static final String ANY = "-1";
  private static final Pattern TCP = Pattern.compile("tcp|6");
  private static final Pattern KNOWN = Pattern.compile("tcp|udp|icmp|icmpv6|[0-9]{1,3}");
  private static final int LAST_PORT = 65535;

  /// A rule that is ready to be compared with packets.
  ///
  /// @param from and `to`: the ports it concerns; none where `from` is the greater
  /// @param ranges the addresses it names; empty where it names a group
  /// @param problem why it cannot be judged; null: it can
  private record Prepared(
      Rule rule, String name, int from, int to, List<Cidr> ranges, @Nullable String problem) {

    boolean concerns(int port) {
      return from <= port && port <= to;
    }

    boolean allows() {
      return rule.allow();
    }
  }

  /// The addresses a rule names, or why they are not known.
  private record Peers(List<Cidr> ranges, @Nullable String problem) {}

  private final String groups;
  private final boolean ingress;
  private final List<Prepared> rules = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private SecurityGroupRules(List<String> groups, boolean ingress) {
    this.groups = String.join(", ", groups);
    this.ingress = ingress;
  }

  /// @param groups ids of the groups at the interface, at least one
  /// @param read all groups that were read, by id
  public static SecurityGroupRules of(
      List<String> groups,
      boolean ingress,
      Map<String, SecurityGroup> read,
      Map<String, PrefixList> prefixLists) {
    SecurityGroupRules all = new SecurityGroupRules(groups, ingress);
    for (String id : groups) {
      SecurityGroup group = read.get(id);
      if (group == null) {
        all.missing.add("the rules of " + id + " were not read");
      } else {
        group.rules().stream()
            .filter(rule -> rule.ingress() == ingress)
            .forEach(rule -> all.rules.add(prepared(rule, id, prefixLists)));
      }
    }
    all.rules.sort(
        Comparator.comparingInt((Prepared prepared) -> prepared.rule.priority())
            .thenComparing(Prepared::allows));
    return all;
  }

  /// Rules of another protocol concern no port; those of any protocol, or of one that is not
  /// understood, all.
  private static Prepared prepared(Rule rule, String group, Map<String, PrefixList> prefixLists) {
    String name = (rule.id().isEmpty() ? "a rule" : rule.id()) + " of " + group;
    String protocol = rule.protocol();
    Peers peers = peers(rule, name, prefixLists);
    if (protocol.equals(ANY)) {
      return new Prepared(rule, name, 0, LAST_PORT, peers.ranges, peers.problem);
    }
    if (!KNOWN.matcher(protocol).matches()) {
      String problem =
          "%s has the protocol `%s`, which is not understood".formatted(name, protocol);
      return new Prepared(rule, name, 0, LAST_PORT, peers.ranges, problem);
    }
    boolean tcp = TCP.matcher(protocol).matches();
    return new Prepared(
        rule,
        name,
        tcp ? Objects.requireNonNullElse(rule.fromPort(), 0) : 1,
        tcp ? Objects.requireNonNullElse(rule.toPort(), LAST_PORT) : 0,
        peers.ranges,
        peers.problem);
  }

  private static Peers peers(Rule rule, String name, Map<String, PrefixList> prefixLists) {
    if (rule.fromPort() != null && rule.toPort() != null && rule.fromPort() > rule.toPort()) {
      return new Peers(List.of(), name + " has ports that end before they begin");
    }
    return switch (rule.peer()) {
      case SecurityGroup.Group _ -> new Peers(List.of(), null);
      case SecurityGroup.Range(String cidr) -> peers(List.of(cidr), name);
      case SecurityGroup.PrefixList(String id) -> {
        PrefixList list = prefixLists.get(id);
        yield list != null && list.ranges() instanceof Known.Value<List<String>>(List<String> all)
            ? peers(all, name)
            : new Peers(
                List.of(), "the entries of %s, which %s names, were not read".formatted(id, name));
      }
    };
  }

  private static Peers peers(List<String> texts, String name) {
    List<Cidr> ranges = new ArrayList<>();
    for (String text : texts) {
      Cidr range = Cidr.parse(text);
      if (range == null) {
        return new Peers(List.of(), "%s names `%s`, which is no range".formatted(name, text));
      }
      ranges.add(range);
    }
    return new Peers(ranges, null);
  }

  /// The groups' ids.
  public String ids() {
    return groups;
  }

  /// Whether a rule is about a part of a range only.
  boolean tellApart(Cidr peer) {
    return rules.stream().flatMap(rule -> rule.ranges.stream()).anyMatch(peer::isCutBy);
  }

  /// What the rules do with TCP packets.
  ///
  /// @param peer the other side: one address, or a range of which any may come
  /// @param peerGroups ids of the groups at the other side; null: not known
  public Hop tcp(int port, Cidr peer, @Nullable Collection<String> peerGroups) {
    List<String> unsure = new ArrayList<>(missing);
    boolean mayDeny = false;
    String someAllowed = "";
    String someDenied = "";
    for (Prepared rule : rules) {
      Match match = rule.concerns(port) ? match(rule, peer, peerGroups) : Match.NONE;
      if (match == Match.ALL) {
        return rule.allows()
            ? hop(mayDeny ? unsure : List.of(), someDenied, peer, new Hop.Allowed(rule.name))
            : hop(unsure, someAllowed, peer, new Hop.Denied(rule.name + " denies it"));
      } else if (match == Match.SOME && rule.allows()) {
        someAllowed = rule.name;
      } else if (match == Match.SOME) {
        someDenied = rule.name;
      } else if (match == Match.UNKNOWN) {
        mayDeny |= !rule.allows();
        unsure.add(
            Objects.requireNonNullElse(
                rule.problem, "which groups the other side has was not read"));
      }
    }
    return hop(unsure, someAllowed, peer, new Hop.Denied(noRule(port, peer, peerGroups)));
  }

  /// @param unsure what may decide otherwise
  /// @param some a rule that decides otherwise for a part of the addresses; empty: none does
  private static Hop hop(List<String> unsure, String some, Cidr peer, Hop otherwise) {
    if (!unsure.isEmpty()) {
      return new Hop.Unknown(String.join("; ", new LinkedHashSet<>(unsure)));
    }
    return some.isEmpty()
        ? otherwise
        : new Hop.Partial(some, "only a part of " + CidrFormat.of(peer));
  }

  private String noRule(int port, Cidr peer, @Nullable Collection<String> peerGroups) {
    String address = CidrFormat.of(peer);
    String none =
        ingress
            ? "no rule of " + groups + " admits tcp/" + port + " from " + address
            : "no rule of " + groups + " lets out tcp/" + port + " to " + address;
    return peerGroups == null || peerGroups.isEmpty()
        ? none
        : none + " (" + String.join(", ", new TreeSet<>(peerGroups)) + ")";
  }

  /// How many of the addresses in question a rule is about.
  private enum Match {
    ALL,
    SOME,
    NONE,
    UNKNOWN
  }

  private static Match match(Prepared rule, Cidr peer, @Nullable Collection<String> peerGroups) {
    if (rule.problem != null) {
      return Match.UNKNOWN;
    }
    if (rule.rule.peer() instanceof SecurityGroup.Group(String id, String peering)) {
      if (peering != null && !peering.equals("active")) {
        return Match.NONE;
      }
      return peerGroups == null ? Match.UNKNOWN : peerGroups.contains(id) ? Match.ALL : Match.NONE;
    }
    Match best = Match.NONE;
    for (Cidr range : rule.ranges) {
      if (range.contains(peer)) {
        return Match.ALL;
      }
      best = peer.contains(range) ? Match.SOME : best;
    }
    return best;
  }

  /// Whether any rule lets anybody pass on a port, whoever it is.
  public boolean admitsAnybody(int port) {
    return rules.stream().anyMatch(rule -> rule.concerns(port) && rule.allows());
  }

  /// The addresses that rules let pass on a port; who is admitted by a group is not among them.
  public List<Cidr> named(int port) {
    return rules.stream()
        .filter(rule -> rule.concerns(port) && rule.allows())
        .flatMap(rule -> rule.ranges.stream())
        .toList();
  }

  /// Whether every rule could be read and understood.
  public boolean isWhole() {
    return missing.isEmpty() && rules.stream().allMatch(rule -> rule.problem == null);
  }
}
