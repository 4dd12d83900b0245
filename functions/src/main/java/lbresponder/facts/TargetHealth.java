package lbresponder.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the load balancer thinks of a target.
///
/// @param reason null where healthy
/// @param port what the checks show of the port they ask on
/// @param code the provider's own word for the reason, e.g. `Target.Timeout`; empty where healthy
/// @param description the provider's sentence; empty where it gives none
/// @param statusCodes what the target answered instead of the expected; empty unless the reason is
///   {@link Reason#UNEXPECTED_STATUS}
/// @param checkedPort the port that is checked, resolved; null where the provider does not say
/// @param override the provider's word for why it gets no traffic on purpose, e.g. a zonal shift;
///   null: nobody asked for that
public record TargetHealth(
    State state,
    @Nullable Reason reason,
    Port port,
    String code,
    String description,
    List<Integer> statusCodes,
    @Nullable Integer checkedPort,
    @Nullable String override) {

  public TargetHealth {
    statusCodes = List.copyOf(statusCodes);
  }

  public enum State {
    HEALTHY,
    UNHEALTHY,
    /// First checks still running.
    INITIAL,
    /// Registered, but nothing is sent to it and it is not checked.
    UNUSED,
    /// Being deregistered: existing connections finish, new ones go elsewhere.
    DRAINING,
    /// Unhealthy, and its connections are being ended.
    UNHEALTHY_DRAINING,
    /// The provider does not know: checks are off, or it has an error of its own.
    UNAVAILABLE
  }

  /// Evidence of the checks about the port they ask on. Whatever comes back has passed every filter
  /// and route on the way.
  public enum Port {
    /// It accepts connections.
    OPEN,
    /// It refuses them.
    CLOSED,
    /// Something came back; whether it accepted or refused is not said.
    REACHED,
    /// The checks say nothing of it.
    UNTOLD;

    /// Whether packets are shown to get there and back.
    public boolean isReached() {
      return this != UNTOLD;
    }
  }

  /// Why it is not healthy. The provider's finer or coarser words are in {@link TargetHealth#code}.
  public enum Reason {
    REGISTERING,
    FIRST_CHECKS,
    /// It answered on the checked port, with a status that does not pass.
    UNEXPECTED_STATUS,
    /// No answer in time; whether it accepted is not said.
    TIMED_OUT,
    /// No connection in time.
    CONNECT_TIMED_OUT,
    /// It accepted, and no answer came in time.
    ANSWER_TIMED_OUT,
    /// The connection was refused.
    REFUSED,
    /// No way to the address, or nobody has it.
    UNREACHABLE,
    /// The connection was reset or closed before an answer.
    INTERRUPTED,
    /// The TLS handshake failed.
    TLS_FAILED,
    /// It answered something that is not the protocol that was spoken.
    MALFORMED,
    /// The check failed, and the provider does not say how: refused, reset, malformed, or timed
    /// out.
    CHECK_FAILED,
    /// An error on the provider's side.
    PROVIDER_ERROR,
    NOT_REGISTERED,
    /// No listener or rule sends to its group.
    NO_LISTENER,
    /// Its zone is not enabled on the load balancer.
    ZONE_NOT_ENABLED,
    /// Its machine is stopped or terminated.
    NOT_RUNNING,
    /// Its address belongs to a load balancer.
    ADDRESS_UNUSABLE,
    /// Somebody took it out for the time being.
    MAINTENANCE,
    DEREGISTERING,
    CHECKS_OFF,
    /// A word this version does not know; see {@link TargetHealth#code}.
    OTHER;

    /// Whether it is that nothing came back in time.
    public boolean isTimeout() {
      return this == TIMED_OUT || this == CONNECT_TIMED_OUT || this == ANSWER_TIMED_OUT;
    }
  }

  public static TargetHealth healthy(@Nullable Integer checkedPort) {
    return new TargetHealth(State.HEALTHY, null, Port.OPEN, "", "", List.of(), checkedPort, null);
  }

  /// Health as it is expected to become, while the first checks run.
  public static TargetHealth registering() {
    return new TargetHealth(
        State.INITIAL, Reason.REGISTERING, Port.UNTOLD, "", "", List.of(), null, null);
  }

  /// Whether the load balancer sends new requests to it while others are as they are. An initial
  /// target takes none.
  public boolean takesTraffic() {
    return state == State.HEALTHY;
  }

  /// Whether it fails although nobody is taking it out: it does not take traffic and should.
  public boolean fails() {
    return switch (state) {
      case UNHEALTHY, UNUSED, UNHEALTHY_DRAINING -> true;
      case HEALTHY, INITIAL, DRAINING, UNAVAILABLE -> false;
    };
  }
}
