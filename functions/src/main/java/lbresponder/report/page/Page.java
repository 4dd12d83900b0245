package lbresponder.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.text.NextSteps;

/// Reports as one page that needs nothing beside it, in the order of the first screen: the verdict,
/// the way, proof and fix, the targets, the metric; everything else is folded.
public final class Page {
  private final Report report;

  private Page(Report report) {
    this.report = report;
  }

  /// @param reports of one event or request: one for each load balancer
  public static String write(List<Report> reports) {
    StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
    String style = style();
    Node.of(
            "html",
            head(reports, style),
            Node.of(
                "body",
                Node.of(
                    "main", reports.stream().map(report -> new Page(report).article()).toList()),
                Node.of(
                    "footer",
                    Node.of(
                        "p",
                        "Made by %s, which changes nothing: fixes are offered, never run. Ages count from when the facts were read."
                            .formatted(program(reports))))))
        .with("lang", "en")
        .write(out);
    return out.append('\n').toString();
  }

  /// With its version, where it is known.
  private static String program(List<Report> reports) {
    return reports.stream()
        .map(Report::version)
        .filter(Objects::nonNull)
        .findFirst()
        .map(version -> "lb-responder " + version)
        .orElse("lb-responder");
  }

  private static Node head(List<Report> reports, String style) {
    return Node.of(
        "head",
        Node.of("meta").with("charset", "utf-8"),
        Node.of("meta")
            .with("http-equiv", "Content-Security-Policy")
            .with(
                "content",
                "default-src 'none'; style-src '%s'; base-uri 'none'; form-action 'none'"
                    .formatted(hash(style))),
        Node.of("meta")
            .with("name", "viewport")
            .with("content", "width=device-width, initial-scale=1"),
        Node.of("meta").with("name", "color-scheme").with("content", "light dark"),
        Node.of("meta").with("name", "referrer").with("content", "no-referrer"),
        Node.of("title", reports.stream().map(Top::title).collect(Collectors.joining(" · "))),
        Node.of("style", style));
  }

  private Node article() {
    TargetGrid targets = new TargetGrid(report);
    List<Node> parts = new ArrayList<>();
    parts.add(new Top(report).node());
    parts.add(new WayView(report).chosen());
    parts.add(report.causes().isEmpty() ? next() : causes());
    parts.add(beside());
    parts.add(targets.grid());
    parts.add(MetricChart.of(report));
    parts.add(report.causes().isEmpty() ? Node.none() : refused());
    parts.add(new Rest(report, targets).node());
    return Node.of("article", parts);
  }

  /// The first has its title above.
  private Node causes() {
    CausePart first = report.causes().getFirst();
    List<Node> parts = new ArrayList<>(new CauseView(report, first, "h2").parts());
    List<CausePart> others = report.causes().subList(1, report.causes().size());
    if (!others.isEmpty()) {
      parts.add(Node.of("h2", "Further causes"));
    }
    for (CausePart other : others) {
      boolean sure = other.confidence().equals(first.confidence());
      parts.add(new CauseView(report, other, "h3").folded(sure));
    }
    return Node.of("section", parts).as("cause");
  }

  /// Where no cause is named: what would tell.
  private Node next() {
    List<Node> steps = NextSteps.of(report).stream().map(this::step).toList();
    return steps.isEmpty()
        ? Node.none()
        : Node.of("section", Node.of("h2", "Next"), Node.of("ul", steps)).as("cause");
  }

  /// What is to be pasted stands by itself.
  private Node step(String step) {
    boolean pasted = !report.grant().isEmpty() && step.endsWith(report.grant());
    return pasted
        ? Node.of(
            "li",
            Node.text(step.substring(0, step.length() - report.grant().length())),
            CauseView.commands(List.of(report.grant())))
        : Node.of("li", step);
  }

  private Node refused() {
    return report.grant().isEmpty()
        ? Node.none()
        : Node.of(
            "section",
            Node.of("h2", "Not read for want of permission"),
            Node.of("p", "Let it read what was refused:"),
            CauseView.commands(List.of(report.grant())));
  }

  private Node beside() {
    return report.sideFindings().isEmpty()
        ? Node.none()
        : Node.of(
            "section",
            Node.of("h2", "Also wrong, not the reason"),
            Node.of(
                "div",
                report.sideFindings().stream()
                    .map(found -> new CauseView(report, found, "h3").folded(false))
                    .toList()));
  }

  /// Has nothing in it that would be escaped.
  private static String style() {
    try (InputStream in =
        Objects.requireNonNull(
            Page.class.getResourceAsStream("/lbresponder/report/page.css"), "page.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String hash(String text) {
    try {
      return "sha256-"
          + Base64.getEncoder()
              .encodeToString(
                  MessageDigest.getInstance("SHA-256")
                      .digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
