package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.LoadBalancers;
import lbresponder.aws.Permissions;
import lbresponder.check.Runbook;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.journey.Dialling;
import lbresponder.journey.Dialling.Also;
import lbresponder.journey.Prober;
import lbresponder.journey.Probers;
import lbresponder.journey.Settings;
import lbresponder.probe.Guard;
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
  private static final Duration DIALLING = Duration.ofSeconds(60);

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
      description =
          "dial the targets: none; here, from this machine, and the load balancer's listeners as"
              + " well; or lambda, by the deployed prober (LB_RESPONDER_PROBERS)")
  private String probe;

  @Option(
      names = "--keep-alive",
      description =
          "with --probe: measure how long targets keep an idle connection; takes as long as the"
              + " load balancer's idle timeout, two minutes at most")
  private boolean keepAlive;

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
      Facts facts = dialled(provider.gather(incident, Instant.now().plus(LIMIT)), provider);
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

  private Facts dialled(Facts facts, AwsProvider provider) {
    if (probe.equals("none")) {
      return facts;
    }
    Progress.tell(spec.commandLine().getErr(), "dialling the targets …");
    Set<Also> also = EnumSet.noneOf(Also.class);
    if (keepAlive) {
      also.add(Also.KEEP_ALIVE);
    }
    if (probe.equals("lambda")) {
      return Probers.of(settings(), provider).dialled(facts, Instant.now().plus(DIALLING), also);
    }
    also.add(Also.FRONT_DOOR);
    return Dialling.dialled(facts, Prober.here(Guard.anywhere()), DIALLING, also);
  }

  private static Settings settings() {
    try {
      return Settings.of(System.getenv());
    } catch (IllegalArgumentException wrong) {
      throw new Unusable(String.valueOf(wrong.getMessage()));
    }
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
    if (!Set.of("none", "here", "lambda").contains(probe)) {
      throw new Unusable("--probe: found `%s`, expected none, here or lambda".formatted(probe));
    }
    if (probe.equals("lambda") && settings().probers().isEmpty()) {
      throw new Unusable("--probe lambda: LB_RESPONDER_PROBERS is not set");
    }
    if (keepAlive && probe.equals("none")) {
      throw new Unusable("--keep-alive: expected --probe here or --probe lambda with it");
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
