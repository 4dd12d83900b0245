package lbresponder.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;

/// When the trouble began, by the metric that the alarm watches: with the first datapoint that
/// stands out from the hour before, walked back over trouble without a break. An alarm looks at its
/// last datapoints only, and may fire long after the first error.
///
/// @param at empty: nobody alarmed, the metric was not read, nothing in it stands out, or it did so
///   already when reading begins
/// @param load as it was read, with the incident beginning no later than that, and the ordinary
///   time ending before it: of no length where hardly any is left, or where nothing stands out and
///   the alarm was not OK before
record Onset(Optional<Instant> at, Known<Load> load) {
  /// So many times the ordinary level is trouble, whatever that level is.
  private static final double STANDS_OUT = 2.0;

  /// What is less than this part of the worst minute is noise beside it.
  private static final double NOTEWORTHY = 0.1;

  /// The ordinary level is what a tenth of the minutes do not reach, so that trouble of most of an
  /// hour is not taken for ordinary.
  private static final double LOW = 0.1;

  /// One quiet minute may be chance.
  private static final int QUIET = 1;

  private static final Duration FIRST_SIGNS = Duration.ofMinutes(5);

  /// Less is too little to know what is ordinary.
  private static final Duration SHORTEST = Duration.ofMinutes(10);

  static Onset of(Facts facts) {
    if (!(facts.load() instanceof Known.Value<Load>(Load load))) {
      return new Onset(Optional.empty(), facts.load());
    }
    List<Series> alarmed = alarmed(facts.incident(), load);
    return alarmed.isEmpty()
        ? new Onset(Optional.empty(), facts.load())
        : in(load, alarmed, wasFoundWell(facts.incident().alarms().getFirst()));
  }

  /// What the first alarm watches: of an expression over several metrics those that count the same.
  private static List<Series> alarmed(Incident incident, Load load) {
    return incident.alarms().stream()
        .limit(1)
        .flatMap(alarm -> alarm.watchesOfTheSame().stream())
        .flatMap(watch -> load.series(watch.measure(), watch.targetGroup(), watch.zone()).stream())
        .filter(series -> series.points().isKnown())
        .toList();
  }

  /// Whether the alarm looked at the metric before and found nothing wrong: else what goes on all
  /// through the time that was read may be the same trouble, and none of it ordinary.
  private static boolean wasFoundWell(Alarm alarm) {
    return alarm.previousState() == Alarm.State.OK;
  }

  private static Onset in(Load load, List<Series> alarmed, boolean wasFoundWell) {
    List<Point> points = points(load, alarmed);
    Measure measure = alarmed.getFirst().measure();
    List<Boolean> trouble = trouble(points, load, measure);
    int first = first(points, trouble, load);
    if (first < 0) {
      boolean ordinary = wasFoundWell || !goesOn(points, measure);
      return new Onset(Optional.empty(), Known.of(ordinary ? load : withoutOrdinary(load)));
    }
    int begin = walkedBack(first, trouble);
    boolean seen = begin > QUIET;
    return new Onset(
        seen ? Optional.of(points.get(begin).at()) : Optional.empty(),
        Known.of(from(points.get(begin).at(), load)));
  }

  /// Whether it tells of trouble, where it stays as it is. How many requests are too many, or how
  /// slow is too slow, only who made the alarm knows.
  private static boolean goesOn(List<Point> points, Measure measure) {
    return measure == Measure.HEALTHY_TARGETS
        || ((measure.countsErrors() || measure.countsHealth())
            && points.stream().anyMatch(point -> point.value() > 0));
  }

  private static int first(List<Point> points, List<Boolean> trouble, Load load) {
    for (int i = 0; i < points.size(); i++) {
      if (trouble.get(i) && load.incident().contains(points.get(i).at())) {
        return i;
      }
    }
    return -1;
  }

  private static int walkedBack(int first, List<Boolean> trouble) {
    int begin = first;
    for (int i = first - 1; i >= 0 && begin - i <= QUIET + 1; i--) {
      begin = trouble.get(i) ? i : begin;
    }
    return begin;
  }

  private static Load from(Instant begin, Load load) {
    Instant from = begin.isBefore(load.incident().from()) ? begin : load.incident().from();
    Instant before = from.minus(FIRST_SIGNS);
    Window usual = load.baseline();
    Instant to =
        from.equals(load.incident().from()) || usual.to().isBefore(before) ? usual.to() : before;
    boolean enough = Duration.between(usual.from(), to).compareTo(SHORTEST) >= 0;
    return with(
        new Window(from, load.incident().to()),
        new Window(usual.from(), enough ? to : usual.from()),
        load);
  }

  private static Load withoutOrdinary(Load load) {
    return with(load.incident(), new Window(load.baseline().from(), load.baseline().from()), load);
  }

  private static Load with(Window incident, Window baseline, Load load) {
    return new Load(incident, baseline, load.periodSeconds(), load.settled(), load.series());
  }

  /// The sum of the series, from the beginning of the ordinary time on. Where silence means zero,
  /// each minute is there.
  private static List<Point> points(Load load, List<Series> alarmed) {
    Map<Instant, Double> sums = new TreeMap<>();
    Window whole = new Window(load.baseline().from(), load.incident().to());
    if (alarmed.stream().allMatch(Series::zeroWhenAbsent)) {
      for (Instant at = whole.from();
          at.isBefore(whole.to());
          at = at.plusSeconds(load.periodSeconds())) {
        sums.put(at, 0.0);
      }
    }
    alarmed.forEach(
        series ->
            series
                .in(whole)
                .orElse(List.of())
                .forEach(point -> sums.merge(point.at(), point.value(), Double::sum)));
    List<Point> points = new ArrayList<>();
    sums.forEach((at, value) -> points.add(new Point(at, value)));
    return points;
  }

  private static List<Boolean> trouble(List<Point> points, Load load, Measure measure) {
    double[] usual =
        points.stream()
            .filter(point -> load.baseline().contains(point.at()))
            .mapToDouble(Point::value)
            .sorted()
            .toArray();
    double peak = points.stream().mapToDouble(Point::value).max().orElse(0);
    double low = usual.length == 0 ? 0 : usual[(int) (usual.length * LOW)];
    double high = usual.length == 0 ? peak : usual[usual.length - 1 - (int) (usual.length * LOW)];
    return points.stream()
        .map(
            point ->
                switch (measure) {
                  case HEALTHY_TARGETS -> point.value() < high;
                  case UNHEALTHY_TARGETS -> point.value() > low;
                  default -> point.value() > low * STANDS_OUT && point.value() >= peak * NOTEWORTHY;
                })
        .toList();
  }
}
