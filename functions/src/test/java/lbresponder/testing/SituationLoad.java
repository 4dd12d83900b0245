package lbresponder.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import org.jspecify.annotations.Nullable;

/// The metrics of a {@link Situation}, by the minute: each minute 100 requests, 20 for each target,
/// 100 answers of 2xx in half a second each, and three healthy targets. Nothing else is counted.
public final class SituationLoad {
  private static final int HOUR = 60;
  private static final int MINUTES = 15;

  /// Where silence does not mean zero.
  private static final Set<Measure> MEASURED =
      Set.of(Measure.RESPONSE_TIME, Measure.HEALTHY_TARGETS, Measure.UNHEALTHY_TARGETS);

  private record Key(Measure measure, @Nullable String group, @Nullable String zone) {}

  private final Map<Key, Series> series = new LinkedHashMap<>();
  private @Nullable Known<Load> other;
  private Instant settled = Situation.minute(MINUTES);

  SituationLoad() {
    for (Measure measure : Measure.values()) {
      put(new Key(measure, null, null), Known.of(List.of()));
    }
    // A witness of its own: a test that is about it counts it.
    remove(Measure.BLOCKED_INBOUND).remove(Measure.BLOCKED_OUTBOUND);
    steady(Measure.REQUESTS, null, 100);
    steady(Measure.REQUESTS_PER_TARGET, null, 20);
    steady(Measure.TARGET_2XX, null, 100);
    steady(Measure.RESPONSE_TIME, null, 0.5);
    for (@Nullable String group : new @Nullable String[] {null, "tg"}) {
      steady(Measure.HEALTHY_TARGETS, group, 3);
      steady(Measure.UNHEALTHY_TARGETS, group, 0);
    }
  }

  /// The same each minute of the hour before and of the incident.
  public SituationLoad steady(Measure measure, @Nullable String group, double value) {
    return before(measure, group, value).during(measure, group, value);
  }

  /// The same each minute of the hour before; the incident stays as it is.
  public SituationLoad before(Measure measure, @Nullable String group, double value) {
    List<Point> points = new ArrayList<>();
    for (int minute = -HOUR; minute < 0; minute++) {
      points.add(new Point(Situation.minute(minute), value));
    }
    points.addAll(points(measure, group, true));
    return set(measure, group, points);
  }

  /// The same each minute of the incident; the hour before stays as it is.
  public SituationLoad during(Measure measure, @Nullable String group, double value) {
    double[] values = new double[MINUTES];
    Arrays.fill(values, value);
    return minutes(measure, group, values);
  }

  /// The first minutes of the incident, after which nothing more was published; the hour before
  /// stays as it is.
  ///
  /// @param values NaN: nothing was published in that minute
  public SituationLoad minutes(Measure measure, @Nullable String group, double... values) {
    List<Point> points = new ArrayList<>(points(measure, group, false));
    for (int minute = 0; minute < values.length; minute++) {
      if (!Double.isNaN(values[minute])) {
        points.add(new Point(Situation.minute(minute), values[minute]));
      }
    }
    return set(measure, group, points);
  }

  /// Connections failed in the sixth minute. Before that half as much again came as usual, and
  /// answers took half as long again.
  public SituationLoad overloaded() {
    return busier().during(Measure.RESPONSE_TIME, null, 0.75);
  }

  /// As {@link #overloaded}, with answers as fast as usual.
  public SituationLoad busier() {
    return errorsFrom(5).during(Measure.REQUESTS, null, 150);
  }

  /// One connection failed, in this minute.
  public SituationLoad errorsFrom(int minute) {
    double[] values = new double[minute + 1];
    values[minute] = 1;
    return minutes(Measure.CONNECTION_ERRORS, null, values);
  }

  /// Nothing was published at all.
  public SituationLoad silent(Measure measure, @Nullable String group) {
    return set(measure, group, List.of());
  }

  public SituationLoad unread(Measure measure) {
    put(new Key(measure, null, null), Known.unknown(Situation.UNREAD));
    return this;
  }

  /// As {@link #unread(Measure)}, of one target group.
  public SituationLoad unread(Measure measure, String group) {
    put(new Key(measure, group, null), Known.unknown(Situation.UNREAD));
    return this;
  }

  /// There is no such metric, neither of the load balancer nor of its groups.
  public SituationLoad remove(Measure measure) {
    series.keySet().removeIf(key -> key.measure() == measure);
    return this;
  }

  /// A metric of one zone, of which only the incident's first minute was published.
  public SituationLoad ofZone(Measure measure, String zone, double value) {
    put(new Key(measure, null, zone), Known.of(List.of(new Point(Situation.BEGAN, value))));
    return this;
  }

  /// The datapoints of this minute and those after it may still change.
  public SituationLoad settledBy(double minute) {
    settled = Situation.minute(minute);
    return this;
  }

  /// No metric could be read.
  public void unread() {
    other = Known.unknown(Situation.UNREAD);
  }

  /// There are no metrics.
  public void none() {
    other = Known.none(Situation.NONE);
  }

  /// All datapoints of a metric.
  public SituationLoad set(Measure measure, @Nullable String group, List<Point> points) {
    put(new Key(measure, group, null), Known.of(List.copyOf(points)));
    return this;
  }

  private void put(Key key, Known<List<Point>> points) {
    series.put(
        key,
        new Series(
            key.measure(),
            key.measure().name(),
            key.group(),
            key.zone(),
            "Sum",
            !MEASURED.contains(key.measure()),
            points));
  }

  private List<Point> points(Measure measure, @Nullable String group, boolean within) {
    Series known = series.get(new Key(measure, group, null));
    return known == null
        ? List.of()
        : known.points().orElse(List.of()).stream()
            .filter(point -> point.at().isBefore(Situation.BEGAN) != within)
            .toList();
  }

  Known<Load> read() {
    return other != null
        ? other
        : Known.of(
            new Load(
                new Window(Situation.BEGAN, Situation.minute(MINUTES)),
                new Window(Situation.minute(-HOUR), Situation.BEGAN),
                60,
                settled,
                List.copyOf(series.values())));
  }
}
