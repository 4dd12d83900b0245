package lbresponder.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lbresponder.report.Report;
import lbresponder.report.Report.AttemptPart;
import lbresponder.report.Report.DialPart;
import lbresponder.report.Report.IncidentPart;
import lbresponder.report.text.Sentences;

/// Everything else that was looked at, folded.
final class Rest {
  private final Report report;
  private final TargetGrid targets;

  Rest(Report report, TargetGrid targets) {
    this.report = report;
    this.targets = targets;
  }

  Node node() {
    return Node.of(
        "section",
        Node.of("h2", "Everything else"),
        Folded.list("Ruled out (%d)".formatted(Sentences.ruledOut(report)), report.ruledOutLines()),
        Folded.list("Not told (%d)".formatted(Sentences.notTold(report)), report.unknownLines()),
        Folded.list("Not read (%d)".formatted(report.gaps().size()), report.gaps()),
        targets.all(),
        dials(),
        Folded.list("The load balancer's own ports", report.frontDoor()),
        Folded.of(
            "Paths to failing targets (%d)".formatted(report.ways().size()),
            new WayView(report).all()),
        Folded.of("What this is about", about()));
  }

  private Node dials() {
    if (report.dials().isEmpty()) {
      return Node.none();
    }
    List<Node> parts = new ArrayList<>();
    if (!report.dialled().isEmpty()) {
      parts.add(CauseView.commands(report.dialled()));
    }
    parts.addAll(
        Table.cut(
            "Dials, attempt by attempt",
            List.of("target", "target group", "asked for", "port", "from", "attempts"),
            report.dials().stream().map(Rest::dial).toList(),
            report.dials().size()));
    return Folded.of("Dials (%d)".formatted(report.dials().size()), parts);
  }

  private static List<Node> dial(DialPart dial) {
    return List.of(
        Node.of("code", dial.target()),
        Node.text(dial.targetGroup()),
        Node.text(lower(dial.purpose())),
        Node.text(String.valueOf(dial.port())),
        Node.text(lower(dial.from())),
        Node.of(
            "ol", dial.attempts().stream().map(attempt -> Node.of("li", met(attempt))).toList()));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String met(AttemptPart attempt) {
    return attempt.was()
        + (attempt.status() == null ? "" : " " + attempt.status())
        + (attempt.millis() == null ? "" : ", %d ms".formatted(attempt.millis()))
        + (attempt.detail() == null ? "" : ": " + attempt.detail());
  }

  private List<Node> about() {
    IncidentPart incident = report.incident();
    List<String> lines = new ArrayList<>();
    lines.add("summary: " + report.summary());
    lines.add("symptom: " + report.symptom());
    lines.add(
        "load balancer: %s (%s)"
            .formatted(incident.loadBalancer().arn(), incident.loadBalancer().kind()));
    incident
        .alarms()
        .forEach(
            alarm ->
                lines.add(
                    "alarm: %s is %s on %s %s since %s, %s"
                        .formatted(
                            alarm.name(),
                            alarm.state(),
                            alarm.namespace(),
                            alarm.metric(),
                            incident.since(),
                            alarm.arn())));
    lines.add("reference: " + incident.id());
    return List.of(Node.of("ul", lines.stream().map(line -> Node.of("li", line)).toList()));
  }
}
