package lbresponder.report.text;

import java.util.ArrayList;
import java.util.List;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;

/// What an engineer needs first, on one screen: the verdict and how much of the alarm it explains,
/// the way to the targets, proof, fix, undo, by what one sees that it worked, the targets and the
/// alarm's metric. Everything else is in {@link ReportText}.
public final class Screen {
  /// Of a terminal that does not say how wide it is, and of recorded text.
  public static final int USUAL_WIDTH = 80;

  private static final int MOST_REASONS = 3;
  private static final int MOST_LINES_OF_A_REASON = 4;
  private static final int MOST_ROWS = 3;
  private static final int MOST_BESIDE = 2;

  private final Report report;
  private final int width;
  private final String rest;
  private final List<String> lines = new ArrayList<>();

  private Screen(Report report, int width, String rest) {
    this.report = report;
    this.width = Math.max(width, Fold.NARROWEST);
    this.rest = rest;
  }

  /// For a terminal.
  ///
  /// @param width in characters; what is less than 40 counts as 40
  public static String write(Report report, int width) {
    Screen screen = new Screen(report, width, "--full");
    screen.all();
    screen.text("  ", "  ", "Everything: --full   Why not X: --why X   For machines: --json");
    return String.join("\n", screen.lines) + "\n";
  }

  /// For the head of a letter, below which everything stands.
  ///
  /// @param width as in {@link #write}
  public static String letter(Report report, int width) {
    Screen screen = new Screen(report, width, "below");
    screen.all();
    return String.join("\n", screen.lines) + "\n";
  }

  private void all() {
    verdict();
    context();
    picture();
    if (report.causes().isEmpty()) {
      next();
    } else {
      cause(report.causes().getFirst());
    }
    beside();
    targets();
    if (report.metric() != null) {
      lines.addAll(MetricLines.of(report.metric(), width));
    }
    gap();
    text("  ", "  ", Sentences.counts(report));
  }

  private void text(String first, String next, String text) {
    lines.addAll(Fold.text(first, next, text, width));
  }

  private void gap() {
    lines.add("");
  }

  private void more(int more) {
    if (more > 0) {
      text("  ", "  ", "and %d more: %s".formatted(more, rest));
    }
  }

  private void verdict() {
    String name = report.incident().loadBalancer().name();
    if (report.causes().isEmpty()) {
      text(
          "",
          "  ",
          "%s %s  %s  %s"
              .formatted(
                  Sentences.mark(report),
                  name,
                  Sentences.conclusion(report),
                  new Ages(report.at()).in(Sentences.withoutCause(report))));
      return;
    }
    CausePart first = report.causes().getFirst();
    String head =
        "%s %s  %s  %s".formatted(Sentences.mark(report), name, first.confidence(), first.title());
    String share = Sentences.share(report, first);
    int free = width - Fold.length(head) - Fold.length(share);
    if (share.isEmpty() || free < 2) {
      text("", "  ", head);
      if (!share.isEmpty()) {
        text("  ", "  ", share);
      }
    } else {
      lines.add(head + " ".repeat(free) + share);
    }
    others(report.causes().subList(1, report.causes().size()));
  }

  private void others(List<CausePart> others) {
    others.stream()
        .limit(MOST_BESIDE)
        .forEach(other -> text("  and ", "      ", Sentences.other(report, other)));
    more(others.size() - MOST_BESIDE);
  }

  private void context() {
    text("  ", "  ", Sentences.context(report));
    String began = Sentences.began(report);
    if (!began.isEmpty()) {
      text("  ", "  ", began);
    }
  }

  private void picture() {
    List<String> picture = Picture.of(report, width);
    if (!picture.isEmpty()) {
      gap();
      lines.addAll(picture);
    }
  }

  private void cause(CausePart cause) {
    gap();
    List<String> reasons = Sentences.reasons(report, cause);
    reasons.stream().limit(MOST_REASONS).forEach(this::reason);
    more(reasons.size() - MOST_REASONS);
    gap();
    if (cause.fix().isEmpty()) {
      text("  Do      ", "          ", cause.advice());
      return;
    }
    lines.addAll(FixLines.of(cause, width, rest));
  }

  private void reason(String reason) {
    List<String> folded = Fold.text("  - ", "    ", reason, width);
    lines.addAll(folded.subList(0, Math.min(folded.size(), MOST_LINES_OF_A_REASON)));
    if (folded.size() > MOST_LINES_OF_A_REASON) {
      lines.add("    … (%s)".formatted(rest));
    }
  }

  /// Where no cause is named: what would tell.
  private void next() {
    List<String> steps = NextSteps.of(report);
    if (steps.isEmpty()) {
      return;
    }
    gap();
    text("  ", "  ", "Next");
    steps.forEach(step -> text("  - ", "    ", step));
  }

  private void beside() {
    if (report.sideFindings().isEmpty()) {
      return;
    }
    gap();
    report.sideFindings().stream()
        .limit(MOST_BESIDE)
        .forEach(found -> text("  Also wrong, not the reason: ", "    ", Sentences.aside(found)));
    more(report.sideFindings().size() - MOST_BESIDE);
  }

  private void targets() {
    List<String> rows = TargetRows.of(report, MOST_ROWS, width, rest);
    if (!rows.isEmpty()) {
      gap();
      lines.addAll(rows);
    }
  }
}
