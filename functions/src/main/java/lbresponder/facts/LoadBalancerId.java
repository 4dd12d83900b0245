package lbresponder.facts;

/// Which load balancer, as far as an alarm alone tells.
///
/// @param provider whose it is: `aws`
/// @param account the account it lives in; for a cross-account alarm not the alarm's own
/// @param region the provider's region code, e.g. `eu-west-1`
/// @param name the name people use, e.g. `web`
/// @param arn the provider's unique id; on AWS the ARN, constructed from the alarm for all three
///   kinds
public record LoadBalancerId(
    String provider, Kind kind, String account, String region, String name, String arn) {

  /// What the balancer is, since that decides which metrics, states and rules exist.
  public enum Kind {
    /// AWS Classic Load Balancer.
    CLASSIC,
    /// AWS Application Load Balancer.
    APPLICATION,
    /// AWS Network Load Balancer.
    NETWORK
  }
}
