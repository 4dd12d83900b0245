package lbresponder.facts;

import java.time.Instant;

/// Reads the alarms of a provider.
public interface AlarmReader {
  /// Reads a message. Makes no call and never throws, whatever the message is.
  Recognised recognise(String message);

  /// Reads what a composite alarm is about. Never throws.
  ///
  /// @return Alarms under the composite's own name, NotOurs where none of its children is about a
  ///   load balancer, Unreadable where they could not be read; never Composite or Silenced
  Recognised resolve(Recognised.Composite composite, Instant deadline);
}
