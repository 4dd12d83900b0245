package lbresponder.facts;

import java.util.List;

/// What a message turned out to be.
public sealed interface Recognised {

  /// Alarms of load balancers this provider covers; never empty.
  record Alarms(List<Alarm> alarms) implements Recognised {
    public Alarms {
      if (alarms.isEmpty()) {
        throw new IllegalArgumentException("no alarm recognised: say NotOurs or Unreadable");
      }
      alarms = List.copyOf(alarms);
    }
  }

  /// Readable, and nothing to do with this provider's load balancers: to be logged, counted and let
  /// go.
  record NotOurs(String why) implements Recognised {}

  /// It may well be an alarm of ours, but cannot be read: a person must see it.
  ///
  /// @param why the field, what was found and what was expected
  record Unreadable(String why) implements Recognised {}
}
