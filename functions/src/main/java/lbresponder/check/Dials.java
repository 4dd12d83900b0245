package lbresponder.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Dial.Vantage;
import lbresponder.facts.Facts;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth.State;

/// What was dialled, by target. What a probe met speaks of its own path: only one that stands where
/// the load balancer stands, and wears its groups, speaks for it.
final class Dials {
  /// Fewer tries may all have met the same lost packet or restart.
  static final int ENOUGH = 5;

  /// So many of a group's targets on one port, tried often, speak for the others there, which are
  /// tried once or twice.
  private static final int REPRESENTATIVES = 20;

  private final Map<String, List<Dial>> byTarget = new HashMap<>();
  private final Map<String, Boolean> groups = new HashMap<>();

  Dials(Facts facts) {
    for (Dial dial : facts.dials().orElse(List.of())) {
      byTarget.computeIfAbsent(dial.target(), _ -> new ArrayList<>()).add(dial);
    }
  }

  /// @return in the order they were made; empty where nobody dialled, or what a target meets does
  ///   not matter, see {@link #matters}
  List<Dial> of(Member member, Purpose purpose) {
    return !matters(member)
        ? List.of()
        : byTarget.getOrDefault(member.label(), List.of()).stream()
            .filter(dial -> dial.purpose() == purpose)
            .toList();
  }

  /// Whether anything new is sent to it: a target that is taken out, or not in use, may be closed.
  static boolean matters(Member member) {
    return member
        .target()
        .health()
        .map(health -> health.state() != State.DRAINING && health.state() != State.UNUSED)
        .orElse(true);
  }

  /// The traffic port and the health check's.
  List<Dial> ofPorts(Member member) {
    return Stream.of(Purpose.TRAFFIC, Purpose.HEALTH_CHECK)
        .flatMap(purpose -> of(member, purpose).stream())
        .toList();
  }

  /// What the health check's own question met: on its own port, or on the traffic port where the
  /// same is asked there.
  List<Dial> asChecked(Member member) {
    List<Dial> own = of(member, Purpose.HEALTH_CHECK);
    return own.isEmpty() ? of(member, Purpose.TRAFFIC) : own;
  }

  /// Whether the target answers as soon as it is spoken to in another way than the load balancer
  /// speaks; where it was not tried, as others of its group, which run the same program.
  boolean answersOtherwise(Member member) {
    return of(member, Purpose.OTHERWISE).isEmpty()
        ? groups.computeIfAbsent(
            member.group().id(),
            _ -> Member.of(member.group()).stream().anyMatch(one -> isUnderstoodOtherwise(one)))
        : isUnderstoodOtherwise(member);
  }

  private boolean isUnderstoodOtherwise(Member member) {
    return of(member, Purpose.OTHERWISE).stream().anyMatch(dial -> any(dial, Dials::isUnderstood));
  }

  /// A status, unless it is the one for what was not understood.
  static boolean isUnderstood(Connection met) {
    return met instanceof Connection.AnsweredHttp2
        || met instanceof Connection.Secured
        || (met instanceof Connection.Answered answer && answer.status() != 400);
  }

  /// Whether every try met it. Never of a dial that nobody made.
  static boolean all(Dial dial, Predicate<Connection> met) {
    return dial.attempts().stream().allMatch(met);
  }

  static boolean any(Dial dial, Predicate<Connection> met) {
    return dial.attempts().stream().anyMatch(met);
  }

  /// How sure a dial of which every try met the same makes.
  ///
  /// @param others those that met it too
  static Confidence sure(Member member, Dial dial, List<Dial> others) {
    if (!isOften(dial, others) || !isInUse(member)) {
      return Confidence.POSSIBLE;
    }
    return isShownWell(member, dial)
        ? Confidence.lower(Confidence.LIKELY, surest(dial))
        : surest(dial);
  }

  /// How sure its place can make a dial at most.
  static Confidence surest(Dial dial) {
    return switch (dial.from()) {
      case LOAD_BALANCER -> Confidence.PROVEN;
      case NETWORK -> Confidence.LIKELY;
      case HERE -> Confidence.POSSIBLE;
    };
  }

  /// Known to be used: a target that starts may not listen yet, and one of unknown health may be on
  /// its way out.
  private static boolean isInUse(Member member) {
    return member.target().health().map(health -> health.state() != State.INITIAL).orElse(false);
  }

  private static boolean isOften(Dial dial, List<Dial> others) {
    return dial.attempts().size() >= ENOUGH
        || others.stream()
                .filter(one -> one.port() == dial.port() && one.from() == dial.from())
                .filter(one -> one.attempts().size() >= ENOUGH)
                .count()
            >= REPRESENTATIVES;
  }

  /// The load balancer's own check passes on this port: it may lag behind, and what a probe met
  /// elsewhere is the probe's.
  static boolean isShownWell(Member member, Dial dial) {
    Integer checked = member.checkedPort();
    return member.takesTraffic() && (checked == null || checked == dial.port());
  }

  /// Where the load balancer's own check passes on the port, only a prober in its place may object.
  static boolean speaks(Member member, Dial dial) {
    return dial.from() == Vantage.LOAD_BALANCER || !isShownWell(member, dial);
  }

  /// The port that was dialled: `i-0abc:8090`.
  static String at(Member member, Dial dial) {
    return new Target(member.target().id(), dial.port(), null, member.target().health()).label();
  }

  static String tries(Dial dial) {
    return dial.attempts().size() == 1 ? "1 try" : dial.attempts().size() + " tries";
  }

  static String place(Dial dial) {
    return switch (dial.from()) {
      case LOAD_BALANCER -> "where the load balancer stands";
      case NETWORK -> "elsewhere in the network";
      case HERE -> "this machine";
    };
  }

  /// `i-0abc:8080 met Refused, TimedOut from this machine`.
  static String met(Member member, Dial dial) {
    return "%s met %s from %s"
        .formatted(
            at(member, dial),
            dial.attempts().stream()
                .map(
                    one ->
                        one instanceof Connection.NotDialled(String why)
                            ? "nothing (" + why + ")"
                            : one.getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining(", ")),
            place(dial));
  }

  /// The port accepted.
  static boolean accepts(Connection met) {
    return !(met instanceof Connection.Refused
        || met instanceof Connection.TimedOut
        || met instanceof Connection.HostUnreachable
        || met instanceof Connection.NetworkUnreachable
        || met instanceof Connection.NotDialled);
  }

  /// It got as far as being answered.
  static boolean answers(Connection met) {
    return met instanceof Connection.Answered
        || met instanceof Connection.AnsweredHttp2
        || met instanceof Connection.HeldOpen
        || met instanceof Connection.ClosedIdle;
  }

  /// Nothing is wrong with it, as far as it was asked.
  static boolean isWell(Connection met) {
    return answers(met) || met instanceof Connection.Connected || met instanceof Connection.Secured;
  }

  /// Whether something came back to a probe that stands where the load balancer stands. Security
  /// groups, ACLs and routes drop without a word: even a refusal has passed them.
  boolean passesAll(Member member, int port) {
    return byTarget.getOrDefault(member.label(), List.of()).stream()
        .filter(dial -> dial.from() == Vantage.LOAD_BALANCER && dial.port() == port)
        .flatMap(dial -> dial.attempts().stream())
        .anyMatch(met -> accepts(met) || met instanceof Connection.Refused);
  }
}
