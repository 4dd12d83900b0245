package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.LoadBalancers;
import lbresponder.aws.Permissions;
import lbresponder.check.Runbook;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.journey.Dialling;
import lbresponder.probe.Guard;
import lbresponder.probe.Sweep;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.report.ReportText;
import lbresponder.report.Tree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "diagnose",
    description = "Reads the live account and prints the report. Posts nothing, writes nothing.")
final class DiagnoseCommand implements Callable<Integer> {
  static final Duration LIMIT = Duration.ofSeconds(20);

  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /// What to diagnose: one of the two.
  static final class Subject {
    @Option(names = "--event", description = "the alarm event; - for standard input")
    private @Nullable Path event;

    @Option(
        names = "--load-balancer",
        paramLabel = "NAME_OR_ARN",
        description = "without an alarm: prints how it is wired, and what is wrong now")
    private @Nullable String loadBalancer;
  }

  @Option(
      names = "--region",
      defaultValue = "",
      description = "where to look for a load balancer's name; default: the SDK's own region")
  private String region;

  @Option(
      names = "--json",
      description = "print the report as JSON, one line for each load balancer")
  private boolean json;

  @Option(
      names = "--probe",
      defaultValue = "none",
      description = "dial the targets: none, or here, from this machine")
  private String probe;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    requireKnownProbe();
    AwsProvider provider = new AwsProvider();
    List<Incident> incidents = incidents(provider);
    PrintWriter out = spec.commandLine().getOut();
    boolean anything = false;
    for (Incident incident : incidents) {
      Progress.tell(
          spec.commandLine().getErr(),
          "reading %s in %s …"
              .formatted(incident.loadBalancer().name(), incident.loadBalancer().region()));
      Facts read = provider.gather(incident, Instant.now().plus(LIMIT));
      Facts facts =
          probe.equals("here")
              ? Dialling.dialled(read, new Sweep(Guard.anywhere()), Dial.Vantage.HERE)
              : read;
      Report report = Report.of(facts, Runbook.diagnose(facts), provider);
      if (!json && !incident.equals(incidents.getFirst())) {
        out.print("\n");
      }
      if (!json && incident.alarms().isEmpty()) {
        out.print(Tree.write(facts) + "\n");
      }
      out.print(json ? ReportJson.write(report) + "\n" : ReportText.write(report));
      anything |= isAnythingKnown(facts);
    }
    if (!anything) {
      spec.commandLine().getErr().println("nothing could be read; see the reasons in the report");
    }
    return anything ? Main.OK : Main.NOTHING_READ;
  }

  private List<Incident> incidents(AwsProvider provider) {
    Path event = subject.event;
    return event == null
        ? List.of(incident())
        : Events.incidents(Events.read(event), event.toString(), provider);
  }

  private Incident incident() {
    String asked = Objects.requireNonNull(subject.loadBalancer, "one of the two is given");
    Known<LoadBalancerId> found =
        asked.startsWith("arn:")
            ? LoadBalancers.find(asked, region)
            : Permissions.region(region).flatMap(where -> LoadBalancers.find(asked, where));
    return switch (found) {
      case Known.Value<LoadBalancerId>(LoadBalancerId id) -> Incident.asked(id, Instant.now());
      case Known.Unknown<LoadBalancerId>(String why) ->
          throw new Unusable("--load-balancer: " + why);
    };
  }

  private void requireKnownProbe() {
    if (!probe.equals("none") && !probe.equals("here")) {
      throw new Unusable("--probe: found `%s`, expected none or here".formatted(probe));
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
