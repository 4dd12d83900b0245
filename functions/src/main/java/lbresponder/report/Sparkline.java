package lbresponder.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.evidence.Case;
import lbresponder.facts.Alarm;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Load.Series;
import org.jspecify.annotations.Nullable;

/// The alarm's metric from the ordinary hour before to now, small enough for a line of text.
///
/// @param metric the provider's name of it
/// @param statistic what each datapoint is of its period, e.g. `Sum`
/// @param line one character for each column, oldest first: a space where nothing was published and
///   that does not mean zero, `▁` for zero, up to `█` for the peak; each column shows its highest
///   datapoint
/// @param peak the highest datapoint
/// @param from when the first column begins
/// @param to when the last column ends
/// @param incidentColumn the column in which the incident begins
/// @param secondsPerColumn how much time a column stands for
/// @param values what each column of `line` shows; null where nothing was published and that does
///   not mean zero
/// @param threshold what the alarm compared such datapoints with; null where that is not known, or
///   the alarm counted in another way
/// @param alarmedAt when the alarm came into its state; null where that is not within the time
///   shown
public record Sparkline(
    String metric,
    String statistic,
    String line,
    double peak,
    Instant from,
    Instant to,
    int incidentColumn,
    long secondsPerColumn,
    List<@Nullable Double> values,
    @Nullable Double threshold,
    @Nullable Instant alarmedAt) {

  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int COLUMNS = 60;

  /// Statistics whose values grow with the length of a datapoint.
  private static final Set<String> ADDITIVE = Set.of("sum", "samplecount");

  static @Nullable Sparkline of(Case current) {
    return current.facts().load() instanceof Known.Value<Load>(Load load)
            && current.counts().alarmed() instanceof Known.Value<Series>(Series series)
            && series.points() instanceof Known.Value<List<Point>>(List<Point> points)
        ? draw(current.facts().incident().alarms().getFirst(), series, points, load)
        : null;
  }

  /// A value of a metric: without decimals where it has none, else two.
  public static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static Sparkline draw(Alarm alarm, Series series, List<Point> points, Load load) {
    Instant from = load.baseline().from();
    Instant to = load.incident().to();
    long seconds = to.getEpochSecond() - from.getEpochSecond();
    long width =
        Math.ceilDiv(Math.ceilDiv(seconds, load.periodSeconds()), COLUMNS) * load.periodSeconds();
    List<@Nullable Double> values = new ArrayList<>();
    for (long i = Math.ceilDiv(seconds, width); i > 0; i--) {
      values.add(series.zeroWhenAbsent() ? 0.0 : null);
    }
    for (Point point : points) {
      int column = column(point.at(), from, width);
      if (column >= 0 && column < values.size()) {
        values.set(column, higher(values.get(column), point.value()));
      }
    }
    return new Sparkline(
        series.metric(),
        series.statistic(),
        line(values, peak(values)),
        peak(values),
        from,
        to,
        column(load.incident().from(), from, width),
        width,
        Collections.unmodifiableList(values),
        isCountedAs(alarm.watched(), series, load) ? alarm.threshold() : null,
        alarm.changedAt().isBefore(from) || !alarm.changedAt().isBefore(to)
            ? null
            : alarm.changedAt());
  }

  /// Sums over another length of time are other numbers.
  private static boolean isCountedAs(Alarm.Watch watch, Series series, Load load) {
    return watch.statistic().equals(series.statistic())
        && (watch.periodSeconds() == load.periodSeconds()
            || !ADDITIVE.contains(watch.statistic().toLowerCase(Locale.ROOT)));
  }

  private static int column(Instant at, Instant from, long width) {
    return (int) Math.floorDiv(at.getEpochSecond() - from.getEpochSecond(), width);
  }

  private static @Nullable Double higher(@Nullable Double one, @Nullable Double other) {
    return one == null ? other : other == null ? one : (Double) Math.max(one, other);
  }

  private static double peak(List<@Nullable Double> values) {
    return values.stream().filter(Objects::nonNull).mapToDouble(value -> value).max().orElse(0);
  }

  /// The column in which the alarm came into its state; empty where that is not within what is
  /// shown.
  public OptionalInt alarmColumn() {
    return alarmedAt == null
        ? OptionalInt.empty()
        : OptionalInt.of(column(alarmedAt, from, secondsPerColumn));
  }

  /// The same in fewer columns, each the highest of those that it stands for.
  public Sparkline narrowed(int columns) {
    int each = Math.ceilDiv(values.size(), Math.max(columns, 1));
    List<@Nullable Double> narrow = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (i % each == 0) {
        narrow.add(values.get(i));
      } else {
        narrow.set(i / each, higher(narrow.getLast(), values.get(i)));
      }
    }
    return new Sparkline(
        metric,
        statistic,
        line(narrow, peak),
        peak,
        from,
        to,
        incidentColumn / each,
        secondsPerColumn * each,
        Collections.unmodifiableList(narrow),
        threshold,
        alarmedAt);
  }

  private static String line(List<@Nullable Double> values, double peak) {
    return values.stream()
        .map(value -> String.valueOf(bar(value, peak)))
        .collect(Collectors.joining());
  }

  private static char bar(@Nullable Double value, double peak) {
    if (value == null) {
      return ' ';
    }
    if (value == 0 || peak == 0) {
      return BARS.charAt(0);
    }
    return BARS.charAt(Math.max(1, (int) Math.round(value / peak * (BARS.length() - 1))));
  }
}
