package lbresponder.facts;

/// A serverless function that is registered as a target. Its configuration is not read: it may hold
/// secrets.
///
/// @param id as it is registered; on AWS its ARN
/// @param admits whether the load balancer may invoke it
public record Function(String id, Known<Boolean> admits) {}
