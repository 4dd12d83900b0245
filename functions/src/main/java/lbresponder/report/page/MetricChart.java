package lbresponder.report.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lbresponder.report.Report;
import lbresponder.report.Sparkline;
import lbresponder.report.text.Words;

/// The alarm's metric, from the ordinary hour before to now. Positions are in percent of the width
/// and heights in pixels, so that letters keep their size on every screen.
final class MetricChart {
  private static final String BARS = "▁▂▃▄▅▆▇█";
  private static final double TOP = 26;
  private static final double BOTTOM = 146;

  private final Sparkline metric;
  private final List<Node> shapes = new ArrayList<>();

  private MetricChart(Sparkline metric) {
    this.metric = metric;
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
    line(BOTTOM, "axis");
    line(TOP, "grid");
    bars();
    incident();
    label(0, TOP - 6, "start", Sparkline.number(metric.peak()), "quiet");
    label(0, BOTTOM + 18, "start", Times.minute(metric.from()), "quiet");
    label(100, BOTTOM + 18, "end", Times.minute(metric.to()), "quiet");
    return Node.of(
        "section",
        Node.of("h2", title),
        Node.of("svg", shapes)
            .as("chart")
            .with("role", "img")
            .with("width", "100%")
            .with("height", "170"),
        Node.of("p", description()).as("quiet"));
  }

  private String description() {
    return "%s to %s: 0 to %s, a column is %s; incident from %s."
        .formatted(
            Times.minute(metric.from()),
            Times.minute(metric.to()),
            Sparkline.number(metric.peak()),
            Words.duration(Duration.ofSeconds(metric.secondsPerColumn())),
            Times.minute(begin()));
  }

  private Instant begin() {
    return metric.from().plusSeconds(metric.incidentColumn() * metric.secondsPerColumn());
  }

  private double x(double column) {
    return 100 * column / metric.line().length();
  }

  private void bars() {
    for (int i = 0; i < metric.line().length(); i++) {
      int height = BARS.indexOf(metric.line().charAt(i));
      if (height >= 0) {
        double pixels = Math.max(1.5, (BOTTOM - TOP) * height / (BARS.length() - 1));
        shapes.add(
            Node.of("rect")
                .as(i < metric.incidentColumn() ? "before" : "during")
                .with("x", percent(x(i + 0.1)))
                .with("y", number(BOTTOM - pixels))
                .with("width", percent(x(0.8)))
                .with("height", number(pixels)));
      }
    }
  }

  private void incident() {
    double x = x(metric.incidentColumn());
    shapes.add(
        Node.of("line")
            .as("incident")
            .with("x1", percent(x))
            .with("x2", percent(x))
            .with("y1", number(TOP - 14))
            .with("y2", number(BOTTOM)));
    label(x, TOP - 16, x > 50 ? "end" : "start", "incident " + Times.minute(begin()), "");
  }

  private void line(double y, String look) {
    shapes.add(
        Node.of("line")
            .as(look)
            .with("x1", "0")
            .with("x2", "100%")
            .with("y1", number(y))
            .with("y2", number(y)));
  }

  private void label(double x, double y, String anchor, String text, String look) {
    shapes.add(
        Node.of("text", text)
            .as(look)
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
