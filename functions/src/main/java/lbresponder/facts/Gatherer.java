package lbresponder.facts;

import java.time.Instant;
import java.util.Map;

/// Reads facts of a provider's load balancers.
public interface Gatherer {
  /// A drawing of what an alarm watches.
  ///
  /// @param png the file's bytes
  /// @param shows what is to be seen on it, one sentence for those who cannot see it
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pictures.
  record Picture(byte[] png, String shows) {}

  /// Reads what its owner wrote on a load balancer. Never throws.
  Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline);

  /// Why nothing is read of a load balancer: what the credentials let see is another account's.
  /// Never throws.
  ///
  /// @return empty: it is of the account that is read, or nobody could tell
  default String refusal(LoadBalancerId loadBalancer, Instant deadline) {
    return "";
  }

  /// Reads everything about an incident. Never throws: what could not be read is Unknown, and says
  /// why.
  ///
  /// @param deadline what is not there by then is Unknown
  Facts gather(Incident incident, Instant deadline);

  /// Draws what the alarm of an incident watches. Never throws.
  ///
  /// @param incident has an alarm
  /// @param began when the incident begins
  /// @return none: this provider draws nothing
  default Known<Picture> picture(Incident incident, Instant began, Instant deadline) {
    return Known.none("no pictures are drawn here");
  }

  /// Reads where a prober stands: in the load balancer's place, or somewhere in its network. Never
  /// throws.
  ///
  /// @param prober its id, as {@link Probers#places} gives it
  ProberLocation locate(Facts facts, String prober, Instant deadline);
}
