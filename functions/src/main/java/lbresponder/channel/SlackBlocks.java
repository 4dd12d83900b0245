package lbresponder.channel;

import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import java.util.ArrayList;
import java.util.List;
import lbresponder.facts.Incident;
import lbresponder.message.Untrusted;
import lbresponder.report.Conclusion;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.IncidentPart;
import lbresponder.report.text.Ages;
import lbresponder.report.text.MetricLines;
import lbresponder.report.text.NextSteps;
import lbresponder.report.text.Picture;
import lbresponder.report.text.Sentences;
import lbresponder.report.text.TargetRows;

/// A message as Slack shows it, in the order of the first screen; everything else is in the thread,
/// see {@link SlackThread}.
///
/// @param text for notifications, as Slack's markup
/// @param blocks what is shown
record SlackBlocks(String text, List<LayoutBlock> blocks) {
  /// What a code block shows in a window of usual width without a bar to scroll by.
  private static final int WIDTH = 76;

  private static final int MOST_OTHERS = 3;

  /// Of the first cause; where there are more, the thread has all.
  static final int MOST_REASONS = 3;

  private static final int MOST_ROWS = 5;

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
    verdict(report, parts);
    parts.add(SlackText.line(context(report)));
    code(Picture.of(report, WIDTH), parts);
    if (report.causes().isEmpty()) {
      bullets(NextSteps.of(report), parts);
    } else {
      cause(report, report.causes().getFirst(), parts);
    }
    report.sideFindings().stream()
        .limit(MOST_OTHERS)
        .forEach(
            found ->
                parts.add(
                    SlackText.line(
                        SlackText.text("Also wrong, not the reason: " + Sentences.aside(found)))));
    code(TargetRows.of(report, MOST_ROWS, WIDTH, "in the thread"), parts);
    if (report.metric() != null) {
      code(MetricLines.of(report.metric(), WIDTH), parts);
    }
    parts.add(SlackText.line(SlackText.text(Sentences.counts(report) + " · in the thread")));
    parts.addAll(links(report));
    return mentioning(of(title(report), parts), report.causes().isEmpty() ? "" : mention);
  }

  /// @param text one line, of any origin
  static SlackBlocks plain(String title, String text) {
    return of(title, List.of(SlackText.line(SlackText.text(text))));
  }

  private static SlackBlocks mentioning(SlackBlocks message, String mention) {
    if (mention.isEmpty()) {
      return message;
    }
    List<LayoutBlock> blocks = new ArrayList<>(message.blocks());
    blocks.add(
        SectionBlock.builder()
            .text(MarkdownTextObject.builder().text(mention).verbatim(true).build())
            .build());
    return new SlackBlocks(message.text(), blocks);
  }

  private static String title(Report report) {
    String name = report.incident().loadBalancer().name();
    return switch (report.conclusion()) {
      case CAUSE -> {
        CausePart first = report.causes().getFirst();
        String certainty =
            switch (first.confidence()) {
              case "PROVEN" -> "";
              case "LIKELY" -> "probably: ";
              default -> "possibly: ";
            };
        yield "%s: %s%s".formatted(name, certainty, first.title());
      }
      case WELL -> name + ": nothing is wrong as far as was looked";
      case NOT_FOUND -> name + ": no cause found";
      case COULD_NOT_LOOK -> name + ": could not look";
    };
  }

  private static void verdict(Report report, List<BlockElement> parts) {
    if (report.conclusion() != Conclusion.CAUSE) {
      parts.add(
          SlackText.line(SlackText.text(new Ages(report.at()).in(Sentences.withoutCause(report)))));
      return;
    }
    CausePart first = report.causes().getFirst();
    String share = Sentences.share(report, first);
    parts.add(
        SlackText.line(
            SlackText.bold(first.confidence()),
            SlackText.text(" (%s)%s".formatted(first.id(), share.isEmpty() ? "" : " · " + share))));
    report.causes().stream()
        .skip(1)
        .limit(MOST_OTHERS)
        .forEach(
            other ->
                parts.add(SlackText.line(SlackText.text("and " + Sentences.other(report, other)))));
  }

  /// With the time as each reader's own clock says it.
  private static RichTextElement[] context(Report report) {
    IncidentPart incident = report.incident();
    String where = "%s · %s · ".formatted(incident.account(), incident.region());
    if (incident.alarms().isEmpty()) {
      return new RichTextElement[] {SlackText.text(where + "asked "), SlackText.time(report.at())};
    }
    int more = incident.alarms().size() - 1;
    String began = Sentences.began(report);
    return new RichTextElement[] {
      SlackText.text(
          where
              + "%s %s since "
                  .formatted(
                      incident.alarms().getFirst().state(), incident.alarms().getFirst().metric())),
      SlackText.time(incident.since()),
      SlackText.text(
          (more == 0 ? "" : ", and %d more".formatted(more))
              + (began.isEmpty() ? "" : "; " + began))
    };
  }

  private static void cause(Report report, CausePart cause, List<BlockElement> parts) {
    List<String> reasons = Sentences.reasons(report, cause);
    bullets(reasons.stream().limit(MOST_REASONS).toList(), parts);
    int more = reasons.size() - MOST_REASONS;
    if (more > 0) {
      parts.add(SlackText.line(SlackText.text("and %d more in the thread".formatted(more))));
    }
    SlackFix.add(cause, parts);
  }

  private static void bullets(List<String> lines, List<BlockElement> parts) {
    if (!lines.isEmpty()) {
      parts.add(SlackText.bullets(lines));
    }
  }

  private static void code(List<String> lines, List<BlockElement> parts) {
    if (!lines.isEmpty()) {
      parts.add(SlackText.code(String.join("\n", lines).stripIndent()));
    }
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

  private static SlackBlocks of(String title, List<BlockElement> parts) {
    return new SlackBlocks(
        SlackText.escaped(title, SlackText.MOST_NOTIFICATION),
        List.of(
            HeaderBlock.builder().text(SlackText.plain(title, SlackText.MOST_HEADER)).build(),
            SlackText.block(parts)));
  }
}
