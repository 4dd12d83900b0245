package lbresponder.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lbresponder.aws.AwsProvider;
import lbresponder.check.Runbook;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
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
    Incident incident = incidents.getFirst();
    PrintWriter err = spec.commandLine().getErr();
    Progress.tell(
        err,
        "reading %s in %s …"
            .formatted(incident.loadBalancer().name(), incident.loadBalancer().region()));
    Facts facts = provider.gather(incident, Instant.now().plus(DiagnoseCommand.LIMIT));
    Report report = Report.of(facts, Runbook.diagnose(facts), provider);
    if (!DiagnoseCommand.isAnythingKnown(facts)) {
      err.println("nothing could be read, so nothing is written:");
      report.gaps().forEach(err::println);
      return Main.NOTHING_READ;
    }
    RecordedIncident plain = new RecordedIncident("", message.strip(), FactsJson.write(facts), "");
    write(
        redact
            ? redacted(plain, facts, report, provider)
            : new RecordedIncident(
                report.summary(), plain.event(), plain.facts(), ReportText.write(report)));
    return Main.OK;
  }

  /// @throws Unusable where the stand-ins would make another incident of it
  static RecordedIncident redacted(
      RecordedIncident plain, Facts facts, Report report, Provider provider) {
    RecordedIncident redacted = Redaction.of(plain, facts);
    Incident incident =
        Events.incidents(redacted.event(), "the redacted event", provider).getFirst();
    Facts again = FactsJson.read(redacted.facts(), incident);
    Report replayed = Report.of(again, Runbook.diagnose(again), provider);
    if (!verdicts(replayed).equals(verdicts(report))) {
      throw new Unusable(
          "--redact: with the names replaced the incident is no longer diagnosed the same; record"
              + " it without --redact, and replace by hand what must not be seen");
    }
    return new RecordedIncident(
        replayed.summary(), redacted.event(), FactsJson.write(again), ReportText.write(replayed));
  }

  /// What was found, without names.
  private static List<String> verdicts(Report report) {
    return Stream.of(
            Stream.concat(report.causes().stream(), report.sideFindings().stream())
                .map(
                    one ->
                        "%s %s %d %s"
                            .formatted(
                                one.id(),
                                one.confidence(),
                                one.targets().size(),
                                one.fixChecked())),
            report.ruledOut().stream().map(one -> "not " + one.id()),
            report.unknown().stream().map(one -> "unknown " + one.id()))
        .flatMap(some -> some)
        .toList();
  }

  private void write(RecordedIncident incident) {
    try {
      Files.writeString(out, incident.write());
    } catch (IOException failure) {
      throw new Unusable(out + ": cannot be written: " + failure.getMessage());
    }
  }
}
