package lbresponder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import lbresponder.aws.AwsProvider;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;
import lbresponder.report.ReportText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "record",
    description =
        "Reads the live account and writes a recorded incident, ready for events/incidents.")
final class RecordCommand implements Callable<Integer> {
  @Option(names = "--event", required = true, description = "the alarm event; - for standard input")
  private Path event;

  @Option(names = "--out", required = true, description = "the file to write")
  private Path out;

  @Option(
      names = "--redact",
      description = "replace account, ids, names, addresses, tags and descriptions by stand-ins")
  private boolean redact;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    AwsProvider provider = new AwsProvider();
    String message = Events.read(event);
    List<Incident> incidents = Events.incidents(message, event.toString(), provider);
    if (incidents.size() != 1) {
      throw new Unusable(
          "%s: about %d load balancers; a recorded incident is about one"
              .formatted(event, incidents.size()));
    }
    Progress.tell(spec.commandLine().getErr(), "reading …");
    Facts facts = provider.gather(incidents.getFirst(), Instant.now().plus(DiagnoseCommand.LIMIT));
    RecordedIncident plain = new RecordedIncident("", message.strip(), FactsJson.write(facts), "");
    RecordedIncident kept = redact ? Redaction.of(plain, facts) : plain;
    List<Report> reports = Replay.reports(kept, kept.event(), event.toString(), provider);
    Report report = reports.getFirst();
    write(
        new RecordedIncident(
            report.summary(), kept.event(), kept.facts(), ReportText.write(report)));
    return DiagnoseCommand.isAnythingKnown(facts) ? Main.OK : Main.NOTHING_READ;
  }

  private void write(RecordedIncident incident) {
    try {
      Files.writeString(out, incident.write());
    } catch (IOException failure) {
      throw new Unusable(out + ": cannot be written: " + failure.getMessage());
    }
  }
}
