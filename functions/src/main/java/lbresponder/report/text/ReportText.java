package lbresponder.report.text;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Durations;
import lbresponder.report.Report;
import lbresponder.report.Report.AlarmPart;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.ExplainsPart;
import lbresponder.report.Report.RuledOutPart;
import lbresponder.report.Report.UnknownPart;
import lbresponder.report.Sparkline;

/// The report as text, to be pasted into an incident: the verdict first, then proof and fix, then
/// everything else that was looked at. The same report is the same text, byte for byte.
public final class ReportText {
  static final String RULED_OUT = "Ruled out";
  static final String COULD_NOT_TELL = "Could not tell";

  private static final int ROWS = 20;

  private final StringBuilder out = new StringBuilder();

  private ReportText() {}

  /// The whole report.
  public static String write(Report report) {
    return write(report, report.ruledOutLines(), report.unknownLines());
  }

  /// The report, but of what was ruled out or could not be told these causes alone, in full.
  ///
  /// @param ids of causes; {@link RecordedReport} says which
  public static String write(Report report, Set<String> ids) {
    return write(
        report,
        report.ruledOut().stream()
            .filter(part -> part.applies() && ids.contains(part.id()))
            .map(RuledOutPart::line)
            .toList(),
        report.unknown().stream()
            .filter(part -> ids.contains(part.id()))
            .map(UnknownPart::line)
            .toList());
  }

  private static String write(Report report, List<String> ruledOut, List<String> unknown) {
    ReportText text = new ReportText();
    text.head(report);
    text.causes("Causes", report.causes());
    text.causes("Also found, and not the cause of this alarm", report.sideFindings());
    text.targets(report);
    text.picture("Probed", report.dialled());
    text.section("The load balancer's own ports", report.frontDoor());
    text.section("Paths to failing targets", report.paths());
    text.metric(report);
    text.section(RULED_OUT, ruledOut);
    text.section(COULD_NOT_TELL, unknown);
    text.section("Could not look", report.gaps());
    text.section(
        "Links", report.links().stream().map(link -> link.title() + ": " + link.url()).toList());
    return text.out.toString();
  }

  private void line(String line) {
    out.append(line.stripTrailing()).append('\n');
  }

  private void head(Report report) {
    line(report.summary());
    line("");
    Report.IncidentPart incident = report.incident();
    line(
        "load balancer  %s (%s), account %s, %s"
            .formatted(
                incident.loadBalancer().name(),
                incident.loadBalancer().kind(),
                incident.account(),
                incident.region()));
    for (AlarmPart alarm : incident.alarms()) {
      line(
          "alarm          %s is %s on %s since %s"
              .formatted(alarm.name(), alarm.state(), alarm.metric(), incident.since()));
    }
    line("symptom        " + report.symptom());
    line("reference      " + incident.id());
  }

  private void causes(String title, List<CausePart> causes) {
    if (causes.isEmpty()) {
      return;
    }
    line("");
    line(title);
    int number = 1;
    for (CausePart cause : causes) {
      line("%2d. %s  %s (%s)".formatted(number++, cause.confidence(), cause.title(), cause.id()));
      if (!cause.targets().isEmpty()) {
        line("    targets  " + some(cause.targets()));
      }
      for (String because : cause.because().stream().limit(ROWS).toList()) {
        line("    because  " + because);
      }
      ExplainsPart explains = cause.explains();
      if (explains != null && explains.share() < 1 && cause.aside() == null) {
        line(
            "    explains %s of %s %s"
                .formatted(
                    Sparkline.number(explains.part()),
                    Sparkline.number(explains.whole()),
                    explains.of()));
      }
      if (cause.aside() != null) {
        line("    aside    " + cause.aside());
      }
      fix(cause);
    }
  }

  private void fix(CausePart cause) {
    for (String command : cause.fix()) {
      line("    fix      " + command);
    }
    if ("checked".equals(cause.fixChecked())) {
      line("             checked: with it, the facts no longer show this cause");
    } else if ("not checked".equals(cause.fixChecked())) {
      line("             not checked: its effect cannot be told from the facts");
    }
    if (cause.changes() != null) {
      line("    changes  " + cause.changes());
      undo(cause.undo());
    }
    if (cause.verify() != null) {
      line("    verify   " + cause.verify());
    }
    line("    advice   " + cause.advice());
  }

  /// One line, however many it takes: the JSON has all of them.
  private void undo(List<String> commands) {
    if (commands.isEmpty()) {
      line("    undo     " + Sentences.NO_UNDO);
    } else {
      line(
          "    undo     "
              + commands.getFirst()
              + (commands.size() == 1 ? "" : "  # and %d more".formatted(commands.size() - 1)));
    }
  }

  private static String some(List<String> labels) {
    String shown = labels.stream().limit(ROWS).collect(Collectors.joining(", "));
    return labels.size() > ROWS ? shown + ", and " + (labels.size() - ROWS) + " more" : shown;
  }

  private void targets(Report report) {
    if (report.targets().isEmpty()) {
      return;
    }
    line("");
    line("Targets");
    Columns.of(report, ROWS).forEach(row -> line("    " + row));
  }

  private void metric(Report report) {
    Sparkline metric = report.metric();
    if (metric == null) {
      return;
    }
    line("");
    line(
        "%s (%s), %s to %s UTC, a column is %s, peak %s%s"
            .formatted(
                metric.metric(),
                metric.statistic(),
                Ages.minute(metric.from()),
                Ages.minute(metric.to()),
                Durations.words(Duration.ofSeconds(metric.secondsPerColumn())),
                Sparkline.number(metric.peak()),
                MetricLines.threshold(metric)));
    line("    " + metric.line());
    line("    %s %s".formatted(MetricLines.marks(metric), MetricLines.meaning(metric)));
  }

  private void picture(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      line("");
      line(title + " " + lines.getFirst());
      lines.stream().skip(1).forEach(row -> line("    " + row));
    }
  }

  private void section(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    line("");
    line(title);
    lines.forEach(entry -> line("  - " + entry));
  }
}
