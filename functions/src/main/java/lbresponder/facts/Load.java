package lbresponder.facts;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the metrics say, in two windows that do not overlap: the incident's, and an ordinary time
/// before it.
///
/// @param periodSeconds length of one datapoint
/// @param settled datapoints that start at or after this may still be missing or change
public record Load(
    Window incident, Window baseline, int periodSeconds, Instant settled, List<Series> series) {

  public Load {
    series = List.copyOf(series);
    if (baseline.to().isAfter(incident.from())) {
      throw new IllegalArgumentException("the baseline ends within the incident");
    }
  }

  /// @param from inclusive
  /// @param to exclusive
  public record Window(Instant from, Instant to) {
    public boolean contains(Instant instant) {
      return !instant.isBefore(from) && instant.isBefore(to);
    }

    public double minutes() {
      return (to.getEpochSecond() - from.getEpochSecond()) / 60.0;
    }
  }

  /// @param at when the datapoint starts
  public record Point(Instant at, double value) {}

  /// One metric, limited to a target group or zone or neither.
  ///
  /// @param metric as the provider names it
  /// @param targetGroup null: all of the load balancer
  /// @param zone null: all
  /// @param zeroWhenAbsent true where the provider publishes it only when it is not zero: a missing
  ///   datapoint is a zero. Otherwise a missing datapoint is not known.
  /// @param points oldest first; Unknown where it could not be read, or where nothing was published
  ///   although silence does not mean zero
  public record Series(
      Measure measure,
      String metric,
      @Nullable String targetGroup,
      @Nullable String zone,
      String statistic,
      boolean zeroWhenAbsent,
      Known<List<Point>> points) {

    /// Only the points within a window.
    public Known<List<Point>> in(Window window) {
      return points.map(all -> all.stream().filter(point -> window.contains(point.at())).toList());
    }

    /// The sum over a window. Unknown where nothing was published in it and silence does not mean
    /// zero.
    public Known<Double> total(Window window) {
      return meaningful(window).map(points -> points.stream().mapToDouble(Point::value).sum());
    }

    /// The highest datapoint of a window; zero or Unknown as for {@link #total}.
    public Known<Double> peak(Window window) {
      return meaningful(window)
          .map(points -> points.stream().mapToDouble(Point::value).max().orElse(0));
    }

    private Known<List<Point>> meaningful(Window window) {
      return in(window)
          .flatMap(
              points ->
                  points.isEmpty() && !zeroWhenAbsent
                      ? Known.unknown(
                          "%s has no datapoint between %s and %s"
                              .formatted(metric, window.from(), window.to()))
                      : Known.of(points));
    }
  }

  /// @param targetGroup null: the series over all target groups
  /// @param zone null: the series over all zones
  /// @return empty where the provider has no such metric for this kind of load balancer
  public Optional<Series> series(
      Measure measure, @Nullable String targetGroup, @Nullable String zone) {
    return series.stream()
        .filter(
            one ->
                one.measure() == measure
                    && Objects.equals(one.targetGroup(), targetGroup)
                    && Objects.equals(one.zone(), zone))
        .findFirst();
  }
}
