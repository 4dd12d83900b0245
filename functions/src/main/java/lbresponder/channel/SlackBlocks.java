package lbresponder.channel;

import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lbresponder.facts.Incident;
import lbresponder.message.Untrusted;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Sparkline;
import lbresponder.report.text.Columns;

/// A message as Slack shows it: the verdict, the proof, the fix and the targets at once, everything
/// else in the thread.
///
/// @param text for notifications, as Slack's markup
/// @param blocks what is shown
record SlackBlocks(String text, List<LayoutBlock> blocks) {
  private static final int MOST_CAUSES = 3;
  private static final int MOST_REASONS = 6;
  private static final int MOST_ROWS = 10;
  private static final int MOST_LINES = 40;
  private static final int LONGEST_LINE = 300;
  private static final int LONGEST_UNDO = 200;
  private static final int MOST_NOTIFICATION = 300;

  static SlackBlocks firstWords(Incident incident) {
    String name = Untrusted.clean(incident.loadBalancer().name(), 100);
    String alarm =
        incident.alarms().isEmpty()
            ? ""
            : Untrusted.clean(incident.alarms().getFirst().name(), 200) + " is in ALARM. ";
    return of(name + ": looking", List.of(SlackText.line(SlackText.text(alarm + "Looking …"))));
  }

  /// @param mention a mention in Slack's own markup, from the settings; empty: nobody
  static SlackBlocks finding(Report report, String mention) {
    List<BlockElement> parts = new ArrayList<>();
    parts.add(SlackText.line(SlackText.text(report.summary())));
    report.causes().stream().limit(MOST_CAUSES).forEach(cause -> parts.addAll(cause(cause)));
    List<String> rows = Columns.of(report, MOST_ROWS);
    if (!rows.isEmpty()) {
      parts.add(SlackText.code(String.join("\n", rows)));
    }
    parts.addAll(links(report));
    SlackBlocks blocks = of(title(report), parts);
    if (mention.isEmpty() || report.causes().isEmpty()) {
      return blocks;
    }
    List<LayoutBlock> mentioning = new ArrayList<>(blocks.blocks());
    mentioning.add(
        SectionBlock.builder()
            .text(MarkdownTextObject.builder().text(mention).verbatim(true).build())
            .build());
    return new SlackBlocks(blocks.text(), mentioning);
  }

  /// What stands in the thread below a finding.
  static SlackBlocks details(Report report) {
    List<BlockElement> parts = new ArrayList<>();
    Sparkline metric = report.metric();
    if (metric != null) {
      parts.add(SlackText.line(SlackText.bold(metric.metric() + ", the hour before to now")));
      parts.add(
          SlackText.code(
              "%s\n%s^ incident".formatted(metric.line(), " ".repeat(metric.incidentColumn()))));
    }
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
        SlackText.escaped("Details: " + report.summary(), MOST_NOTIFICATION),
        List.of(SlackText.block(parts)));
  }

  /// @param text one line, of any origin
  static SlackBlocks plain(String title, String text) {
    return of(title, List.of(SlackText.line(SlackText.text(text))));
  }

  private static String title(Report report) {
    String name = report.incident().loadBalancer().name();
    if (report.causes().isEmpty()) {
      return name + ": no cause shown";
    }
    CausePart first = report.causes().getFirst();
    String certainty =
        switch (first.confidence()) {
          case "PROVEN" -> "";
          case "LIKELY" -> "probably: ";
          default -> "possibly: ";
        };
    return "%s: %s%s".formatted(name, certainty, first.title());
  }

  private static List<BlockElement> cause(CausePart cause) {
    List<BlockElement> parts = new ArrayList<>();
    parts.add(
        SlackText.line(
            SlackText.bold(cause.title()),
            SlackText.text(
                " (%s, %s)".formatted(cause.confidence().toLowerCase(Locale.ROOT), cause.id()))));
    parts.add(
        SlackText.bullets(
            cause.because().stream()
                .limit(MOST_REASONS)
                .map(reason -> SlackText.cut(reason, LONGEST_LINE))
                .toList()));
    if (!cause.fix().isEmpty()) {
      parts.add(SlackText.code(fix(cause)));
    }
    if (cause.fixChecked() != null) {
      parts.add(
          SlackText.line(
              SlackText.text(
                  cause.fixChecked().equals("checked")
                      ? "Checked: with this, the facts no longer show this cause. " + cause.advice()
                      : "Not checked: its effect cannot be told from the facts. "
                          + cause.advice())));
    } else {
      parts.add(SlackText.line(SlackText.text(cause.advice())));
    }
    if (cause.verify() != null) {
      parts.add(SlackText.line(SlackText.text("Worked if: " + cause.verify() + "." + undo(cause))));
    }
    return parts;
  }

  /// Empty where it is not short.
  private static String undo(CausePart cause) {
    return cause.undo().size() == 1 && cause.undo().getFirst().length() <= LONGEST_UNDO
        ? " Undo: " + cause.undo().getFirst()
        : "";
  }

  /// Whole commands only: half of one might do something else.
  private static String fix(CausePart cause) {
    StringBuilder commands = new StringBuilder();
    for (String command : cause.fix()) {
      if (commands.length() + command.length() + 1 > SlackText.MOST_TEXT) {
        return commands + "# and more: the report has all of it";
      }
      commands.append(command).append('\n');
    }
    return commands.toString().stripTrailing();
  }

  private static List<BlockElement> links(Report report) {
    List<RichTextElement> words = new ArrayList<>();
    for (Report.LinkPart link : report.links()) {
      if (!words.isEmpty()) {
        words.add(SlackText.text("  ·  "));
      }
      words.add(SlackText.link(link.title(), link.url()));
    }
    return words.isEmpty()
        ? List.of()
        : List.of(SlackText.line(words.toArray(RichTextElement[]::new)));
  }

  private static void section(String title, List<String> lines, List<BlockElement> parts) {
    if (lines.isEmpty()) {
      return;
    }
    parts.add(SlackText.line(SlackText.bold(title)));
    Stream<String> shown =
        lines.stream().limit(MOST_LINES).map(line -> SlackText.cut(line, LONGEST_LINE));
    Stream<String> rest =
        lines.size() > MOST_LINES
            ? Stream.of("and %d more".formatted(lines.size() - MOST_LINES))
            : Stream.of();
    parts.add(SlackText.bullets(Stream.concat(shown, rest).toList()));
  }

  private static SlackBlocks of(String title, List<BlockElement> parts) {
    return new SlackBlocks(
        SlackText.escaped(title, MOST_NOTIFICATION),
        List.of(
            HeaderBlock.builder().text(SlackText.plain(title, SlackText.MOST_HEADER)).build(),
            SlackText.block(parts)));
  }
}
