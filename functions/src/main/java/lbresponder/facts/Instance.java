package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A virtual machine behind a target.
///
/// @param stateReason why it is not running, in the provider's words; empty where it is
/// @param stoppedAt when it stopped or was terminated; null where it runs, or the provider does not
///   say
/// @param launched when it last started
/// @param zone and `subnet`, `address`: empty once it is terminated
/// @param scalingGroup the Auto Scaling group that keeps it, null where none does
/// @param securityGroups ids of the groups on its primary interface
/// @param size the provider's name of its kind and size; null where it was not read
/// @param stoppedOnRequest true: somebody asked for it to stop; false: it did so itself, or the
///   provider stopped it; null where it runs, or nobody says
/// @param ipv6Address of its first interface; null: it has none, or it was not recorded
@RecordBuilder
public record Instance(
    String id,
    State state,
    String stateReason,
    @Nullable Instant stoppedAt,
    @Nullable Instant launched,
    String zone,
    String subnet,
    String address,
    @Nullable String scalingGroup,
    List<String> securityGroups,
    @Nullable String size,
    @Nullable Boolean stoppedOnRequest,
    @Nullable String ipv6Address)
    implements InstanceBuilder.With {

  /// One whose size was not read, without an IPv6 address, and of which nobody says who stopped it.
  public Instance(
      String id,
      State state,
      String stateReason,
      @Nullable Instant stoppedAt,
      @Nullable Instant launched,
      String zone,
      String subnet,
      String address,
      @Nullable String scalingGroup,
      List<String> securityGroups) {
    this(
        id,
        state,
        stateReason,
        stoppedAt,
        launched,
        zone,
        subnet,
        address,
        scalingGroup,
        securityGroups,
        null,
        null,
        null);
  }

  public enum State {
    PENDING,
    RUNNING,
    STOPPING,
    STOPPED,
    SHUTTING_DOWN,
    TERMINATED,
    /// A word this version does not know.
    OTHER
  }

  /// Its address of one family; empty where it has none, or none was read.
  public String address(boolean ipv6) {
    return ipv6 ? Objects.requireNonNullElse(ipv6Address, "") : address;
  }

  /// The same instance in other security groups.
  public Instance wearing(List<String> groups) {
    return withSecurityGroups(groups);
  }

  /// The same instance once it runs.
  public Instance running() {
    return withState(State.RUNNING)
        .withStateReason("")
        .withStoppedAt(null)
        .withStoppedOnRequest(null);
  }
}
