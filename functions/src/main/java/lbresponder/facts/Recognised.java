package lbresponder.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /// An alarm over other alarms. What it is about they tell: see {@link AlarmReader#resolve}.
  ///
  /// @param provider whose it is, e.g. `aws`
  /// @param children ids of the alarms that set it off, or of all below it where the message does
  ///   not say which; never empty
  /// @param previousState and `previousSince`: as in {@link Alarm}
  record Composite(
      String provider,
      String name,
      String arn,
      String description,
      Alarm.State state,
      Instant changedAt,
      String reason,
      Alarm.@Nullable State previousState,
      @Nullable Instant previousSince,
      List<String> children)
      implements Recognised {
    public Composite {
      children = List.copyOf(children);
    }
  }

  /// Somebody asked not to be told of it for now: the alarm is suppressed by another, or muted.
  ///
  /// @param what what it would be otherwise
  record Silenced(String why, Recognised what) implements Recognised {}

  /// Readable, and nothing to do with this provider's load balancers: to be logged, counted and let
  /// go.
  record NotOurs(String why) implements Recognised {}

  /// It may well be an alarm of ours, but cannot be read: a person must see it.
  ///
  /// @param why the field, what was found and what was expected
  record Unreadable(String why) implements Recognised {}
}
