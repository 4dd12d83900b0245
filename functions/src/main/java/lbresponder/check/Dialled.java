package lbresponder.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Dial.Vantage;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;

/// What the checks ask of the dials. What a probe met speaks of its own path: only one that stands
/// where the load balancer stands, and wears its groups, speaks for it.
final class Dialled {
  /// Fewer tries may all have met the same lost packet or restart.
  private static final int ENOUGH = 5;

  private Dialled() {}

  /// Accuses the targets of which every try on the traffic port met the same.
  ///
  /// @param met what every try must have met
  /// @param refutes a try that shows the accusation to be wrong
  /// @param sentence what was met, as the predicate of a sentence about a target
  /// @param surest how sure it is at most
  static Verdict judge(
      Facts facts,
      Predicate<Connection> met,
      Predicate<Connection> refutes,
      String sentence,
      Confidence surest) {
    Seen seen = Seen.in(facts);
    if (!(facts.dials() instanceof Known.Value<List<Dial>>(List<Dial> dials))) {
      return new Verdict.Unknown(((Known.Unknown<List<Dial>>) facts.dials()).why());
    }
    List<Member> accused = new ArrayList<>();
    List<String> because = new ArrayList<>();
    Set<String> missing = new LinkedHashSet<>(seen.missing());
    Confidence confidence = surest;
    for (Member member : seen.members()) {
      List<Dial> own = of(member, dials);
      if (own.isEmpty()) {
        missing.add(member.label() + " was not dialled");
      }
      for (Dial dial : own) {
        if (dial.attempts().stream().allMatch(met) && !isShownWell(member)) {
          accused.add(member);
          because.add(
              "%s %s on all of %s from %s"
                  .formatted(member.label(), sentence, tries(dial.attempts().size()), place(dial)));
          confidence = lower(confidence, sure(member, dial));
        } else if (dial.attempts().stream().noneMatch(refutes)) {
          missing.add(what(member, dial));
        }
      }
    }
    if (!accused.isEmpty()) {
      return new Verdict.Cause(
          confidence, accused.getFirst().target().id(), accused, because, List.of());
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("no target %s".formatted(sentence))
        : new Verdict.Unknown(missing.stream().limit(5).collect(Collectors.joining("; ")));
  }

  private static String tries(int count) {
    return count == 1 ? "1 try" : count + " tries";
  }

  private static List<Dial> of(Member member, List<Dial> dials) {
    return dials.stream()
        .filter(dial -> dial.target().equals(member.label()) && dial.purpose() == Purpose.TRAFFIC)
        .toList();
  }

  /// The load balancer's own check passes on this port: what a probe met elsewhere is the probe's.
  private static boolean isShownWell(Member member) {
    return member.takesTraffic()
        && member
            .target()
            .health()
            .map(
                health ->
                    health.checkedPort() == null
                        || health.checkedPort().equals(member.target().port()))
            .orElse(false);
  }

  private static Confidence sure(Member member, Dial dial) {
    boolean own = dial.from() == Vantage.LOAD_BALANCER;
    if (dial.attempts().size() < ENOUGH || (!own && !member.target().health().isKnown())) {
      return Confidence.POSSIBLE;
    }
    return switch (dial.from()) {
      case LOAD_BALANCER -> Confidence.PROVEN;
      case NETWORK -> Confidence.LIKELY;
      case HERE -> Confidence.POSSIBLE;
    };
  }

  private static Confidence lower(Confidence one, Confidence other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private static String place(Dial dial) {
    return dial.from() == Vantage.LOAD_BALANCER
        ? "where the load balancer stands"
        : dial.from() == Vantage.NETWORK ? "elsewhere in the network" : "this machine";
  }

  private static String what(Member member, Dial dial) {
    return "%s met %s from %s"
        .formatted(
            member.label(),
            dial.attempts().stream()
                .map(one -> one.getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining(", ")),
            place(dial));
  }

  /// Whether something came back to a probe that stands where the load balancer stands. Security
  /// groups, ACLs and routes drop without a word: even a refusal has passed them.
  static boolean passesAll(Facts facts, Member member, int port) {
    return facts.dials().orElse(List.of()).stream()
        .filter(dial -> dial.from() == Vantage.LOAD_BALANCER)
        .filter(dial -> dial.target().equals(member.label()) && dial.port() == port)
        .flatMap(dial -> dial.attempts().stream())
        .anyMatch(met -> accepts(met) || met instanceof Connection.Refused);
  }

  /// It got as far as being answered.
  static boolean answers(Connection met) {
    return met instanceof Connection.Answered || met instanceof Connection.AnsweredHttp2;
  }

  /// The port accepted.
  static boolean accepts(Connection met) {
    return !(met instanceof Connection.Refused
        || met instanceof Connection.TimedOut
        || met instanceof Connection.HostUnreachable
        || met instanceof Connection.NetworkUnreachable
        || met instanceof Connection.NotDialled);
  }
}
