package lbresponder.facts;

import java.util.List;

/// What dialling one port of one target met.
///
/// @param target the target's label, e.g. `i-0abc:8080`
/// @param from where the attempts came from
/// @param attempts in the order they were made; never empty
public record Dial(
    String target,
    String address,
    int port,
    Purpose purpose,
    Vantage from,
    List<Connection> attempts) {

  public Dial {
    if (attempts.isEmpty()) {
      throw new IllegalArgumentException("no attempt at " + target);
    }
    attempts = List.copyOf(attempts);
  }

  /// Which of a target's two ports; where they are the same, one dial stands for both as {@link
  /// #TRAFFIC}.
  public enum Purpose {
    TRAFFIC,
    HEALTH_CHECK
  }

  /// What the result can speak for.
  public enum Vantage {
    /// Wears the load balancer's security groups in its subnets: speaks for the load balancer.
    LOAD_BALANCER,
    /// Stands somewhere in the same network: speaks for its own path only.
    NETWORK,
    /// The machine the command line runs on: speaks for its own path only.
    HERE
  }
}
