package lbresponder.check;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;

/// A firewall on the host rejects or drops what arrives. Until the host is read this is LIKELY at
/// most: by a rejection that only a host or a router sends, or because nothing else is left, see
/// {@link Silences}.
final class HostFirewallBlocks implements Check {
  /// Nobody has the address where it takes longer: the neighbour was looked for, and not found.
  private static final long REJECTED_MILLIS = 500;

  @Override
  public String title() {
    return "A firewall on the host blocks the port";
  }

  @Override
  public String advice() {
    return "Look at the host's own firewall (nft list ruleset, iptables -S, firewall-cmd) for the"
        + " port; a process that never accepts, or a host that does not route back, look the same.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.TIMEOUT, Symptom.REFUSED, Symptom.SILENT, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    if (facts.dials() instanceof Known.Unknown<List<Dial>>(String why)) {
      return new Verdict.Unknown(why);
    }
    Seen seen = Seen.in(facts);
    Dials dials = new Dials(facts);
    Silences silences = new Silences(facts, seen, dials);
    List<Verdict.Cause> causes = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>(seen.missing());
    for (Member member : seen.members()) {
      List<Dial> own = dials.ofPorts(member);
      if (own.isEmpty() && Dials.matters(member)) {
        missing.add(member.label() + " was not dialled");
      }
      for (Dial dial : own) {
        if (Dials.any(dial, Dials::accepts) || !Dials.speaks(member, dial)) {
          continue;
        }
        if (isRejected(dial)) {
          causes.add(rejected(member, dial));
        } else if (Dials.all(dial, Connection.TimedOut.class::isInstance)) {
          String obstacle = silences.obstacle(member, dial);
          if (obstacle.isEmpty()) {
            causes.add(silences.accuse(member, dial));
          } else {
            missing.add(obstacle);
          }
        } else {
          missing.add(
              "whether a firewall rejects: %s, and the host was not read"
                  .formatted(Dials.met(member, dial)));
        }
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("every target that was dialled lets connections in")
        : new Verdict.Unknown(missing.stream().limit(3).collect(Collectors.joining("; ")));
  }

  /// The first try tells: the operating system remembers an address that nobody has.
  private static boolean isRejected(Dial dial) {
    return dial.attempts().getFirst() instanceof Connection.HostUnreachable(long millis)
        && millis < REJECTED_MILLIS
        && Dials.all(dial, Connection.HostUnreachable.class::isInstance);
  }

  private static Verdict.Cause rejected(Member member, Dial dial) {
    return new Verdict.Cause(
        Confidence.lower(Confidence.LIKELY, Dials.sure(member, dial, List.of())),
        member.target().id(),
        List.of(member),
        List.of(
            "%s rejects with \"no route to host\" at once, on all of %s from %s"
                .formatted(Dials.at(member, dial), Dials.tries(dial), Dials.place(dial)),
            "host firewalls say that; security groups and network ACLs say nothing"),
        List.of());
  }
}
