package lbresponder.network;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import org.jspecify.annotations.Nullable;

/// A network ACL in one direction. Its entries are tried in the order of their numbers, the first
/// that matches decides, and what none matches is denied. Stateless: return traffic needs its own
/// entry.
public final class NetworkAclRules {
  private static final String ANY = "-1";
  private static final int LAST_PORT = 65535;
  private static final Pattern ANY_OR_TCP = Pattern.compile("-1|6");

  /// Entries of other protocols say nothing about TCP.
  private static final Pattern OTHER_THAN_TCP = Pattern.compile("(?!6$)[0-9]{1,3}");

  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::number, Comparator.nullsLast(Comparator.naturalOrder()));

  /// An entry that is ready to be compared with packets.
  ///
  /// @param range null: the entry's own is not well-formed
  /// @param problem why it cannot be judged; null: it can
  private record Prepared(
      boolean allow,
      String name,
      @Nullable Cidr range,
      int from,
      int to,
      @Nullable String problem) {}

  private final String id;
  private final boolean egress;
  private final List<Prepared> entries;

  /// The name of what denies the rest.
  private final String otherwise;

  private NetworkAclRules(String id, boolean egress, List<Prepared> entries) {
    this.id = id;
    this.egress = egress;
    this.entries = entries;
    this.otherwise = name(null, id);
  }

  public static NetworkAclRules of(NetworkAcl acl, boolean egress) {
    return new NetworkAclRules(
        acl.id(),
        egress,
        acl.entries().stream()
            .filter(entry -> entry.egress() == egress)
            .filter(entry -> !OTHER_THAN_TCP.matcher(entry.protocol()).matches())
            .sorted(ORDER)
            .map(entry -> prepared(entry, acl.id()))
            .toList());
  }

  private static Prepared prepared(Entry entry, String acl) {
    boolean anyPort = entry.protocol().equals(ANY);
    Cidr range = Cidr.parse(entry.cidr());
    return new Prepared(
        entry.allow(),
        name(entry.number(), acl),
        range,
        anyPort ? 0 : Objects.requireNonNullElse(entry.fromPort(), 0),
        anyPort ? LAST_PORT : Objects.requireNonNullElse(entry.toPort(), LAST_PORT),
        problem(entry, range));
  }

  private static @Nullable String problem(Entry entry, @Nullable Cidr range) {
    if (range == null) {
      return "names `%s`, which is no range".formatted(entry.cidr());
    }
    if (entry.fromPort() != null && entry.toPort() != null && entry.fromPort() > entry.toPort()) {
      return "has ports that end before they begin";
    }
    return ANY_OR_TCP.matcher(entry.protocol()).matches()
        ? null
        : "has the protocol `%s`, which is not understood".formatted(entry.protocol());
  }

  private static String name(@Nullable Integer number, String acl) {
    return "rule %s of %s".formatted(number == null ? "*" : number, acl);
  }

  /// The ACL's id.
  public String id() {
    return id;
  }

  /// What the entries do with TCP packets to, or with answers from, a range of ports.
  ///
  /// @param remote the other side: one address, or a range of which any may come
  public Hop tcp(int from, int to, Cidr remote) {
    return remote.isAddress() ? decide(from, to, remote, remote) : ofSamples(from, to, remote);
  }

  private Hop ofSamples(int from, int to, Cidr remote) {
    List<Hop> hops =
        samples(remote).stream().map(address -> decide(from, to, address, remote)).toList();
    Hop first = hops.getFirst();
    if (hops.stream().allMatch(hop -> hop.getClass() == first.getClass())) {
      return first;
    }
    return hops.stream()
        .filter(Hop.Unknown.class::isInstance)
        .findFirst()
        .orElseGet(
            () ->
                new Hop.Partial(
                    hops.stream().flatMap(NetworkAclRules::closedBy).findFirst().orElse(""),
                    "only a part of " + CidrFormat.of(remote)));
  }

  private static Stream<String> closedBy(Hop hop) {
    return switch (hop) {
      case Hop.Denied(String by) -> Stream.of(by);
      case Hop.Partial(String by, _) -> Stream.of(by);
      case Hop.Allowed _, Hop.Unknown _ -> Stream.empty();
    };
  }

  /// Whether an entry is about a part of a range only.
  boolean tellApart(Cidr remote) {
    return entries.stream().anyMatch(entry -> entry.range != null && remote.isCutBy(entry.range));
  }

  /// One address for every part of the remote range that the entries treat alike: at both ends of
  /// each finer range, and right beside them.
  private Set<Cidr> samples(Cidr remote) {
    Set<Cidr> samples = new LinkedHashSet<>();
    samples.add(remote.first());
    samples.add(remote.last());
    for (Prepared entry : entries) {
      Cidr range = entry.range;
      if (range != null && remote.isCutBy(range)) {
        samples.add(range.first());
        Stream.of(range.last().next(), range.first().previous())
            .filter(remote::contains)
            .forEach(samples::add);
      }
    }
    return samples;
  }

  /// @param named what the address stands for
  private Hop decide(int from, int to, Cidr remote, Cidr named) {
    Ports asked = Ports.of(from, to);
    Ports open = asked;
    Ports passed = Ports.NONE;
    String denies = "";
    String allows = "";
    for (Prepared entry : entries) {
      if (open.isEmpty()) {
        break;
      }
      if (entry.problem != null) {
        return new Hop.Unknown(entry.name + " " + entry.problem);
      }
      Ports decided =
          entry.range != null && entry.range.contains(remote)
              ? open.and(entry.from, entry.to)
              : Ports.NONE;
      if (decided.isEmpty()) {
        continue;
      }
      open = open.without(entry.from, entry.to);
      if (entry.allow) {
        passed = passed.plus(decided);
        allows = allows.isEmpty() ? entry.name : allows;
      } else {
        denies = denies.isEmpty() ? entry.name : denies;
      }
    }
    return outcome(asked, passed, allows, denies.isEmpty() ? otherwise : denies, named);
  }

  private Hop outcome(Ports asked, Ports passed, String allows, String closes, Cidr remote) {
    if (passed.isEmpty()) {
      return new Hop.Denied(
          "%s denies tcp/%s %s %s"
              .formatted(closes, asked, egress ? "to" : "from", CidrFormat.of(remote)));
    }
    return passed.equals(asked)
        ? new Hop.Allowed(allows)
        : new Hop.Partial(closes, "tcp/%s of %s".formatted(passed, asked));
  }
}
