package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
/// Where checks are answered although rules deny, the two contradict each other, and both are said:
/// the answer may be another node's, or an old one. What is denied in part no answer refutes.
public abstract class PathCheck extends Check {
  private static final int MOST_RISKS = 2;

  /// Which ports are looked at.
  protected enum Ports {
    TRAFFIC,
    /// The health check's, where it is another than the traffic port, or of another protocol, and
    /// traffic is not blocked.
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
  protected abstract List<Repair> opening(
      Facts facts, RegisteredTarget target, Path path, Step step);

  /// What would open all of them.
  List<Repair> repairs(Case current, List<PathBlock> blocks) {
    return PathBlock.repairs(current.facts(), blocks, this::opening);
  }

  /// What the same filters do to others than the load balancer.
  protected void besidePaths(Case current, Findings findings) {}

  /// What is open today and will not stay so, one sentence each.
  ///
  /// @param paths to one port of a target
  protected List<String> risks(Case current, List<Path> paths) {
    return List.of();
  }

  /// What walking the paths showed.
  private static final class Walk {
    private final PathWitness witness;
    private final Findings findings;

    private final List<PathBlock> denied = new ArrayList<>();

    /// Denied by the rules, though the checks get an answer.
    private final List<PathBlock> contradicted = new ArrayList<>();

    /// Denied, where it is not sure that anything is sent.
    private final List<PathBlock> unused = new ArrayList<>();

    private final List<PathBlock> partial = new ArrayList<>();
    private final Set<String> risks = new LinkedHashSet<>();
    private boolean byRules;
    private boolean byAnswers;

    private Walk(PathWitness witness, Findings findings) {
      this.witness = witness;
      this.findings = findings;
    }
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.of(current.targets());
    List<RegisteredTarget> reached =
        current.targets().all().stream()
            .filter(target -> PathWitness.isReached(target) && target.group().hasAddresses())
            .toList();
    if (reached.isEmpty()) {
      return findings.orRuledOut("no target that has a network path fails to answer");
    }
    if (!current.paths().missing().isEmpty()) {
      return new Verdict.Unknown(current.paths().missing());
    }
    Walk walk = new Walk(new PathWitness(current), findings);
    reached.forEach(target -> walk(current, target, walk));
    weigh(current, walk);
    besidePaths(current, findings);
    return findings.orRuledOut(open(walk));
  }

  /// Only the surest becomes the cause, but what stops a part of the packets is named beside what
  /// stops all.
  private void weigh(Case current, Walk walk) {
    if (!walk.denied.isEmpty()) {
      Set<RegisteredTarget> cutOff = new HashSet<>(PathWitness.targets(walk.denied));
      walk.unused.stream()
          .filter(block -> cutOff.contains(block.target()))
          .forEach(walk.denied::add);
      walk.findings.cause(cause(current, walk.denied, walk.partial, List.of(), Confidence.PROVEN));
      return;
    }
    if (!walk.contradicted.isEmpty()) {
      weighContradiction(current, walk);
    }
    if (!walk.partial.isEmpty()) {
      walk.findings.cause(
          cause(current, walk.partial, List.of(), List.of(), walk.witness.ofPartial(walk.partial)));
    }
    if (!walk.unused.isEmpty()) {
      walk.findings.cause(
          cause(
              current,
              walk.unused,
              walk.partial,
              List.of(
                  "only paths between zones are blocked, and it is not sure that this is what"
                      + " fails"),
              Confidence.POSSIBLE));
    }
  }

  private void weighContradiction(Case current, Walk walk) {
    List<String> excuses = walk.witness.excuses(walk.contradicted);
    if (excuses.isEmpty()) {
      walk.findings.missing(
          "why the checks of %s get an answer, though %s"
              .formatted(
                  walk.contradicted.getFirst().target().label(),
                  PathBlock.sentences(walk.contradicted).getFirst()));
    } else {
      walk.findings.cause(
          cause(current, walk.contradicted, walk.partial, excuses, Confidence.LIKELY));
    }
  }

  private void walk(Case current, RegisteredTarget target, Walk walk) {
    Integer traffic = target.target().port();
    Integer checked = target.checkedPort();
    if (traffic == null) {
      return;
    }
    boolean overTcp = target.group().protocol().carriesTcp();
    if (ports != Ports.HEALTH_CHECK && overTcp) {
      walk(current, target, traffic, checked == null || checked.equals(traffic), walk);
    } else if (ports != Ports.HEALTH_CHECK && target.group().protocol().carriesUdp()) {
      walk.findings.missing("whether datagrams get through to " + target.group().name());
    }
    // Checks are made over TCP, whatever the group's own protocol is.
    if (checked != null
        && !(overTcp && checked.equals(traffic))
        && ports != Ports.TRAFFIC
        && (ports == Ports.EITHER || !overTcp || !isDenied(current, target, traffic))) {
      walk(current, target, checked, true, walk);
    }
  }

