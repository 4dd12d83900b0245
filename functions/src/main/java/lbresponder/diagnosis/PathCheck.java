package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Facts;
import lbresponder.facts.Repair;
import lbresponder.network.Hop;
import lbresponder.network.Path;
import lbresponder.network.Path.Control;
import lbresponder.network.Path.Step;

/// A cause in the network: a filter or route on the way to targets, or back, stops packets.
///
/// A path that the load balancer itself shows to be open (a passing check, an answer of any status,
/// or whatever else came back) cannot be blocked, whatever the rules seem to say.
public abstract class PathCheck extends Check {
  private static final int MOST_RISKS = 2;

  /// Which ports are looked at.
  protected enum Ports {
    TRAFFIC,
    /// The health check's, where it is another than the traffic port and traffic is not blocked.
    HEALTH_CHECK,
    EITHER
  }

  private final Ports ports;
  private final String filters;

  /// @param filters what is looked at, in the plural: `network ACLs`
  protected PathCheck(String title, String advice, Ports ports, String filters) {
    super(
        title,
        advice,
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.UNHEALTHY,
        Symptom.NO_TARGET,
        Symptom.OVERFLOW);
    this.ports = ports;
    this.filters = filters;
  }

  /// Whether this check is about a step of the way.
  protected abstract boolean concerns(Control control);

  /// What would open a blocked step; empty: nobody can tell.
  ///
  /// @param facts with the openings before it made already
  protected abstract List<Repair> opening(Facts facts, Path path, Step step);

  /// What is open today and will not stay so, one sentence each.
  ///
  /// @param paths to one port of a target
  protected List<String> risks(Case current, List<Path> paths) {
    return List.of();
  }

  /// As {@link #opening}.
  interface Opening {
    List<Repair> of(Facts facts, Path path, Step step);
  }

  /// What walking the paths showed.
  private static final class Walk {
    private final List<PathBlock> denied = new ArrayList<>();
    private final List<PathBlock> partial = new ArrayList<>();
    private final Set<String> risks = new LinkedHashSet<>();
    private boolean byRules;
    private boolean byAnswers;
  }

  @Override
  public final Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    List<RegisteredTarget> reached =
        current.targets().all().stream()
            .filter(target -> isReached(target) && target.group().hasAddresses())
            .toList();
    if (reached.isEmpty()) {
      return findings.orRuledOut("no target that has a network path fails to answer");
    }
    if (!current.paths().missing().isEmpty()) {
      return new Verdict.Unknown(current.paths().missing());
    }
    Walk walk = new Walk();
    reached.forEach(target -> walk(current, target, walk, findings));
    if (!walk.denied.isEmpty()) {
      findings.cause(cause(current, walk.denied, Confidence.PROVEN, this::opening));
    } else if (!walk.partial.isEmpty()) {
      boolean exact = walk.partial.stream().allMatch(block -> block.path().from().isAddress());
      findings.cause(
          cause(
              current,
              walk.partial,
              exact ? Confidence.LIKELY : Confidence.POSSIBLE,
              this::opening));
    }
    return findings.orRuledOut(open(walk));
  }

  /// Whether anything is sent to it: what is stopped, unused or leaving is not reached for other
  /// reasons than the network.
  private static boolean isReached(RegisteredTarget target) {
    return target
        .health()
        .map(
            health ->
                switch (health.state()) {
                  case HEALTHY, UNHEALTHY, UNHEALTHY_DRAINING, UNAVAILABLE -> true;
                  case INITIAL, UNUSED, DRAINING -> false;
                })
        .orElse(true);
  }

  private void walk(Case current, RegisteredTarget target, Walk walk, Findings findings) {
    Integer traffic = target.target().port();
    Integer checked = target.checkedPort();
    if (traffic == null || !target.group().protocol().carriesTcp()) {
      return;
    }
    if (ports != Ports.HEALTH_CHECK) {
      boolean isChecked = checked == null || checked.equals(traffic);
      walk(current, target, traffic, isChecked, walk, findings);
    }
    if (checked != null
        && !checked.equals(traffic)
        && ports != Ports.TRAFFIC
        && (ports == Ports.EITHER || !isDenied(current, target, traffic))) {
      walk(current, target, checked, true, walk, findings);
    }
  }

  private boolean isDenied(Case current, RegisteredTarget target, int port) {
    return current.paths().to(target.group(), target.target(), port).stream()
        .flatMap(path -> path.blockers().stream())
        .anyMatch(step -> concerns(step.control()));
  }

  /// @param isChecked whether health speaks of this port
  private void walk(
      Case current,
      RegisteredTarget target,
      int port,
      boolean isChecked,
      Walk walk,
      Findings findings) {
    boolean answered =
        isChecked && target.health().map(health -> health.port().isReached()).orElse(false);
    if (answered || current.probes().isReachable(target, port)) {
      walk.byAnswers = true;
      return;
    }
    List<Path> paths = current.paths().to(target.group(), target.target(), port);
    if (paths.isEmpty()) {
      findings.missing("where %s is".formatted(target.label()));
    }
    walk.byRules = true;
    walk.risks.addAll(risks(current, paths));
    for (Path path : paths) {
      for (Step step : path.steps()) {
        if (concerns(step.control())) {
          note(new PathBlock(target, path, step), walk, findings);
        }
      }
    }
  }

  private static void note(PathBlock block, Walk walk, Findings findings) {
    switch (block.step().hop()) {
      case Hop.Denied _ -> walk.denied.add(block);
      case Hop.Partial _ -> walk.partial.add(block);
      case Hop.Unknown(String why) -> findings.missing(why);
      case Hop.Allowed _ -> {}
    }
  }

  /// Says by what it is known: by the rules, or by answers that came back whatever the rules say.
  private String open(Walk walk) {
    if (!walk.byRules && !walk.byAnswers) {
      return ports == Ports.HEALTH_CHECK
          ? "health checks ask on the port that traffic takes, or that port is blocked itself"
          : "no TCP connection is made to the targets";
    }
    Stream<String> known =
        Stream.of(
                walk.byRules ? "no %s block what the load balancer sends".formatted(filters) : "",
                walk.byAnswers
                    ? "answers come back from %s"
                        .formatted(walk.byRules ? "the other targets" : "the targets")
                    : "")
            .filter(sentence -> !sentence.isEmpty());
    return String.join("; ", Stream.concat(known, walk.risks.stream().limit(MOST_RISKS)).toList());
  }

  private static Verdict.Cause cause(
      Case current, List<PathBlock> blocks, Confidence surest, Opening opening) {
    List<RegisteredTarget> targets = blocks.stream().map(PathBlock::target).distinct().toList();
    boolean known = targets.stream().allMatch(target -> target.health().isKnown());
    return Verdict.Cause.of(
            known ? surest : Confidence.POSSIBLE,
            blocks.getFirst().step().by(),
            PathBlock.sentences(blocks))
        .about(targets)
        .repairedBy(PathBlock.repairs(current.facts(), blocks, opening))
        .showingAs(symptoms(current, targets));
  }

  /// Where all targets are cut off, a load balancer that does not fail open has nowhere to send.
  private static Set<Symptom> symptoms(Case current, List<RegisteredTarget> targets) {
    Set<Symptom> symptoms = EnumSet.of(Symptom.TIMEOUT, Symptom.SILENT, Symptom.UNHEALTHY);
    if (!current.traits().failsOpen() && !current.serving().remainsWithout(targets)) {
      symptoms.add(Symptom.NO_TARGET);
      symptoms.add(Symptom.OVERFLOW);
    }
    return symptoms;
  }
}
