package lbresponder.report.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Durations;
import lbresponder.report.Report;
import lbresponder.report.Sparkline;
import lbresponder.report.text.Ages;
import org.jspecify.annotations.Nullable;

/// The alarm's metric, from the ordinary hour before to now, with the alarm's threshold and where
/// incident and alarm begin. Positions are in percent of the width and heights in pixels, so that
/// letters keep their size on every screen.
final class MetricChart {
  private static final double TOP = 44;
  private static final double BOTTOM = 164;

  /// A zero that was published is seen.
  private static final double LOWEST_BAR = 1.5;

  private final Sparkline metric;

  /// The value at the top.
  private final double highest;

  private final List<Node> shapes = new ArrayList<>();

  private MetricChart(Sparkline metric) {
    this.metric = metric;
    double threshold = metric.threshold() == null ? 0 : metric.threshold();
    this.highest = Math.max(metric.peak(), threshold);
  }

  /// Nothing where no metric was read.
  static Node of(Report report) {
    Sparkline metric = report.metric();
    return metric == null ? Node.none() : new MetricChart(metric).section();
  }

  private Node section() {
    String title = "%s (%s)".formatted(metric.metric(), metric.statistic());
    shapes.add(Node.of("title", title));
    shapes.add(Node.of("desc", description()));
    bars();
    horizontal(BOTTOM, "axis");
    label(0, BOTTOM + 18, "start", Ages.minute(metric.from()));
    label(100, BOTTOM + 18, "end", Ages.minute(metric.to()) + " UTC");
    peak();
    threshold();
    incident();
    return Node.of(
        "section",
        Node.of("h2", title),
        Node.of("svg", shapes)
            .as("chart")
            .with("role", "img")
            .with("width", "100%")
            .with("height", "190"),
        Node.of("p", description()).as("quiet"));
  }

  private String description() {
    return Stream.of(
                "%s to %s UTC: at most %s, a column is %s"
                    .formatted(
                        Ages.minute(metric.from()),
                        Ages.minute(metric.to()),
                        Sparkline.number(metric.peak()),
                        Durations.words(Duration.ofSeconds(metric.secondsPerColumn()))),
                metric.threshold() == null
                    ? ""
                    : "threshold " + Sparkline.number(metric.threshold()),
                "incident from " + Ages.minute(begin()),
                alarm(metric.alarmedAt()))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", "))
        + ".";
  }

  private static String alarm(@Nullable Instant at) {
    return at == null ? "" : "alarm " + Ages.minute(at);
  }

  private Instant begin() {
    return metric.from().plusSeconds(metric.incidentColumn() * metric.secondsPerColumn());
  }

  private double x(double column) {
    return 100 * column / metric.values().size();
  }

  private double y(double value) {
    return highest <= 0 ? BOTTOM : BOTTOM - (BOTTOM - TOP) * Math.max(0, value) / highest;
  }

  private void bars() {
    for (int i = 0; i < metric.values().size(); i++) {
      Double value = metric.values().get(i);
      if (value != null) {
        double y = Math.min(y(value), BOTTOM - LOWEST_BAR);
        shapes.add(
            Node.of("rect")
                .as(i < metric.incidentColumn() ? "before" : "during")
                .with("x", percent(x(i + 0.1)))
                .with("y", number(y))
                .with("width", percent(x(0.8)))
                .with("height", number(BOTTOM - y)));
      }
    }
  }

  private void peak() {
    if (metric.peak() > 0) {
      horizontal(y(metric.peak()), "peak");
      label(0, y(metric.peak()) - 5, "start", Sparkline.number(metric.peak()));
    }
  }

  private void threshold() {
    if (metric.threshold() != null) {
      double y = y(metric.threshold());
      horizontal(y, "threshold");
      label(25, y - 5, "start", "threshold " + Sparkline.number(metric.threshold()));
    }
  }

  /// One above the other: they may be close.
  private void incident() {
    vertical(x(metric.incidentColumn()), 8, "incident " + Ages.minute(begin()), "incident");
    Instant alarmed = metric.alarmedAt();
    if (alarmed != null) {
      double seconds = Duration.between(metric.from(), alarmed).toSeconds();
      vertical(x(seconds / metric.secondsPerColumn()), 24, alarm(alarmed), "alarm");
    }
  }

  private void vertical(double x, double top, String text, String look) {
    shapes.add(
        Node.of("line")
            .as(look)
            .with("x1", percent(x))
            .with("x2", percent(x))
            .with("y1", number(top))
            .with("y2", number(BOTTOM)));
    boolean right = x > 50;
    label(right ? x - 1 : x + 1, top + 5, right ? "end" : "start", text);
  }

  private void horizontal(double y, String look) {
    shapes.add(
        Node.of("line")
            .as(look)
            .with("x1", "0")
            .with("x2", "100%")
            .with("y1", number(y))
            .with("y2", number(y)));
  }

  private void label(double x, double y, String anchor, String text) {
    shapes.add(
        Node.of("text", text)
            .with("x", percent(x))
            .with("y", number(y))
            .with("text-anchor", anchor));
  }

  private static String percent(double value) {
    return number(value) + "%";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
