package lbresponder.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Vantage;
import lbresponder.facts.Facts;
import lbresponder.facts.NetworkInterface;
import lbresponder.network.Hop;
import lbresponder.network.Path;
import lbresponder.network.Paths;

/// What is left when a target says nothing to a prober: whatever was read and could swallow the
/// packets before the host is looked for first.
final class Silences {
  private final Facts facts;
  private final Paths paths;
  private final Map<String, Paths> probers = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final boolean quiet;

  Silences(Facts facts, Seen seen, Dials dials) {
    this.facts = facts;
    this.paths = new Paths(facts);
    this.quiet = isAlive(facts) && isCalm(facts);
    for (Member member : seen.members()) {
      for (Dial dial : dials.ofPorts(member)) {
        if (Dials.any(dial, Dials::accepts)) {
          open.add(port(member, dial));
          open.add(host(member, dial));
        }
      }
    }
  }

  private static String port(Member member, Dial dial) {
    return "%s %d %s".formatted(member.group().id(), dial.port(), dial.from());
  }

  private static String host(Member member, Dial dial) {
    return "%s %s".formatted(member.target().id(), dial.from());
  }

  /// What else would explain the silence, or keeps it from being explained; empty: nothing that was
  /// read.
  String obstacle(Member member, Dial dial) {
    if (dial.from() == Vantage.HERE) {
      return Dials.met(member, dial) + ", of which the path is not known";
    }
    if (!paths.missing().isEmpty()) {
      return paths.missing();
    }
    List<Path> ways = new ArrayList<>(paths.to(member.group(), member.target(), dial.port()));
    if (ways.isEmpty()) {
      return "where %s is".formatted(member.label());
    }
    if (dial.from() == Vantage.NETWORK) {
      List<NetworkInterface> own =
          facts.network().interfaces().orElse(List.of()).stream()
              .filter(one -> dial.interfaces().contains(one.id()))
              .toList();
      if (own.isEmpty()) {
        return "where the prober stands that met silence at " + member.label();
      }
      own.forEach(
          one ->
              ways.addAll(
                  probers
                      .computeIfAbsent(one.id(), _ -> Paths.from(facts, one))
                      .to(member.group(), member.target(), dial.port())));
    }
    return ways.stream()
        .flatMap(path -> path.steps().stream())
        .filter(step -> !(step.hop() instanceof Hop.Allowed))
        .map(
            step ->
                "whether a packet reaches the host of %s: %s"
                    .formatted(member.label(), step.control().words()))
        .findFirst()
        .orElse("");
  }

  /// The host is accused where the way there is shown to be open, it is alive, and load is as
  /// usual: a full accept queue is silent too.
  Verdict.Cause accuse(Member member, Dial dial) {
    List<String> because = new ArrayList<>();
    because.add(
        "%s is silent on all of %s from %s"
            .formatted(Dials.at(member, dial), Dials.tries(dial), Dials.place(dial)));
    because.add("security groups, network ACLs and routes let it pass, there and back");
    boolean others = open.contains(port(member, dial));
    boolean own = open.contains(host(member, dial));
    if (others) {
      because.add("other targets of %s let the same prober in".formatted(member.group().name()));
    }
    if (own) {
      because.add("another port of %s lets the same prober in".formatted(member.target().id()));
    }
    boolean likely =
        (others || own)
            && quiet
            && dial.attempts().size() >= Dials.ENOUGH
            && member.target().health().isKnown();
    return new Verdict.Cause(
        likely ? Confidence.LIKELY : Confidence.POSSIBLE,
        member.target().id(),
        List.of(member),
        because,
        List.of());
  }

  private static boolean isAlive(Facts facts) {
    return new InstanceImpaired().examine(facts) instanceof Verdict.RuledOut
        && new TargetStopped().examine(facts) instanceof Verdict.RuledOut;
  }

  private static boolean isCalm(Facts facts) {
    return new TargetOverloaded().examine(facts) instanceof Verdict.RuledOut;
  }
}
