package lbresponder.report.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lbresponder.evidence.Phrases;
import lbresponder.report.Outcome;
import lbresponder.report.Report;
import lbresponder.report.Report.AlarmPart;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.ExplainsPart;
import lbresponder.report.Report.IncidentPart;
import lbresponder.report.Report.RuledOutPart;
import lbresponder.report.Report.UnknownPart;
import lbresponder.report.Sparkline;

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
  private final Ages ages;
  private final List<String> lines = new ArrayList<>();

  private Screen(Report report, int width) {
    this.report = report;
    this.width = Math.max(width, Fold.NARROWEST);
    this.ages = new Ages(report.at());
  }

  /// @param width in characters; what is less than 40 counts as 40
  public static String write(Report report, int width) {
    Screen screen = new Screen(report, width);
    screen.verdict();
    screen.context();
    screen.picture();
    if (report.causes().isEmpty()) {
      screen.next();
    } else {
      screen.cause(report.causes().getFirst());
    }
    screen.beside();
    screen.targets();
    screen.metric();
    screen.counts();
    return String.join("\n", screen.lines) + "\n";
  }

  private void text(String first, String next, String text) {
    lines.addAll(Fold.text(first, next, text, width));
  }

  private void gap() {
    lines.add("");
  }

  private void verdict() {
    String name = report.incident().loadBalancer().name();
    if (report.causes().isEmpty()) {
      text("", "  ", withoutCause(name));
      return;
    }
    CausePart first = report.causes().getFirst();
    String head = "✗ %s  %s  %s".formatted(name, first.confidence(), first.title());
    String share = share(first);
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

  /// The same sentence as everywhere, behind a mark that says whether anything is wrong.
  private String withoutCause(String name) {
    return "%s %s  %s  %s"
        .formatted(
            report.outcome() == Outcome.WELL ? "✓" : "?",
            name,
            report.outcome().name().replace('_', ' '),
            report.summary().substring(name.length() + 2));
  }

  private void others(List<CausePart> others) {
    for (CausePart other : others.stream().limit(MOST_BESIDE).toList()) {
      String share = share(other);
      text(
          "  and ",
          "      ",
          "%s  %s%s"
              .formatted(
                  other.confidence(), other.title(), share.isEmpty() ? "" : " (" + share + ")"));
    }
    if (others.size() > MOST_BESIDE) {
      text("  ", "  ", "and %d more: --full".formatted(others.size() - MOST_BESIDE));
    }
  }

  /// How much of the alarm it explains, else how many of the targets it is about.
  private String share(CausePart cause) {
    ExplainsPart explains = cause.explains();
    if (explains != null && explains.share() < 1) {
      return "%s of %s %s"
          .formatted(
              Sparkline.number(explains.part()), Sparkline.number(explains.whole()), explains.of());
    }
    int all = report.targets().size() + report.targetsOmitted();
    return cause.targets().isEmpty()
        ? ""
        : "%d of %d targets"
            .formatted(cause.targets().size(), Math.max(all, cause.targets().size()));
  }

  private void context() {
    IncidentPart incident = report.incident();
    String alarm =
        incident.alarms().isEmpty()
            ? "asked %s UTC".formatted(Ages.minute(report.at()))
            : alarm(incident.alarms().getFirst(), incident.alarms().size() - 1);
    text("  ", "  ", "%s · %s · %s".formatted(incident.account(), incident.region(), alarm));
    if (!incident.alarms().isEmpty()) {
      CausePart first = report.causes().isEmpty() ? null : report.causes().getFirst();
      Instant since = first == null ? null : first.since();
      if (since != null) {
        text("  ", "  ", "this began %s".formatted(ages.of(since)));
      }
    }
  }

  private String alarm(AlarmPart alarm, int more) {
    return "%s %s, %s%s"
        .formatted(
            alarm.state(),
            alarm.metric(),
            ages.of(report.incident().since()),
            more == 0 ? "" : ", and %d more alarms".formatted(more));
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
    List<String> reasons = alike(cause);
    reasons.stream().limit(MOST_REASONS).forEach(this::reason);
    int more = reasons.size() - MOST_REASONS;
    if (more > 0) {
      text("  ", "  ", "and %d more: --full".formatted(more));
    }
    gap();
    if (cause.fix().isEmpty()) {
      text("  Do      ", "          ", cause.advice());
      return;
    }
    lines.addAll(FixLines.of(cause, width));
  }

  /// Of reasons that say the same of several targets the first, with how many there are.
  private static List<String> alike(CausePart cause) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (String reason : cause.because()) {
      String shape = reason;
      for (String target : cause.targets()) {
        shape = shape.replace(target, "");
      }
      alike.computeIfAbsent(shape, _ -> new ArrayList<>()).add(reason);
    }
    return alike.values().stream()
        .map(
            same ->
                same.size() == 1
                    ? same.getFirst()
                    : "%s (+%d alike)".formatted(same.getFirst(), same.size() - 1))
        .toList();
  }

  private void reason(String reason) {
    List<String> folded = Fold.text("  - ", "    ", ages.in(reason), width);
    lines.addAll(folded.subList(0, Math.min(folded.size(), MOST_LINES_OF_A_REASON)));
    if (folded.size() > MOST_LINES_OF_A_REASON) {
      lines.add("    … (--full)");
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
    for (CausePart found : report.sideFindings().stream().limit(MOST_BESIDE).toList()) {
      text(
          "  Also wrong, not the reason: ",
          "    ",
          "%s%s".formatted(found.title(), found.aside() == null ? "" : " (" + found.aside() + ")"));
    }
    int more = report.sideFindings().size() - MOST_BESIDE;
    if (more > 0) {
      text("  ", "  ", "and %d more: --full".formatted(more));
    }
  }

  private void targets() {
    List<String> rows = TargetRows.of(report, MOST_ROWS, width);
    if (!rows.isEmpty()) {
      gap();
      lines.addAll(rows);
    }
  }

  private void metric() {
    if (report.metric() != null) {
      lines.addAll(MetricLines.of(report.metric(), width));
    }
  }

  private void counts() {
    long out = report.ruledOut().stream().filter(RuledOutPart::applies).count();
    long open = report.unknown().stream().filter(UnknownPart::fits).count();
    gap();
    text(
        "  ",
        "  ",
        "%s ruled out · %d not told · %d not read%s"
            .formatted(
                Phrases.count(out, "cause"),
                open,
                report.gaps().size(),
                report.dialled().isEmpty() ? " · targets not dialled" : ""));
    text("  ", "  ", "Everything: --full   Why not X: --why X   For machines: --json");
  }
}
