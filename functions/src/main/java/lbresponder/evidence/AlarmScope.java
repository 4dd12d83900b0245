package lbresponder.evidence;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import org.jspecify.annotations.Nullable;

/// What the alarms are limited to. An alarm on one target group says nothing of the others: a fault
/// there is worth reporting, and is not its cause.
///
/// @param targetGroups ids; empty: not limited
/// @param zones names; empty: not limited
public record AlarmScope(Set<String> targetGroups, Set<String> zones) {
  static AlarmScope of(Incident incident) {
    return new AlarmScope(
        limits(incident, Alarm.Watch::targetGroup), limits(incident, Alarm.Watch::zone));
  }

  /// As soon as one alarm is about everything, nothing is a limit.
  private static Set<String> limits(
      Incident incident, Function<Alarm.Watch, @Nullable String> limit) {
    List<Alarm.Watch> watched =
        incident.alarms().stream().flatMap(alarm -> alarm.watchesOfTheSame().stream()).toList();
    if (watched.stream().anyMatch(watch -> limit.apply(watch) == null)) {
      return Set.of();
    }
    return watched.stream()
        .flatMap(watch -> Stream.ofNullable(limit.apply(watch)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
