package lbresponder.facts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Reads the alarms of a provider.
public interface AlarmReader {
  /// What an alarm's provider says of it now, whatever its messages said.
  ///
  /// @param since when it came into this state; where the provider does not tell that, when it last
  ///   wrote the state down
  record AlarmNow(Alarm.State state, Instant since) {}

  /// Reads a message. Makes no call and never throws, whatever the message is.
  Recognised recognise(String message);

  /// Reads what a composite alarm is about. Never throws.
  ///
  /// @return Alarms under the composite's own name, NotOurs where none of its children is about a
  ///   load balancer, Unreadable where they could not be read; never Composite or Silenced
  Recognised resolve(Recognised.Composite composite, Instant deadline);

  /// Reads the state that alarms are in now. Never throws.
  ///
  /// @return by each alarm's id, of every one: none where there is no such alarm any more, Unknown
  ///   where it could not be read, not by the deadline, or this provider does not tell
  default Map<String, Known<AlarmNow>> now(List<Alarm> alarms, Instant deadline) {
    return alarms.stream()
        .collect(
            Collectors.toMap(
                Alarm::arn,
                _ -> Known.unknown("this provider does not tell an alarm's state"),
                (first, _) -> first,
                LinkedHashMap::new));
  }
}
