package lbresponder.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetHealth.State;

/// What probing showed, by target. A probe speaks of its own path: only one from the load
/// balancer's place, with its security groups, speaks for the load balancer.
public final class Probes {
  /// Fewer tries may all have hit the same lost packet or restart.
  public static final int ENOUGH = 5;

  /// So many of a group's targets on one port, tried often, speak for the others there, which are
  /// tried once or twice.
  private static final int REPRESENTATIVES = 20;

  private final Known<List<ProbeResult>> all;
  private final Map<String, List<ProbeResult>> byTarget = new HashMap<>();
  private final Map<String, Boolean> understoodOtherwise = new HashMap<>();

  Probes(Facts facts) {
    all = facts.evidence().probes();
    for (ProbeResult probe : all.orElse(List.of())) {
      byTarget.computeIfAbsent(probe.target(), _ -> new ArrayList<>()).add(probe);
    }
  }

  private List<ProbeResult> ofTarget(RegisteredTarget target) {
    return byTarget.isEmpty() ? List.of() : byTarget.getOrDefault(target.label(), List.of());
  }

  /// As they were read: Unknown where nothing was probed.
  public Known<List<ProbeResult>> read() {
    return all;
  }

  /// @return in the order they were made; empty where nobody probed, or what a target answers does
  ///   not matter, see {@link #matters}
  public List<ProbeResult> of(RegisteredTarget target, Purpose purpose) {
    return !matters(target)
        ? List.of()
        : ofTarget(target).stream().filter(probe -> probe.purpose() == purpose).toList();
  }

  /// Whether anything new is sent to it: a target that is taken out, or not in use, may be closed.
  public static boolean matters(RegisteredTarget target) {
    return !target.isIn(State.DRAINING) && !target.isIn(State.UNUSED);
  }

  /// The traffic port and the health check's.
  public List<ProbeResult> ofPorts(RegisteredTarget target) {
    return Stream.of(Purpose.TRAFFIC, Purpose.HEALTH_CHECK)
        .flatMap(purpose -> of(target, purpose).stream())
        .toList();
  }

  /// What the health check's own question got: on its own port, or on the traffic port where the
  /// same is asked there.
  public List<ProbeResult> asChecked(RegisteredTarget target) {
    List<ProbeResult> own = of(target, Purpose.HEALTH_CHECK);
    return own.isEmpty() ? of(target, Purpose.TRAFFIC) : own;
  }

  /// Whether the target answers as soon as it is spoken to in another way than the load balancer
  /// speaks; where it was not tried, as others of its group, which run the same program.
  public boolean answersAlternateProtocol(RegisteredTarget target) {
    return of(target, Purpose.ALTERNATE_PROTOCOL).isEmpty()
        ? understoodOtherwise.computeIfAbsent(
            target.group().id(),
            _ -> RegisteredTarget.of(target.group()).stream().anyMatch(this::isUnderstood))
        : isUnderstood(target);
  }

  private boolean isUnderstood(RegisteredTarget target) {
    return of(target, Purpose.ALTERNATE_PROTOCOL).stream()
        .anyMatch(probe -> any(probe, Probes::isUnderstood));
  }

  /// Whether something came back to a probe from the load balancer's place. Security groups, ACLs
  /// and routes drop silently: even a refusal has passed them.
  public boolean isReachable(RegisteredTarget target, int port) {
    return ofTarget(target).stream()
        .filter(probe -> probe.from() == Vantage.LOAD_BALANCER && probe.port() == port)
        .flatMap(probe -> probe.attempts().stream())
        .anyMatch(result -> accepts(result) || result instanceof Connection.Refused);
  }

  /// A status, unless it is the one for what was not understood.
  public static boolean isUnderstood(Connection result) {
    return result instanceof Connection.AnsweredHttp2
        || result instanceof Connection.Secured
        || (result instanceof Connection.Answered answer && answer.status() != 400);
  }

  /// Whether every try ended so.
  public static boolean all(ProbeResult probe, Predicate<Connection> result) {
    return probe.attempts().stream().allMatch(result);
  }

  public static boolean any(ProbeResult probe, Predicate<Connection> result) {
    return probe.attempts().stream().anyMatch(result);
  }

  /// Known to be used: a target that starts may not listen yet, and one of unknown health may be on
  /// its way out.
  public static boolean isInUse(RegisteredTarget target) {
    return target.health().map(health -> health.state() != State.INITIAL).orElse(false);
  }

  /// Whether it was tried often enough to count, itself or by others of its group.
  ///
  /// @param others results of other targets of its group that were the same
  public static boolean isOften(ProbeResult probe, List<ProbeResult> others) {
    return probe.attempts().size() >= ENOUGH
        || others.stream()
                .filter(other -> other.port() == probe.port() && other.from() == probe.from())
                .filter(other -> other.attempts().size() >= ENOUGH)
                .count()
            >= REPRESENTATIVES;
  }

  /// The load balancer's own check passes on this port: it may lag behind, and what a probe from
  /// elsewhere got is of its own path.
  public static boolean isShownWell(RegisteredTarget target, ProbeResult probe) {
    Integer checked = target.checkedPort();
    return target.takesTraffic() && (checked == null || checked == probe.port());
  }

  /// Where the load balancer's own check passes on the port, only a prober in its place may object.
  public static boolean speaks(RegisteredTarget target, ProbeResult probe) {
    return probe.from() == Vantage.LOAD_BALANCER || !isShownWell(target, probe);
  }

  /// The port accepted.
  public static boolean accepts(Connection result) {
    return !(result instanceof Connection.Refused
        || result instanceof Connection.TimedOut
        || result instanceof Connection.HostUnreachable
        || result instanceof Connection.NetworkUnreachable
        || result instanceof Connection.NotDialled);
  }

  /// It got as far as being answered.
  public static boolean answers(Connection result) {
    return result instanceof Connection.Answered
        || result instanceof Connection.AnsweredHttp2
        || result instanceof Connection.HeldOpen
        || result instanceof Connection.ClosedIdle;
  }

  /// Nothing is wrong with it, as far as it was asked.
  public static boolean isWell(Connection result) {
    return answers(result)
        || result instanceof Connection.Connected
        || result instanceof Connection.Secured;
  }

  /// The port that was probed: `i-0abc:8090`.
  public static String at(RegisteredTarget target, ProbeResult probe) {
    return target.target().withPort(probe.port()).label();
  }

  /// `5 tries`.
  public static String tries(ProbeResult probe) {
    return probe.attempts().size() == 1 ? "1 try" : probe.attempts().size() + " tries";
  }

  public static String place(ProbeResult probe) {
    return switch (probe.from()) {
      case LOAD_BALANCER -> "where the load balancer stands";
      case NETWORK -> "elsewhere in the network";
      case HERE -> "this machine";
    };
  }

  /// `i-0abc:8080: Refused, TimedOut from this machine`.
  public static String result(RegisteredTarget target, ProbeResult probe) {
    return "%s: %s from %s"
        .formatted(
            at(target, probe),
            probe.attempts().stream()
                .map(
                    result ->
                        result instanceof Connection.NotDialled(String why)
                            ? "not probed (" + why + ")"
                            : result.getClass().getSimpleName())
                .distinct()
                .collect(Collectors.joining(", ")),
            place(probe));
  }
}
