package lbresponder.channel;

import com.slack.api.model.block.element.BlockElement;
import java.util.ArrayList;
import java.util.List;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.text.Sentences;

/// What stands in the thread below a finding.
final class SlackThread {
  private static final int MOST_CAUSES = 5;
  private static final int MOST_LINES = 40;

  private SlackThread() {}

  static SlackBlocks of(Report report) {
    List<BlockElement> parts = new ArrayList<>();
    if (!report.causes().isEmpty()) {
      first(report.causes().getFirst(), parts);
    }
    report.causes().stream()
        .skip(1)
        .limit(MOST_CAUSES)
        .forEach(cause -> cause(report, cause, parts));
    section(
        "Also found, and not the cause of this alarm",
        report.sideFindings().stream()
            .map(found -> "%s: %s".formatted(found.title(), found.because().getFirst()))
            .toList(),
        parts);
    if (!report.dialled().isEmpty()) {
      parts.add(SlackText.line(SlackText.bold("Probed " + report.dialled().getFirst())));
      parts.add(
          SlackText.code(String.join("\n", report.dialled().subList(1, report.dialled().size()))));
    }
    section("Paths to failing targets", report.paths(), parts);
    section("Ruled out", report.ruledOutLines(), parts);
    section("Could not tell", report.unknownLines(), parts);
    section("Could not read", report.gaps(), parts);
    parts.add(SlackText.line(SlackText.text("Reference " + report.incident().id())));
    return new SlackBlocks(
        SlackText.escaped("Details: " + report.summary(), SlackText.MOST_NOTIFICATION),
        List.of(SlackText.block(parts)));
  }

  /// What the finding itself leaves out.
  private static void first(CausePart cause, List<BlockElement> parts) {
    if (cause.because().size() > SlackBlocks.MOST_REASONS) {
      section("Proof", cause.because(), parts);
    }
    if (cause.undo().size() > 1) {
      parts.add(SlackText.line(SlackText.bold("Undo")));
      parts.add(SlackText.code(SlackFix.commands(cause.undo())));
    }
    if (!cause.fix().isEmpty()) {
      parts.add(SlackText.line(SlackText.text(cause.advice())));
    }
  }

  private static void cause(Report report, CausePart cause, List<BlockElement> parts) {
    section(
        "%s (%s)".formatted(Sentences.other(report, cause), cause.id()), cause.because(), parts);
    SlackFix.add(cause, parts);
  }

  private static void section(String title, List<String> lines, List<BlockElement> parts) {
    if (lines.isEmpty()) {
      return;
    }
    parts.add(SlackText.line(SlackText.bold(title)));
    List<String> shown = new ArrayList<>(lines.subList(0, Math.min(lines.size(), MOST_LINES)));
    if (lines.size() > MOST_LINES) {
      shown.add("and %d more".formatted(lines.size() - MOST_LINES));
    }
    parts.add(SlackText.bullets(shown));
  }
}
