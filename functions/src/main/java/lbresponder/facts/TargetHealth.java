package lbresponder.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the load balancer thinks of a target.
///
/// @param code the provider's own word for the reason, e.g. `Target.Timeout`; empty where healthy
/// @param description the provider's sentence; empty where it gives none
/// @param statusCodes what the target answered instead of the expected; empty unless the reason is
///   {@link Reason#UNEXPECTED_STATUS}
/// @param checkedPort the port that is checked, resolved; null where the provider does not say
public record TargetHealth(
    State state,
    @Nullable Reason reason,
    String code,
    String description,
    List<Integer> statusCodes,
    @Nullable Integer checkedPort,
    @Nullable String override) {

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

  /// Why it is not healthy. The provider's finer or coarser words are in {@link TargetHealth#code}.
  public enum Reason {
    REGISTERING,
    FIRST_CHECKS,
    /// It answered on the checked port, with a status that does not pass: the network to that port
    /// is open.
    UNEXPECTED_STATUS,
    /// No answer in time.
    TIMED_OUT,
    /// The check failed, and the provider does not tell how: refused, reset, malformed, or timed
    /// out.
    CHECK_FAILED,
    /// An error on the provider's side.
    PROVIDER_ERROR,
    NOT_REGISTERED,
    /// No listener or rule sends to its group.
    NO_LISTENER,
    /// Its zone is not enabled on the load balancer.
    ZONE_NOT_ENABLED,
    /// Its instance is stopped or terminated.
    NOT_RUNNING,
    /// Its address belongs to a load balancer.
    ADDRESS_UNUSABLE,
    DEREGISTERING,
    CHECKS_OFF,
    /// A word this version does not know; see {@link TargetHealth#code}.
    OTHER
  }

  public static TargetHealth healthy(@Nullable Integer checkedPort) {
    return new TargetHealth(State.HEALTHY, null, "", "", List.of(), checkedPort, null);
  }

  /// Whether the load balancer sends new requests to it while others are as they are. An initial
  /// target takes none.
  public boolean takesTraffic() {
    return state == State.HEALTHY;
  }
}
