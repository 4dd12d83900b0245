package lbresponder.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import lbresponder.report.Sparkline;

/// The alarm's metric for text of fixed width: what is drawn, the line between its axis' ends, and
/// marks below it for the incident's begin and the alarm.
public final class MetricLines {
  private MetricLines() {}

  /// @param width in characters
  public static List<String> of(Sparkline metric, int width) {
    String peak = Sparkline.number(metric.peak());
    Sparkline drawn = metric.narrowed(width - 5 - Fold.length(peak));
    List<String> lines = new ArrayList<>(Fold.text("  ", "  ", head(metric), width));
    lines.add("  0 %s %s".formatted(drawn.line(), peak));
    lines.addAll(Fold.text("    " + marks(drawn) + " ", "    ", meaning(drawn), width));
    return lines;
  }

  private static String head(Sparkline metric) {
    return "%s (%s), %s to %s UTC%s"
        .formatted(
            metric.metric(),
            metric.statistic(),
            Ages.minute(metric.from()),
            Ages.minute(metric.to()),
            threshold(metric));
  }

  /// Empty where it is not known.
  static String threshold(Sparkline metric) {
    return metric.threshold() == null ? "" : ", threshold " + Sparkline.number(metric.threshold());
  }

  /// `^` in the column where the incident begins, `!` where the alarm came; where both are in one
  /// column, `!`.
  static String marks(Sparkline drawn) {
    OptionalInt alarm = drawn.alarmColumn();
    int begin = drawn.incidentColumn();
    StringBuilder marks = new StringBuilder();
    marks.repeat(" ", Math.max(begin, alarm.orElse(begin)) + 1);
    marks.setCharAt(begin, '^');
    alarm.ifPresent(column -> marks.setCharAt(column, '!'));
    return marks.toString();
  }

  static String meaning(Sparkline drawn) {
    if (drawn.alarmedAt() == null) {
      return "incident";
    }
    String alarm = "alarm " + Ages.minute(drawn.alarmedAt());
    return drawn.alarmColumn().orElseThrow() == drawn.incidentColumn()
        ? "incident, " + alarm
        : "^ incident, ! " + alarm;
  }
}
