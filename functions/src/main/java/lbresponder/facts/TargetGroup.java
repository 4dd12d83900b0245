package lbresponder.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Targets that serve the same thing and are checked the same way.
///
/// A Classic Load Balancer has no target groups. It is read as one group for each instance port and
/// protocol of its listeners, all with the same instances, the same health and the same health
/// check.
///
/// @param id the ARN; on Classic `NAME/PROTOCOL:PORT`
/// @param protocol as the provider names it; empty for Lambda
/// @param protocolVersion `HTTP1`, `HTTP2` or `GRPC`; null where the protocol has no versions
/// @param port the default port of its targets; null for Lambda
/// @param network the VPC its targets are in; empty for Lambda
/// @param loadBalancers ids of the load balancers that use it
/// @param attributes the provider's own keys, e.g. `load_balancing.cross_zone.enabled`
public record TargetGroup(
    String id,
    String name,
    TargetType targetType,
    String protocol,
    @Nullable String protocolVersion,
    @Nullable Integer port,
    String network,
    List<String> loadBalancers,
    HealthCheck healthCheck,
    Known<Map<String, String>> attributes,
    Known<List<Target>> targets) {

  public enum TargetType {
    INSTANCE,
    IP,
    LAMBDA,
    ALB
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

  public TargetGroup withAttributes(Known<Map<String, String>> others) {
    return new TargetGroup(
        id,
        name,
        targetType,
        protocol,
        protocolVersion,
        port,
        network,
        loadBalancers,
        healthCheck,
        others,
        targets);
  }

  public TargetGroup withTargets(Known<List<Target>> others) {
    return new TargetGroup(
        id,
        name,
        targetType,
        protocol,
        protocolVersion,
        port,
        network,
        loadBalancers,
        healthCheck,
        attributes,
        others);
  }

  public TargetGroup withHealthCheck(HealthCheck other) {
    return new TargetGroup(
        id,
        name,
        targetType,
        protocol,
        protocolVersion,
        port,
        network,
        loadBalancers,
        other,
        attributes,
        targets);
  }
}
