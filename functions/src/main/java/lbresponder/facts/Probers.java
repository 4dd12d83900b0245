package lbresponder.facts;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/// The probers that are deployed. Whatever goes wrong with one is an Unknown that says why.
public interface Probers {
  /// Which prober stands where.
  ///
  /// @param region where the list is kept; empty: where this program runs
  /// @return by a load balancer's id (in its place, with its security groups) or a network's id
  ///   (somewhere in there) the prober's id; Unknown where none is configured or the list cannot be
  ///   read
  Known<Map<String, String>> places(String region);

  /// What people call a prober: as short as its id allows.
  default String name(String prober) {
    return prober;
  }

  /// Sends a request to a prober and waits for its answer, by the deadline at most. One that is
  /// asleep is woken, and asked again until it is awake. Never throws.
  ///
  /// @param request JSON, as is the answer; made for each try from the time that is left
  Known<String> invoke(String prober, Function<Duration, String> request, Instant deadline);
}
