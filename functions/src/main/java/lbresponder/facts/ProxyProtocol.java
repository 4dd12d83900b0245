package lbresponder.facts;

/// The proxy protocol's header, with which a load balancer tells a target who its client is.
///
/// @param sent whether connections to the target group begin with it
/// @param version the version that is sent, or would be: `v1` (text) or `v2` (binary)
/// @param inHealthChecks whether the health checks' connections begin with it too, where it is
///   sent; false also where nobody documents it
public record ProxyProtocol(boolean sent, String version, boolean inHealthChecks) {
  public ProxyProtocol withSent(boolean other) {
    return new ProxyProtocol(other, version, inHealthChecks);
  }
}