  private boolean isDenied(Case current, RegisteredTarget target, int port) {
    return current.paths().to(target.group(), target.target(), port).stream()
        .flatMap(path -> path.blockers().stream())
        .anyMatch(step -> concerns(step.control()));
  }

  /// @param isChecked whether health speaks of this port
  private void walk(Case current, RegisteredTarget target, int port, boolean isChecked, Walk walk) {
    List<Path> paths = current.paths().to(target.group(), target.target(), port);
    boolean answered = PathWitness.isAnswered(target, isChecked);
    if (paths.isEmpty()) {
      walk.findings.missing("where %s is".formatted(target.label()));
    }
    if (answered || current.probes().isReachable(target, port)) {
      walk.byAnswers = true;
    } else {
      walk.byRules = true;
      walk.risks.addAll(risks(current, paths));
    }
    List<PathBlock> blocks = blocks(target, paths);
    if (!blocks.isEmpty()) {
      Set<String> zones = paths.stream().map(Path::zone).collect(Collectors.toSet());
      Set<String> probed = walk.witness.reachedFrom(target, port, zones);
      blocks.forEach(block -> note(block, answered, probed.contains(block.path().zone()), walk));
    }
  }

  /// What this check is about and does not let everything pass.
  private List<PathBlock> blocks(RegisteredTarget target, List<Path> paths) {
    List<PathBlock> blocks = new ArrayList<>();
    for (Path path : paths) {
      for (Step step : path.steps()) {
        if (!(step.hop() instanceof Hop.Allowed) && concerns(step.control())) {
          blocks.add(new PathBlock(target, path, step));
        }
      }
    }
    return blocks;
  }

  /// @param answered whether the load balancer's checks get something back from the port
  /// @param reached whether a prober in the node's place does, just now
  private static void note(PathBlock block, boolean answered, boolean reached, Walk walk) {
    boolean isRoute = block.step().control().kind() == Path.Kind.ROUTE;
    switch (block.step().hop()) {
      case Hop.Denied _ when reached -> {}
      case Hop.Denied _ when !walk.witness.carries(block.target(), block.path()) -> {
        if (answered) {
          walk.findings.missing(
              "whether nodes send to %s from other zones".formatted(block.target().label()));
        } else {
          walk.unused.add(block);
        }
      }
      case Hop.Denied _ when answered -> walk.contradicted.add(block);
      case Hop.Denied _ -> walk.denied.add(block);
      case Hop.Partial _ -> walk.partial.add(block);
      case Hop.Unknown(String why) when !isRoute || !(answered || reached) ->
          walk.findings.missing(why);
      case Hop.Unknown _, Hop.Allowed _ -> {}
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
                walk.byRules ? "no %s block %s".formatted(filters, sent()) : "",
                walk.byAnswers
                    ? "answers come back from %s"
                        .formatted(walk.byRules ? "the other targets" : "the targets")
                    : "")
            .filter(sentence -> !sentence.isEmpty());
    return String.join("; ", Stream.concat(known, walk.risks.stream().limit(MOST_RISKS)).toList());
  }

  private String sent() {
    return switch (ports) {
      case TRAFFIC -> "the traffic";
      case HEALTH_CHECK -> "the health checks";
      case EITHER -> "what the load balancer sends";
    };
  }

  /// @param beside what is repaired and named too, and does not make it surer
  /// @param doubts what speaks against it, or how that is to be understood
  private Verdict.Cause cause(
      Case current,
      List<PathBlock> blocks,
      List<PathBlock> beside,
      List<String> doubts,
      Confidence surest) {
    List<RegisteredTarget> targets = PathWitness.targets(blocks);
    boolean known = targets.stream().allMatch(target -> target.health().isKnown());
    List<PathBlock> all = Stream.concat(blocks.stream(), beside.stream()).toList();
    List<String> because = new ArrayList<>(PathBlock.sentences(blocks));
    because.addAll(doubts);
    because.addAll(PathBlock.sentences(beside));
    return Verdict.Cause.of(
            known ? surest : Confidence.POSSIBLE, blocks.getFirst().step().by(), because)
        .about(targets)
        .repairedBy(repairs(current, all))
        .showingAs(Symptom.TIMEOUT, Symptom.SILENT, Symptom.UNHEALTHY);
  }
}
