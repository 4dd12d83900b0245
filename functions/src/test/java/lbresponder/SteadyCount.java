package lbresponder;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import org.jspecify.annotations.Nullable;

/// So much more of a metric, each minute of the hour before and of the incident.
record SteadyCount(Measure measure, @Nullable String group, double each) {
  static SteadyCount of(Measure measure, @Nullable String group, double each) {
    return new SteadyCount(measure, group, each);
  }

  /// What the groups of a fault are counted with during it, all the time beside an incident: levels
  /// as high as they got, and one event a minute of each kind that there was.
  static Facts allOf(Facts fault, Facts incident) {
    Facts counted = incident;
    for (Series series : fault.load().map(Load::series).orElse(List.of())) {
      Window during = fault.load().map(Load::incident).orElse(new Window(Instant.MIN, Instant.MIN));
      double peak =
          series.points().orElse(List.of()).stream()
              .filter(point -> !point.at().isBefore(during.from()))
              .mapToDouble(Point::value)
              .max()
              .orElse(0);
      boolean isEvent = series.measure().countsErrors();
      if (series.zone() == null
          && (series.targetGroup() != null || isEvent)
          && !series.measure().countsHealth()) {
        double each = isEvent ? Math.min(1, peak) : peak;
        counted = of(series.measure(), series.targetGroup(), each).in(counted);
      }
    }
    return counted;
  }

  /// A metric of the whole load balancer that could not be read stays so.
  Facts in(Facts facts) {
    return facts.withLoad(facts.load().map(this::in));
  }

  private Load in(Load load) {
    List<Series> all = new ArrayList<>();
    boolean found = false;
    for (Series series : load.series()) {
      boolean own =
          series.measure() == measure
              && Objects.equals(series.targetGroup(), group)
              && series.zone() == null;
      found |= own;
      all.add(own ? with(series, load) : series);
    }
    if (!found && group != null) {
      all.add(with(empty(), load));
    }
    return new Load(load.incident(), load.baseline(), load.periodSeconds(), load.settled(), all);
  }

  private Series empty() {
    boolean isLevel = measure == Measure.UNHEALTHY_TARGETS || measure == Measure.HEALTHY_TARGETS;
    return new Series(measure, measure.name(), group, null, "Sum", !isLevel, Known.of(List.of()));
  }

  private Series with(Series series, Load load) {
    return new Series(
        series.measure(),
        series.metric(),
        series.targetGroup(),
        series.zone(),
        series.statistic(),
        series.zeroWhenAbsent(),
        series
            .points()
            .map(
                points ->
                    series.zeroWhenAbsent() || points.isEmpty()
                        ? everyMinute(points, load)
                        : points.stream()
                            .map(point -> new Point(point.at(), point.value() + each))
                            .toList()));
  }

  private List<Point> everyMinute(List<Point> points, Load load) {
    Map<Instant, Double> sums = new TreeMap<>();
    for (Instant at = load.baseline().from();
        at.isBefore(load.incident().to());
        at = at.plusSeconds(load.periodSeconds())) {
      sums.put(at, each);
    }
    points.forEach(point -> sums.merge(point.at(), point.value(), Double::sum));
    List<Point> all = new ArrayList<>();
    sums.forEach((at, value) -> all.add(new Point(at, value)));
    return all;
  }
}
