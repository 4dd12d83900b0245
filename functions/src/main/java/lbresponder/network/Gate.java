package lbresponder.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import lbresponder.facts.NetworkAcl;
import lbresponder.facts.NetworkAcl.Entry;
import org.jspecify.annotations.Nullable;

/// A network ACL in one direction. Its entries are tried in the order of their numbers, the first
/// that matches decides, and what none matches is denied. It forgets: an answer needs its own
/// entry.
public final class Gate {
  private static final int LAST = 32767;
  private static final int MOST = 65535;
  private static final Pattern ANY_OR_TCP = Pattern.compile("-1|6");

  /// Entries of other protocols say nothing of TCP.
  private static final Pattern PASSED_BY = Pattern.compile("(?!6$)[0-9]{1,3}");

  /// @param range null: the entry's own is not well-formed
  /// @param broken why it cannot be judged; null: it can
  private record Ready(
      Entry entry, String name, @Nullable Cidr range, int from, int to, @Nullable String broken) {}

  private final String id;
  private final boolean egress;
  private final List<Ready> entries = new ArrayList<>();

  private Gate(String id, boolean egress) {
    this.id = id;
    this.egress = egress;
  }

  public static Gate of(NetworkAcl acl, boolean egress) {
    Gate gate = new Gate(acl.id(), egress);
    acl.entries().stream()
        .filter(entry -> entry.egress() == egress)
        .sorted(Comparator.comparingInt(Entry::number))
        .filter(entry -> !PASSED_BY.matcher(entry.protocol()).matches())
        .forEach(entry -> gate.entries.add(ready(entry, acl.id())));
    return gate;
  }

  private static Ready ready(Entry entry, String id) {
    Cidr range = Cidr.parse(entry.cidr());
    boolean inverted =
        entry.fromPort() != null && entry.toPort() != null && entry.fromPort() > entry.toPort();
    String broken =
        range == null
            ? "names `%s`, which is no range".formatted(entry.cidr())
            : inverted
                ? "has ports that end before they begin"
                : ANY_OR_TCP.matcher(entry.protocol()).matches()
                    ? null
                    : "has the protocol `%s`, which is not understood".formatted(entry.protocol());
    boolean anyPort = entry.protocol().equals("-1");
    return new Ready(
        entry,
        "rule %s of %s".formatted(entry.number() == LAST ? "*" : entry.number(), id),
        range,
        anyPort ? 0 : Objects.requireNonNullElse(entry.fromPort(), 0),
        anyPort ? MOST : Objects.requireNonNullElse(entry.toPort(), MOST),
        broken);
  }

  /// What it says to TCP packets to, or for what comes back from, a range of ports.
  ///
  /// @param remote the other side: one address, or a range of which any may come
  public Hop tcp(int from, int to, Cidr remote) {
    List<Hop> answers = samples(remote).stream().map(one -> decide(from, to, one)).toList();
    Hop first = answers.getFirst();
    if (answers.stream().allMatch(one -> one.getClass() == first.getClass())) {
      return first;
    }
    for (Hop one : answers) {
      if (one instanceof Hop.Unknown) {
        return one;
      }
    }
    Hop closed =
        answers.stream()
            .filter(one -> one instanceof Hop.Denied || one instanceof Hop.Partial)
            .findFirst()
            .orElse(first);
    return new Hop.Partial(by(closed), "only a part of " + Texts.of(remote));
  }

  private static String by(Hop hop) {
    return switch (hop) {
      case Hop.Allowed(String by) -> by;
      case Hop.Denied(String by) -> by;
      case Hop.Partial(String by, _) -> by;
      case Hop.Unknown(String why) -> why;
    };
  }

  /// One address for every part of the remote range that the entries treat alike: where a finer
  /// range begins, and right after it ends.
  private Set<Cidr> samples(Cidr remote) {
    Set<Cidr> samples = new LinkedHashSet<>();
    samples.add(remote.first());
    samples.add(remote.last());
    for (Ready one : entries) {
      Cidr range = one.range;
      if (range != null && remote.contains(range) && range.length() > remote.length()) {
        samples.add(range.first());
        Cidr last = range.last();
        Cidr after =
            new Cidr(
                last.six(),
                last.low() == -1L && last.six() ? last.high() + 1 : last.high(),
                last.low() + 1,
                last.length());
        if (remote.contains(after)) {
          samples.add(after);
        }
        Cidr first = range.first();
        Cidr before =
            new Cidr(
                first.six(),
                first.low() == 0 && first.six() ? first.high() - 1 : first.high(),
                first.low() - 1,
                first.length());
        if (remote.contains(before)) {
          samples.add(before);
        }
      }
    }
    return samples;
  }

  private Hop decide(int from, int to, Cidr remote) {
    Ports open = Ports.of(from, to);
    Ports passed = Ports.NONE;
    String denies = "";
    String allows = "";
    for (Ready one : entries) {
      if (open.isEmpty()) {
        break;
      }
      if (one.broken != null) {
        return new Hop.Unknown(one.name + " " + one.broken);
      }
      if (one.range == null || !one.range.contains(remote)) {
        continue;
      }
      Ports decided = open.and(one.from, one.to);
      if (decided.isEmpty()) {
        continue;
      }
      open = open.without(one.from, one.to);
      if (one.entry.allow()) {
        passed = passed.plus(decided);
        allows = allows.isEmpty() ? one.name : allows;
      } else {
        denies = denies.isEmpty() ? one.name : denies;
      }
    }
    if (passed.isEmpty()) {
      return new Hop.Denied(
          "%s denies tcp/%s %s %s"
              .formatted(
                  denies.isEmpty() ? "rule * of " + id : denies,
                  Ports.of(from, to),
                  egress ? "to" : "from",
                  Texts.of(remote)));
    }
    return passed.equals(Ports.of(from, to))
        ? new Hop.Allowed(allows)
        : new Hop.Partial(
            denies.isEmpty() ? "rule * of " + id : denies,
            "tcp/%s of %s".formatted(passed, Ports.of(from, to)));
  }
}
