package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Targets that serve the same thing and are checked the same way. A load balancer without target
/// groups of its own is read as one group for each port and protocol that it speaks to its targets.
///
/// @param id the provider's unique id
/// @param protocol what the load balancer speaks to the targets
/// @param protocolVersion null where the protocol has no versions
/// @param port the default port of its targets; null for functions
/// @param network the private network its targets are in; empty where that is not one that was read
/// @param loadBalancers ids of the load balancers that use it
/// @param crossZone whether nodes send to targets in other zones than their own
/// @param keepsClientAddress whether targets see the client's address as the sender; None where the
///   load balancer makes connections of its own
/// @param proxyProtocol None where the load balancer never sends that header to such a group
/// @param sticky whether a client is sent to the same target again
/// @param deregistrationDelaySeconds how long a target that is taken out still gets what was under
///   way to it
/// @param ipv6 true: machines are reached at their IPv6 addresses; null: not recorded, or there are
///   no machines in it
@RecordBuilder
public record TargetGroup(
    String id,
    String name,
    TargetType targetType,
    Protocol protocol,
    @Nullable ProtocolVersion protocolVersion,
    @Nullable Integer port,
    String network,
    List<String> loadBalancers,
    HealthCheck healthCheck,
    Known<Boolean> crossZone,
    Known<Boolean> keepsClientAddress,
    Known<ProxyProtocol> proxyProtocol,
    Known<Boolean> sticky,
    Known<Integer> deregistrationDelaySeconds,
    Known<List<Target>> targets,
    @Nullable Boolean ipv6)
    implements TargetGroupBuilder.With {

  /// One of which nobody says that its machines are reached over IPv6.
  public TargetGroup(
      String id,
      String name,
      TargetType targetType,
      Protocol protocol,
      @Nullable ProtocolVersion protocolVersion,
      @Nullable Integer port,
      String network,
      List<String> loadBalancers,
      HealthCheck healthCheck,
      Known<Boolean> crossZone,
      Known<Boolean> keepsClientAddress,
      Known<ProxyProtocol> proxyProtocol,
      Known<Boolean> sticky,
      Known<Integer> deregistrationDelaySeconds,
      Known<List<Target>> targets) {
    this(
        id,
        name,
        targetType,
        protocol,
        protocolVersion,
        port,
        network,
        loadBalancers,
        healthCheck,
        crossZone,
        keepsClientAddress,
        proxyProtocol,
        sticky,
        deregistrationDelaySeconds,
        targets,
        null);
  }

  /// What is registered.
  public enum TargetType {
    /// Virtual machines by their id.
    MACHINE,
    /// Addresses, or names that stand for one.
    ADDRESS,
    /// Functions, which are invoked instead of connected to.
    FUNCTION,
    /// Another load balancer.
    LOAD_BALANCER
  }

  /// The port that health checks ask one of its targets on: as the provider says, else as the check
  /// is configured, else the traffic port; null where there is none.
  public @Nullable Integer checkedPort(Target target) {
    Integer own =
        target.health() instanceof Known.Value<TargetHealth>(TargetHealth health)
            ? health.checkedPort()
            : null;
    Integer configured = healthCheck.port();
    return own != null ? own : configured != null ? configured : target.port();
  }

  /// Whether the load balancer speaks HTTP/2 to its targets, in its checks too.
  public boolean speaksHttp2() {
    return protocolVersion == ProtocolVersion.HTTP2 || protocolVersion == ProtocolVersion.GRPC;
  }

  /// Whether its machines are reached at their IPv6 addresses. Recordings that do not tell are of a
  /// time when all were taken for IPv4.
  public boolean isIpv6() {
    return Boolean.TRUE.equals(ipv6);
  }

  /// Whether targets are reached over the network by an address.
  public boolean hasAddresses() {
    return targetType == TargetType.MACHINE || targetType == TargetType.ADDRESS;
  }
}
