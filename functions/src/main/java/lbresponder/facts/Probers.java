package lbresponder.facts;

import java.time.Duration;
import java.util.Map;

/// The probers that are deployed. Whatever goes wrong with one is an Unknown that says why.
public interface Probers {
  /// Which prober stands where.
  ///
  /// @param region where the list is kept; empty: where this program runs
  /// @return by a load balancer's id (in its place, with its security groups) or a network's id
  ///   (somewhere in there) the prober's id; Unknown where none is configured or the list cannot be
  ///   read
  Known<Map<String, String>> places(String region);

  /// Sends a request to a prober and waits for its answer. Never throws.
  ///
  /// @param request JSON, as is the answer
  Known<String> invoke(String prober, String request, Duration patience);
}
