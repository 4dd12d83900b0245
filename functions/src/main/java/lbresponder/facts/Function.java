package lbresponder.facts;

/// A serverless function that is registered as a target.
///
/// @param id as it is registered; on AWS its ARN
/// @param state the provider's word, e.g. `Active`; Unknown where it could not be read
/// @param admits whether the load balancer may invoke it
public record Function(String id, Known<String> state, Known<Boolean> admits) {}
