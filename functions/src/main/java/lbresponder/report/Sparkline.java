package lbresponder.report;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lbresponder.evidence.Case;
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
public record Sparkline(
    String metric,
    String statistic,
    String line,
    double peak,
    Instant from,
    Instant to,
    int incidentColumn,
    long secondsPerColumn) {

  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final int COLUMNS = 60;

  static @Nullable Sparkline of(Case current) {
    return current.facts().load() instanceof Known.Value<Load>(Load load)
            && current.counts().alarmed() instanceof Known.Value<Series>(Series series)
        ? draw(series, load)
        : null;
  }

  /// A value of a metric: without decimals where it has none, else two.
  public static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static @Nullable Sparkline draw(Series series, Load load) {
    if (!(series.points() instanceof Known.Value<List<Point>>(List<Point> points))) {
      return null;
    }
    long from = load.baseline().from().getEpochSecond();
    long to = load.incident().to().getEpochSecond();
    long width =
        Math.ceilDiv(Math.ceilDiv(to - from, load.periodSeconds()), COLUMNS) * load.periodSeconds();
    int columns = (int) Math.ceilDiv(to - from, width);
    double[] highest = new double[columns];
    Arrays.fill(highest, series.zeroWhenAbsent() ? 0 : -1);
    for (Point point : points) {
      int column = (int) Math.floorDiv(point.at().getEpochSecond() - from, width);
      if (column >= 0 && column < columns) {
        highest[column] = Math.max(highest[column], point.value());
      }
    }
    double peak = Math.max(0, Arrays.stream(highest).max().orElse(0));
    StringBuilder line = new StringBuilder();
    for (double value : highest) {
      line.append(bar(value, peak));
    }
    return new Sparkline(
        series.metric(),
        series.statistic(),
        line.toString(),
        peak,
        load.baseline().from(),
        load.incident().to(),
        (int) ((load.incident().from().getEpochSecond() - from) / width),
        width);
  }

  /// The same in fewer columns, each the highest of those that it stands for.
  public Sparkline narrowed(int columns) {
    int each = Math.ceilDiv(line.length(), Math.max(columns, 1));
    StringBuilder narrow = new StringBuilder();
    for (int i = 0; i < line.length(); i += each) {
      int highest = -1;
      for (int j = i; j < Math.min(i + each, line.length()); j++) {
        highest = Math.max(highest, BARS.indexOf(line.charAt(j)));
      }
      narrow.append(highest < 0 ? ' ' : BARS.charAt(highest));
    }
    return new Sparkline(
        metric,
        statistic,
        narrow.toString(),
        peak,
        from,
        to,
        incidentColumn / each,
        secondsPerColumn * each);
  }

  private static char bar(double value, double peak) {
    if (value < 0) {
      return ' ';
    }
    if (value == 0 || peak == 0) {
      return BARS.charAt(0);
    }
    return BARS.charAt(Math.max(1, (int) Math.round(value / peak * (BARS.length() - 1))));
  }
}
