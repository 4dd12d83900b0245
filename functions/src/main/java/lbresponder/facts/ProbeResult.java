package lbresponder.facts;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/// What happened when one port of one target was probed.
///
/// @param target the target's label, e.g. `i-0abc:8080`
/// @param from where the attempts came from
/// @param interfaces ids of those in {@link Network#interfaces} that they may have left by; empty:
///   not known, or it does not matter as they speak for the load balancer
/// @param attempts in the order they were made; never empty
@RecordBuilder
public record ProbeResult(
    String target,
    String address,
    int port,
    Purpose purpose,
    Vantage from,
    List<String> interfaces,
    List<Connection> attempts)
    implements ProbeResultBuilder.With {

  public ProbeResult {
    if (attempts.isEmpty()) {
      throw new IllegalArgumentException("no attempt at " + target);
    }
    interfaces = List.copyOf(interfaces);
    attempts = List.copyOf(attempts);
  }

  /// What was asked of a target.
  public enum Purpose {
    /// As the load balancer sends traffic to it. Where the health check asks the same of the same
    /// port, this stands for both.
    TRAFFIC,
    /// As the health check asks.
    HEALTH_CHECK,
    /// The traffic port in another way than the load balancer speaks: where it can send the proxy
    /// protocol's header, with the header if it sends none and without if it sends one; to an
    /// HTTP/2 group in HTTP/1.1; to an HTTP group over TLS.
    ALTERNATE_PROTOCOL,
    /// A connection on the traffic port held idle after an answer.
    KEEP_ALIVE,
    /// A listener of the load balancer itself, as a client sees it; the target is `NAME:PORT`.
    LISTENER
  }

  /// What the result can speak for.
  public enum Vantage {
    /// Has the load balancer's security groups in its subnets: speaks for the load balancer.
    LOAD_BALANCER,
    /// Stands somewhere in the same network: speaks for its own path only.
    NETWORK,
    /// The machine the command line runs on: speaks for its own path only.
    HERE
  }
}
