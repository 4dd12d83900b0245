package lbresponder.facts;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Where load balancers live: reads alarms and facts, and words repairs in its own commands. It
/// decides nothing.
public interface Provider {

  /// Reads a message. Makes no call and never throws, whatever the message is.
  Recognised recognise(String message);

  /// Reads what a composite alarm is about. Never throws.
  ///
  /// @return Alarms under the composite's own name, NotOurs where none of its children is about a
  ///   load balancer, Unreadable where they could not be read; never Composite or Silenced
  Recognised resolve(Recognised.Composite composite, Instant deadline);

  /// Reads what its owner wrote on a load balancer. Never throws.
  Known<Map<String, String>> tags(LoadBalancerId loadBalancer, Instant deadline);

  /// Reads everything about an incident. Never throws: what could not be read is Unknown, and says
  /// why.
  ///
  /// @param deadline what is not there by then is Unknown
  Facts gather(Incident incident, Instant deadline);

  /// The commands that carry out a repair, in order; pure.
  List<String> word(Repair repair, Facts facts);

  /// Where in the provider's console to look; pure.
  List<Link> links(Incident incident);

  record Link(String title, String url) {}
}
