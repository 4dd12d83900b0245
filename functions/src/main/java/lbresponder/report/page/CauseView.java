package lbresponder.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.text.Ages;
import lbresponder.report.text.Sentences;

/// A cause: what proves it, what mends it, what takes that back, and by what one sees that it
/// worked.
final class CauseView {
  private static final int MOST_TARGETS = 20;

  private final Report report;
  private final CausePart cause;
  private final String heading;

  /// @param heading of its parts, e.g. `h2`
  CauseView(Report report, CausePart cause, String heading) {
    this.report = report;
    this.cause = cause;
    this.heading = heading;
  }

  /// Without its title.
  List<Node> parts() {
    List<Node> parts = new ArrayList<>();
    parts.add(head("Proof"));
    List<String> reasons = Sentences.reasons(report, cause);
    parts.add(Node.of("ul", reasons.stream().map(reason -> Node.of("li", reason)).toList()));
    if (reasons.size() < cause.because().size()) {
      Ages ages = new Ages(report.at());
      parts.add(
          Folded.list(
              "All of the proof (%d)".formatted(cause.because().size()),
              cause.because().stream().map(ages::in).toList()));
    }
    if (!cause.targets().isEmpty()) {
      parts.add(Node.of("p", "On " + targets()).as("quiet"));
    }
    if (cause.fix().isEmpty()) {
      parts.add(head("Do"));
      parts.add(Node.of("p", cause.advice()));
    } else {
      fix(parts);
    }
    return parts;
  }

  private Node head(String name) {
    return Node.of(heading, name);
  }

  private String targets() {
    String first = cause.targets().stream().limit(MOST_TARGETS).collect(Collectors.joining(", "));
    int more = cause.targets().size() - MOST_TARGETS;
    return more > 0 ? "%s, and %d more".formatted(first, more) : first;
  }

  private void fix(List<Node> parts) {
    parts.add(head("Fix"));
    parts.add(Node.of("p", Sentences.tried(cause)).as("quiet"));
    parts.add(commands(cause.fix()));
    if (cause.changes() != null) {
      parts.add(Node.of("p", cause.changes()));
    }
    parts.add(Node.of("p", cause.advice()).as("quiet"));
    parts.add(head("Undo"));
    parts.add(cause.undo().isEmpty() ? Node.of("p", Sentences.NO_UNDO) : commands(cause.undo()));
    if (cause.verify() != null) {
      parts.add(head("Verify"));
      parts.add(Node.of("p", cause.verify()));
    }
  }

  /// To be copied: a click takes all of them.
  static Node commands(List<String> commands) {
    List<Node> lines = new ArrayList<>();
    for (String command : commands) {
      lines.add(Node.of("code", command + "\n"));
    }
    return Node.of("pre", lines);
  }

  /// Closed, under its title: opened where it is as sure as the first.
  Node folded(boolean open) {
    String share = Sentences.share(report, cause);
    List<Node> title = new ArrayList<>();
    title.add(Top.badge(cause.confidence()));
    title.add(Node.text(" " + cause.title()));
    if (!share.isEmpty() && cause.aside() == null) {
      title.add(Node.text(" (" + share + ")"));
    }
    if (cause.aside() != null) {
      title.add(Node.text(" (" + cause.aside() + ")"));
    }
    return Folded.of(Node.of("span", title), parts(), open);
  }
}
