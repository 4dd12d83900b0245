package lbresponder.aws.read;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import lbresponder.facts.Alarm;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Measure;

/// Finds when trouble began that an alarm told of later: alarms look at a few datapoints, and what
/// they wait for may have gone on for long by then. What is before the alarm is not before the
/// trouble.
final class Onset {
  /// Trouble is at least this part of what the alarm looked at: errors that are there all day, and
  /// far fewer, are not its beginning.
  private static final double OF_TROUBLE = 0.5;

  private Onset() {}

  /// What a watch is about, where it was read.
  static Optional<Series> watched(Alarm.Watch watch, List<Series> series) {
    return series.stream()
        .filter(
            one ->
                one.measure() == watch.measure()
                    && Objects.equals(one.targetGroup(), watch.targetGroup())
                    && Objects.equals(one.zone(), watch.zone()))
        .findFirst();
  }

  /// @param series what the alarm is about
  /// @return when its trouble began, as far as the datapoints go back without a break; the
  ///   incident's own beginning where nothing tells more
  static Instant of(Series series, Times times) {
    List<Point> points = series.points().orElse(List.of());
    List<Point> within =
        points.stream().filter(point -> times.incident().contains(point.at())).toList();
    if (within.isEmpty() || !tells(series.measure())) {
      return times.incident().from();
    }
    boolean fewIsBad = series.measure() == Measure.HEALTHY_TARGETS;
    double level = fewIsBad ? within.getFirst().value() : OF_TROUBLE * median(within);
    Predicate<Point> isBad =
        point -> fewIsBad ? point.value() <= level : point.value() > 0 && point.value() >= level;
    Instant onset = times.incident().from();
    if (!within.getFirst().at().equals(onset) || !isBad.test(within.getFirst())) {
      return onset;
    }
    for (Point point : points.reversed()) {
      if (point.at().equals(onset.minusSeconds(times.seconds())) && isBad.test(point)) {
        onset = point.at();
      }
    }
    return onset;
  }

  /// Whether a datapoint tells trouble by itself: how many requests are too many, or how slow is
  /// too slow, only who made the alarm knows.
  private static boolean tells(Measure measure) {
    return switch (measure) {
      case REQUESTS, REQUESTS_PER_TARGET, RESPONSE_TIME, TARGET_2XX -> false;
      default -> true;
    };
  }

  /// Of what is above zero.
  private static double median(List<Point> points) {
    List<Double> values =
        points.stream().map(Point::value).filter(value -> value > 0).sorted().toList();
    return values.isEmpty() ? 0 : values.get(values.size() / 2);
  }
}
