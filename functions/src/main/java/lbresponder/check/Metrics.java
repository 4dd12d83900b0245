package lbresponder.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import org.jspecify.annotations.Nullable;

/// What the checks ask of the metrics.
final class Metrics {
  private Metrics() {}

  /// @return Unknown also where the provider has no such metric for this kind of load balancer
  static Known<Series> series(
      Facts facts, Measure measure, @Nullable String targetGroup, @Nullable String zone) {
    return facts
        .load()
        .flatMap(
            load ->
                load.series(measure, targetGroup, zone)
                    .<Known<Series>>map(Known::of)
                    .orElse(Known.unknown("no metric counts " + measure + " here")));
  }

  /// The sum over the incident.
  static Known<Double> total(Facts facts, Measure measure, @Nullable String targetGroup) {
    return series(facts, measure, targetGroup, null)
        .flatMap(series -> facts.load().flatMap(load -> series.total(load.incident())));
  }

  /// The sum over the incident for the target groups in question: the load balancer's own count
  /// where they are all of it, else the groups' counts.
  static Known<Double> total(Facts facts, Measure measure) {
    Set<String> groups = namedGroups(facts);
    if (groups.isEmpty()) {
      return total(facts, measure, null);
    }
    Known<Double> sum = Known.of(0.0);
    for (String group : groups) {
      Known<Double> one = total(facts, measure, group);
      sum = sum.flatMap(before -> one.map(value -> before + value));
    }
    return sum;
  }

  /// Ids of the target groups the alarms are limited to; empty: not limited.
  static Set<String> namedGroups(Facts facts) {
    List<Alarm> alarms = facts.incident().alarms();
    if (alarms.stream().anyMatch(alarm -> alarm.watched().targetGroup() == null)) {
      return Set.of();
    }
    return alarms.stream()
        .flatMap(alarm -> Stream.ofNullable(alarm.watched().targetGroup()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /// The series that the first alarm is about; Unknown where nobody alarmed.
  static Known<Series> alarmed(Facts facts) {
    return facts.incident().alarms().stream()
        .findFirst()
        .map(Alarm::watched)
        .map(watch -> series(facts, watch.measure(), watch.targetGroup(), watch.zone()))
        .orElse(Known.unknown("no alarm"));
  }

  /// The start of the first datapoint above zero in a window.
  static Optional<Instant> onset(Series series, Window window) {
    return series.in(window).orElse(List.of()).stream()
        .filter(point -> point.value() > 0)
        .map(Point::at)
        .findFirst();
  }

  /// The mean of a window's datapoints; where silence means zero, missing ones count as zero.
  static Known<Double> mean(Series series, Window window, Load load) {
    return series
        .in(window)
        .flatMap(
            points -> {
              long count =
                  series.zeroWhenAbsent()
                      ? Math.round(window.minutes() * 60 / load.periodSeconds())
                      : points.size();
              if (count == 0) {
                return Known.unknown(
                    "%s has no datapoint between %s and %s"
                        .formatted(series.metric(), window.from(), window.to()));
              }
              return Known.of(points.stream().mapToDouble(Point::value).sum() / count);
            });
  }
}
