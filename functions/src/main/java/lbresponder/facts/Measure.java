package lbresponder.facts;

/// What a metric counts, in words that hold for every provider. The provider maps its own metric
/// names to these.
public enum Measure {
  /// Connections the load balancer could not open to a target. Some count their own health checks
  /// and retries too, see {@link Traits#countsOwnChecks}.
  CONNECTION_ERRORS,
  /// TLS handshakes with a target that failed.
  TLS_ERRORS,
  /// Targets failing their health check.
  UNHEALTHY_TARGETS,
  /// Targets passing their health check.
  HEALTHY_TARGETS,
  /// Requests the load balancer itself answered with a client error.
  LB_4XX,
  /// Requests the load balancer itself answered with a server error, whichever code.
  LB_5XX,
  /// Answered 500 by the load balancer itself.
  LB_500,
  /// Bad gateway: the target refused, reset, or answered what cannot be used.
  LB_502,
  /// Service unavailable: nowhere to send the request, or no capacity.
  LB_503,
  /// Gateway timeout: no connection or no answer in time.
  LB_504,
  /// Answers of the targets by class.
  TARGET_2XX,
  TARGET_3XX,
  TARGET_4XX,
  TARGET_5XX,
  /// Requests dropped because the queue before the targets was full.
  QUEUE_OVERFLOW,
  /// Requests waiting for a target.
  QUEUE_LENGTH,
  /// Connections refused because the load balancer had reached its own maximum.
  REJECTED_CONNECTIONS,
  /// Connections reset by targets.
  TARGET_RESETS,
  /// Connections reset by the load balancer.
  LB_RESETS,
  /// Connections that failed for want of a source port.
  PORT_ALLOCATION_ERRORS,
  /// Invocations of a function target that failed in the function, or for want of permission or
  /// concurrency.
  FUNCTION_ERRORS,
  /// Invocations of a function target that failed on the provider's side.
  FUNCTION_INTERNAL_ERRORS,
  /// Flows to targets that the load balancer's own security group did not let out.
  BLOCKED_OUTBOUND,
  /// Connections of clients that the load balancer's own filter dropped.
  BLOCKED_INBOUND,
  /// TLS handshakes of clients with the load balancer that failed.
  CLIENT_TLS_ERRORS,
  /// Connections the load balancer turned away, for whatever reason.
  REJECTED_FLOWS,
  /// Requests or connections sent to targets that fail their health check, because none passes it.
  SENT_TO_UNHEALTHY,
  /// Users whom the load balancer itself could not authenticate, though nobody refused them.
  AUTHENTICATION_ERRORS,
  /// Demand: requests, or connections where the load balancer does not see requests.
  REQUESTS,
  /// Demand per target.
  REQUESTS_PER_TARGET,
  /// Seconds until a target answers.
  RESPONSE_TIME;

  /// Whether it counts targets by what their health check says.
  public boolean countsHealth() {
    return this == UNHEALTHY_TARGETS || this == HEALTHY_TARGETS;
  }

  /// Whether it counts things that went wrong, so that sums can be compared; else it is a level, or
  /// demand.
  public boolean countsErrors() {
    return switch (this) {
      case CONNECTION_ERRORS,
          TLS_ERRORS,
          LB_4XX,
          LB_5XX,
          LB_500,
          LB_502,
          LB_503,
          LB_504,
          TARGET_3XX,
          TARGET_4XX,
          TARGET_5XX,
          QUEUE_OVERFLOW,
          REJECTED_CONNECTIONS,
          TARGET_RESETS,
          LB_RESETS,
          PORT_ALLOCATION_ERRORS,
          FUNCTION_ERRORS,
          FUNCTION_INTERNAL_ERRORS,
          BLOCKED_OUTBOUND,
          BLOCKED_INBOUND,
          CLIENT_TLS_ERRORS,
          REJECTED_FLOWS,
          SENT_TO_UNHEALTHY,
          AUTHENTICATION_ERRORS ->
          true;
      case UNHEALTHY_TARGETS,
          HEALTHY_TARGETS,
          TARGET_2XX,
          QUEUE_LENGTH,
          REQUESTS,
          REQUESTS_PER_TARGET,
          RESPONSE_TIME ->
          false;
    };
  }
}
