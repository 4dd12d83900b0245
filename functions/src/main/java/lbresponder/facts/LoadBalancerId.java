package lbresponder.facts;

/// Which load balancer, as far as an alarm alone tells.
///
/// @param provider whose it is, e.g. `aws`
/// @param kind what people call this kind of load balancer, e.g. `application`: display text, and a
///   word of the provider's own; how it behaves the traits say
/// @param account the account it lives in; for a cross-account alarm not the alarm's own; empty
///   where the provider has no accounts
/// @param region the provider's region code, e.g. `eu-west-1`
/// @param name the name people use, e.g. `web`
/// @param arn the provider's unique id; on AWS the ARN, constructed from the alarm
public record LoadBalancerId(
    String provider,
    String kind,
    String account,
    String region,
    String name,
    String arn,
    Traits traits) {}
