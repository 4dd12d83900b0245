package lbresponder.facts;

import org.jspecify.annotations.Nullable;

/// How the load balancer asks a target whether it is well.
///
/// @param protocol as the provider names it: HTTP, HTTPS, TCP, SSL, TLS
/// @param port null: the port that traffic goes to
/// @param path null: only a connection is made
/// @param matcher the status codes that pass, as the provider writes them, e.g. `200-299,301`;
///   null: no status is looked at
public record HealthCheck(
    boolean enabled,
    String protocol,
    @Nullable Integer port,
    @Nullable String path,
    @Nullable String matcher,
    int intervalSeconds,
    int timeoutSeconds,
    int healthyThreshold,
    int unhealthyThreshold) {}
