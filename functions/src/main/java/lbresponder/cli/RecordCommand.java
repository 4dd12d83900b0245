package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.journey.Diagnosing;
import lbresponder.journey.Diagnosing.Diagnosed;
import lbresponder.journey.Limits;
import lbresponder.journey.Probing;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;
import lbresponder.report.text.RecordedReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "record",
    description =
        "Reads the live account and writes a recorded incident, ready for events/incidents.",
    footer = {
      Help.ENVIRONMENT,
      Help.AWS,
      Help.MEMBERS,
      Help.EXAMPLES,
      "  lb-responder record --event alarm.json --out incident.txt --redact",
      "  lb-responder replay incident.txt"
    })
final class RecordCommand implements Callable<Integer> {
  @Option(names = "--event", required = true, description = "the alarm event; - for standard input")
  private Path event;

  @Option(names = "--out", required = true, description = "the file to write")
  private Path out;

  @Option(
      names = "--redact",
      description = "replace account, ids, names, addresses, tags and descriptions by stand-ins")
  private boolean redact;

  @Option(names = "--force", description = "overwrite the file if there is one")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    // Before the account is read.
    new NewFile(out, force).requireWritable();
    try (Progress progress = Progress.begin(spec.commandLine().getErr(), "reading " + event)) {
      return record(progress);
    }
  }

  private int record(Progress progress) {
    Provider provider = Setup.live();
    String message = Events.read(event);
    List<Incident> incidents = Events.incidents(message, event.toString(), provider);
    if (incidents.size() != 1) {
      throw new Unusable(
          "%s: about %d load balancers; a recorded incident is about one"
              .formatted(event, incidents.size()));
    }
    Incident incident = incidents.getFirst();
    Setup.requireCredentials();
    Setup.requireOwn(incident.loadBalancer(), provider);
    String region = incident.loadBalancer().region();
    progress.tell("reading %s in %s".formatted(incident.loadBalancer().name(), region));
    Diagnosed diagnosed =
        new Diagnosing(provider, Probing.NONE, Clock.systemUTC())
            .diagnose(incident, Instant.now().plus(Limits.GATHER));
    if (!DiagnoseCommand.isAnythingKnown(diagnosed.facts())) {
      Setup.requireAccepted(region);
      PrintWriter err = spec.commandLine().getErr();
      err.println("nothing could be read, so nothing is written:");
      diagnosed.report().gaps().forEach(err::println);
      return Main.NOTHING_READ;
    }
    RecordedIncident recorded =
        redact
            ? redacted(message, diagnosed, provider)
            : recorded(message.strip(), diagnosed.facts(), diagnosed.report());
    new NewFile(out, force).write(recorded.write());
    return Main.OK;
  }

  private static RecordedIncident recorded(String event, Facts facts, Report report) {
    return new RecordedIncident(
        report.summary(), event, FactsJson.write(facts), RecordedReport.first(report));
  }

  /// @throws Unusable where the stand-ins would make another incident of it
  static RecordedIncident redacted(String message, Diagnosed diagnosed, Provider provider) {
    Redaction redaction = Redaction.of(diagnosed.facts());
    String event = redaction.event(message.strip());
    Incident incident = Events.incidents(event, "the redacted event", provider).getFirst();
    Facts again = FactsJson.read(redaction.facts(FactsJson.write(diagnosed.facts())), incident);
    Report replayed = Diagnosing.report(again, provider);
    if (!verdicts(replayed).equals(verdicts(diagnosed.report()))) {
      throw new Unusable(
          "--redact: with the names replaced the incident is no longer diagnosed the same; record"
              + " it without --redact, and replace by hand what must not be seen");
    }
    return recorded(event, again, replayed);
  }

  /// What was found, without names.
  private static List<String> verdicts(Report report) {
    return Stream.of(
            Stream.concat(report.causes().stream(), report.sideFindings().stream())
                .map(
                    cause ->
                        "%s %s %d %s"
                            .formatted(
                                cause.id(),
                                cause.confidence(),
                                cause.targets().size(),
                                cause.fixChecked())),
            report.ruledOut().stream().map(part -> "not " + part.id()),
            report.unknown().stream().map(part -> "unknown " + part.id()))
        .flatMap(lines -> lines)
        .toList();
  }
}
