package lbresponder.evidence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import lbresponder.facts.Traits;
import org.jspecify.annotations.Nullable;

/// What checks ask of the metrics: sums over the incident, means as multiples of the ordinary hour
/// before it, and when the trouble began.
public final class Counts {
  private final Incident incident;
  private final Traits traits;
  private final Known<Load> load;
  private final Optional<Instant> onset;
  private final Set<String> scope;

  /// @param onset when the trouble began; empty where that is not known
  Counts(Facts facts, Optional<Instant> onset) {
    this.incident = facts.incident();
    this.traits = facts.incident().loadBalancer().traits();
    this.load = facts.load();
    this.onset = onset;
    this.scope = AlarmScope.of(facts.incident()).targetGroups();
  }

  /// @return None where this kind of load balancer does not count it; Unknown where the series was
  ///   not read: what is of no use for an alarm is left out on purpose
  public Known<Series> series(
      Measure measure, @Nullable String targetGroup, @Nullable String zone) {
    Known<Series> read =
        load.flatMap(
            known ->
                known
                    .series(measure, targetGroup, zone)
                    .<Known<Series>>map(Known::of)
                    .orElse(Known.unknown(measure + " was not read for this alarm")));
    return read.isKnown() || traits.counts(measure)
        ? read
        : Known.none("this kind of load balancer does not count " + measure);
  }

  /// What an alarm watches.
  public Known<Series> series(Alarm.Watch watch) {
    return series(watch.measure(), watch.targetGroup(), watch.zone());
  }

  /// The sum over the incident; of the whole load balancer where no target group is given.
  public Known<Double> total(Measure measure, @Nullable String targetGroup) {
    return series(measure, targetGroup, null)
        .flatMap(series -> load.flatMap(known -> series.total(known.incident())));
  }

  /// The sum over the incident of the whole load balancer.
  public Known<Double> ofLoadBalancer(Measure measure) {
    return total(measure, null);
  }

  /// The sum over the incident for the target groups in question: the load balancer's own count
  /// where they are all of it, else the groups' counts.
  public Known<Double> inScope(Measure measure) {
    if (scope.isEmpty()) {
      return ofLoadBalancer(measure);
    }
    Known<Double> sum = Known.of(0.0);
    for (String group : scope) {
      Known<Double> own = total(measure, group);
      sum = sum.flatMap(before -> own.map(more -> before + more));
    }
    return sum;
  }

  /// The sum for one target group where this load balancer counts by group, else for all of it.
  public Known<Double> nearest(Measure measure, String targetGroup) {
    return total(measure, nearestTo(measure, targetGroup));
  }

  /// As {@link #nearest}, beside the ordinary level.
  public Known<Count> nearestCount(Measure measure, String targetGroup) {
    return count(measure, nearestTo(measure, targetGroup));
  }

  /// As {@link #series}, for one target group where this load balancer counts by group, else for
  /// all of it.
  public Known<Series> nearestSeries(Measure measure, String targetGroup) {
    return series(measure, nearestTo(measure, targetGroup), null);
  }

  /// As {@link #usual}, for one target group where this load balancer counts by group, else for all
  /// of it.
  public Known<Double> nearestUsual(Measure measure, String targetGroup) {
    return usual(measure, nearestTo(measure, targetGroup));
  }

  /// The target group itself where this load balancer counts by group; null, which stands for all
  /// of it, where it does not.
  private @Nullable String nearestTo(Measure measure, String targetGroup) {
    boolean byGroup =
        load.map(
                known ->
                    known.series().stream()
                        .anyMatch(
                            series -> series.measure() == measure && series.targetGroup() != null))
            .orElse(false);
    return byGroup ? targetGroup : null;
  }

  /// The first of several counts that this kind of load balancer keeps, over the whole of it.
  public Known<Double> firstKept(Measure... measures) {
    return Stream.of(measures)
        .filter(traits::counts)
        .findFirst()
        .map(this::ofLoadBalancer)
        .orElse(Known.none("this kind of load balancer counts none of them"));
  }

  /// What the provider calls it.
  public String name(Measure measure, @Nullable String targetGroup) {
    return series(measure, targetGroup, null).map(Series::metric).orElse(measure.name());
  }

  /// The series that the first alarm is about; Unknown where nobody alarmed.
  public Known<Series> alarmed() {
    return incident.alarms().stream()
        .findFirst()
        .map(Alarm::watched)
        .map(this::series)
        .orElse(Known.unknown("no alarm"));
  }

  /// When the alarm's own metric first stood out, see {@link Onset}; empty where that is not known.
  public Optional<Instant> onset() {
    return onset;
  }

