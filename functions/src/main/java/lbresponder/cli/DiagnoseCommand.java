package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import lbresponder.aws.AwsProvider;
import lbresponder.check.Runbook;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.report.ReportText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "diagnose",
    description = "Reads the live account and prints the report. Posts nothing, writes nothing.")
final class DiagnoseCommand implements Callable<Integer> {
  static final Duration LIMIT = Duration.ofSeconds(20);

  @Option(names = "--event", required = true, description = "the alarm event; - for standard input")
  private Path event;

  @Option(
      names = "--json",
      description = "print the report as JSON, one line for each load balancer")
  private boolean json;

  @Option(
      names = "--probe",
      defaultValue = "none",
      description = "dial the targets: none (the only one in this version)")
  private String probe;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    requireNoProbe();
    AwsProvider provider = new AwsProvider();
    List<Incident> incidents = Events.incidents(Events.read(event), event.toString(), provider);
    PrintWriter out = spec.commandLine().getOut();
    boolean anything = false;
    for (Incident incident : incidents) {
      Progress.tell(
          spec.commandLine().getErr(),
          "reading %s in %s …"
              .formatted(incident.loadBalancer().name(), incident.loadBalancer().region()));
      Facts facts = provider.gather(incident, Instant.now().plus(LIMIT));
      Report report = Report.of(facts, Runbook.diagnose(facts), provider);
      if (!json && !incident.equals(incidents.getFirst())) {
        out.print("\n");
      }
      out.print(json ? ReportJson.write(report) + "\n" : ReportText.write(report));
      anything |= isAnythingKnown(facts);
    }
    if (!anything) {
      spec.commandLine().getErr().println("nothing could be read; see the reasons in the report");
    }
    return anything ? Main.OK : Main.NOTHING_READ;
  }

  private void requireNoProbe() {
    if (!probe.equals("none")) {
      throw new Unusable(
          "--probe: found `%s`; this version dials nothing, so only `none` can be used"
              .formatted(probe));
    }
  }

  static boolean isAnythingKnown(Facts facts) {
    return facts.loadBalancer().isKnown()
        || facts.listeners().isKnown()
        || facts.targetGroups().isKnown()
        || facts.instances().isKnown()
        || facts.load().isKnown();
  }
}
