package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Provider;
import lbresponder.journey.DeployedProbing;
import lbresponder.journey.Diagnosing;
import lbresponder.journey.Diagnosing.Diagnosed;
import lbresponder.journey.Limits;
import lbresponder.journey.Prober;
import lbresponder.journey.Probing;
import lbresponder.journey.TargetProbing;
import lbresponder.journey.TargetProbing.Also;
import lbresponder.probe.Guard;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.report.text.Tree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "diagnose",
    description =
        "Reads the live account and prints the report. Posts nothing, and writes nothing but the"
            + " page that --html asks for.",
    footer = {
      Help.ENVIRONMENT,
      Help.AWS,
      "  LB_RESPONDER_PROBERS        with --probe lambda: which prober stands where",
      Help.MEMBERS,
      Help.EXAMPLES,
      "  lb-responder diagnose web",
      "  lb-responder diagnose internal-web-1234567890.eu-west-1.elb.amazonaws.com",
      "  lb-responder diagnose --event alarm.json --probe here",
      "  lb-responder diagnose web --html page.html"
    })
final class DiagnoseCommand implements Callable<Integer> {
  @ArgGroup(multiplicity = "0..1")
  private Subject subject = new Subject();

  /// What to diagnose: one of the three.
  static final class Subject {
    @Parameters(
        paramLabel = "NAME|ARN|DNS-NAME",
        arity = "0..1",
        description = "a load balancer: prints how it is wired, and what is wrong now")
    private @Nullable String named;

    @Option(names = "--event", description = "the alarm event; - for standard input")
    private @Nullable Path event;

    @Option(
        names = "--load-balancer",
        paramLabel = "NAME|ARN|DNS-NAME",
        description = "the older spelling of NAME|ARN|DNS-NAME alone")
    private @Nullable String loadBalancer;

    private @Nullable String name() {
      return named == null ? loadBalancer : named;
    }

    private String firstWords() {
      String name = name();
      return event != null
          ? "reading " + event
          : name == null ? "listing load balancers" : "looking for " + name;
    }
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

  @Mixin private View view = new View();

  @Mixin private PageOption page = new PageOption();

  @Option(
      names = "--probe",
      defaultValue = "none",
      description =
          "probe the targets: none; here, from this machine, and the load balancer's listeners as"
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
    page.requireUsable(json ? "--json" : view.option());
    try (Progress progress = Progress.begin(spec.commandLine().getErr(), subject.firstWords())) {
      return diagnose(progress);
    }
  }

  private int diagnose(Progress progress) {
    Provider provider = Setup.live();
    Diagnosing diagnosing = new Diagnosing(provider, probing(provider), Clock.systemUTC());
    boolean anything = false;
    List<Report> reports = new ArrayList<>();
    List<Incident> incidents = incidents(provider);
    incidents.forEach(incident -> Setup.requireOwn(incident.loadBalancer(), provider));
    for (Incident incident : incidents) {
      Diagnosed diagnosed = diagnosed(incident, diagnosing, progress);
      if (!isAnythingKnown(diagnosed.facts())) {
        Setup.requireAccepted(incident.loadBalancer().region());
      }
      if (!page.isPrinted()) {
        print(diagnosed, reports.isEmpty());
      }
      reports.add(diagnosed.report());
      anything |= isAnythingKnown(diagnosed.facts());
    }
    page.write(reports, spec.commandLine().getOut());
    if (!anything) {
      spec.commandLine().getErr().println("nothing could be read; see the reasons in the report");
    }
    return anything ? Main.OK : Main.NOTHING_READ;
  }

  private Diagnosed diagnosed(Incident incident, Diagnosing diagnosing, Progress progress) {
    LoadBalancerId id = incident.loadBalancer();
    progress.tell("reading %s in %s".formatted(id.name(), id.region()));
    Facts gathered = diagnosing.gather(incident, Instant.now().plus(Limits.GATHER));
    if (!probe.equals("none")) {
      progress.tell("probing the targets");
    }
    return diagnosing.conclude(gathered, Instant.now().plus(Limits.PROBE));
  }

  /// @param first false: a report was printed before
  private void print(Diagnosed diagnosed, boolean first) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(ReportJson.write(diagnosed.report()) + "\n");
      return;
    }
    if (!first) {
      out.print("\n");
    }
    if (diagnosed.facts().incident().alarms().isEmpty()) {
      out.print(Tree.write(diagnosed.facts()) + "\n");
    }
    out.print(view.text(diagnosed.report()));
  }

  private Probing probing(Provider provider) {
    Set<Also> also = EnumSet.noneOf(Also.class);
    if (keepAlive) {
      also.add(Also.KEEP_ALIVE);
    }
    return switch (probe) {
      case "lambda" -> new DeployedProbing(Setup.probers(Setup.settings()), provider, also);
      case "here" -> {
        also.add(Also.LISTENERS);
        Prober here = Prober.here(Guard.anywhere());
        yield (facts, _) -> TargetProbing.probed(facts, here, Limits.PROBE, also);
      }
      default -> Probing.NONE;
    };
  }

  private List<Incident> incidents(Provider provider) {
    Path event = subject.event;
    if (event != null) {
      List<Incident> about = Events.incidents(Events.read(event), event.toString(), provider);
      Setup.requireCredentials();
      return about;
    }
    String named = subject.name();
    if (named == null) {
      throw new Unusable(
          "name a load balancer, or an alarm by --event (see lb-responder diagnose --help)",
          Lookup.there(region));
    }
    return List.of(Incident.asked(Lookup.find(named, region), Instant.now()));
  }

  private void requireKnownProbe() {
    if (subject.event != null && !region.isEmpty()) {
      throw new Unusable("--region: not with --event, which says where its load balancer is");
    }
    if (!Set.of("none", "here", "lambda").contains(probe)) {
      throw new Unusable("--probe: found `%s`, expected none, here or lambda".formatted(probe));
    }
    if (probe.equals("lambda") && Setup.settings().probers().isEmpty()) {
      throw new Unusable("--probe lambda: LB_RESPONDER_PROBERS is not set");
    }
    if (keepAlive && probe.equals("none")) {
      throw new Unusable("--keep-alive: expected --probe here or --probe lambda with it");
    }
  }

  /// That there is no such load balancer is known too.
  static boolean isAnythingKnown(Facts facts) {
    return !(facts.wiring().loadBalancer() instanceof Known.Unknown)
        || facts.wiring().listeners().isKnown()
        || facts.wiring().targetGroups().isKnown()
        || facts.fleet().instances().isKnown()
        || facts.load().isKnown();
  }
}