  /// The datapoints of the incident that are more than the ordinary level and its swings.
  private List<Point> risen(Series series) {
    Known<Double> usual = usual(series);
    return load.flatMap(known -> series.in(known.incident())).orElse(List.of()).stream()
        .filter(
            point -> point.value() > 0 && new Count(point.value(), usual).hasRisen().orElse(true))
        .toList();
  }

  /// The last minute of the incident in which errors came as the alarm counts them; empty where it
  /// counts none, or they could not be read.
  public Optional<Instant> lastTrouble() {
    return watches().stream()
        .filter(watch -> watch.measure().countsErrors())
        .flatMap(watch -> series(watch).map(this::risen).orElse(List.of()).stream())
        .map(Point::at)
        .max(Comparator.naturalOrder());
  }

  /// The highest datapoint of the incident.
  public Known<Double> peak(Series series) {
    return load.flatMap(known -> series.peak(known.incident()));
  }

  /// The highest datapoint of the incident.
  public Known<Double> peak(Measure measure, @Nullable String targetGroup) {
    return series(measure, targetGroup, null).flatMap(this::peak);
  }

  /// A mean over a window as a multiple of the baseline's; infinite where there was none before and
  /// is some now, zero where there is none now.
  public Known<Double> growth(Measure measure, @Nullable String targetGroup, Window window) {
    return series(measure, targetGroup, null)
        .flatMap(
            series ->
                load.flatMap(known -> mean(series, window, known))
                    .flatMap(now -> usual(series).map(usual -> now == 0 ? 0 : now / usual)));
  }

  /// The same over the incident, for the whole load balancer.
  public Known<Double> growth(Measure measure) {
    return load.flatMap(known -> growth(measure, null, known.incident()));
  }

  /// As {@link #total}, beside the ordinary level.
  public Known<Count> count(Measure measure, @Nullable String targetGroup) {
    return series(measure, targetGroup, null).flatMap(this::count);
  }

  private Known<Count> count(Series series) {
    return load.flatMap(
        known ->
            series
                .total(known.incident())
                .map(now -> new Count(now, usual(series, known), !incident.alarms().isEmpty()))
                .flatMap(this::comparable));
  }

  private Known<Double> usual(Series series, Load known) {
    return usual(series)
        .map(usual -> usual * known.incident().minutes() * 60 / known.periodSeconds());
  }

  /// Where nobody alarmed, a count says something beside the ordinary level only.
  private Known<Count> comparable(Count count) {
    return count.alarmed() ? Known.of(count) : count.usual().map(_ -> count);
  }

  /// Its mean in the ordinary time; Unknown as for {@link Count#usual}.
  public Known<Double> usual(Measure measure, @Nullable String targetGroup) {
    return series(measure, targetGroup, null).flatMap(this::usual);
  }

  private Known<Double> usual(Series series) {
    return load.flatMap(known -> mean(series, known.baseline(), known));
  }

  /// How many times longer answers take in the incident than usual, for the target group in
  /// question where that is measured apart.
  public Known<Double> slowness() {
    String group =
        scope.size() == 1 ? nearestTo(Measure.RESPONSE_TIME, scope.iterator().next()) : null;
    return load.flatMap(known -> growth(Measure.RESPONSE_TIME, group, known.incident()));
  }

  /// As {@link #inScope}, beside the ordinary level.
  public Known<Count> countInScope(Measure measure) {
    return scope.isEmpty()
        ? count(measure, null)
        : sum(scope.stream().map(group -> count(measure, group)).toList());
  }

  /// What the alarm itself counts, in all that it watches; None where it does not count events, as
  /// one on the number of targets. Unknown where nobody alarmed.
  public Known<Count> ofAlarm() {
    List<Known<Count>> counts = new ArrayList<>();
    for (Alarm.Watch watch : watches()) {
      if (!watch.measure().countsErrors()) {
        return Known.none("the alarm counts no errors");
      }
      counts.add(series(watch).flatMap(this::count));
    }
    return counts.isEmpty() ? Known.unknown("no alarm") : sum(counts);
  }

  /// What the first alarm watches of its measure.
  private List<Alarm.Watch> watches() {
    return incident.alarms().stream()
        .limit(1)
        .flatMap(alarm -> alarm.watchesOfTheSame().stream())
        .toList();
  }

  private static Known<Count> sum(List<Known<Count>> counts) {
    Known<Count> sum = Known.of(Count.NONE);
    for (Known<Count> count : counts) {
      sum = sum.flatMap(before -> count.map(before::plus));
    }
    return sum;
  }

  /// Whether its mean in the baseline was above zero; false where that is not known.
  public boolean hadAnyBefore(Measure measure, @Nullable String targetGroup) {
    return usual(measure, targetGroup).map(usual -> usual > 0).orElse(false);
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
