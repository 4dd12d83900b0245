package lbresponder.facts;

import org.jspecify.annotations.Nullable;

/// One place traffic is sent to.
///
/// @param id instance id, IP address, function or load balancer ARN
/// @param port null for Lambda
/// @param zone where it is, as far as the registration tells; null: ask {@link Facts#zoneOf}
public record Target(
    String id, @Nullable Integer port, @Nullable String zone, Known<TargetHealth> health) {

  /// How people write it: `i-0abc:8080`.
  public String label() {
    boolean isIpv6 = id.contains(":") && !id.startsWith("arn:");
    return port == null ? id : (isIpv6 ? "[" + id + "]" : id) + ":" + port;
  }

  public Target with(TargetHealth other) {
    return new Target(id, port, zone, Known.of(other));
  }
}
