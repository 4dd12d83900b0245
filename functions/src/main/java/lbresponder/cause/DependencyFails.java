package lbresponder.cause;

import static lbresponder.evidence.Resources.FULL;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.FailOpen.Served;
import lbresponder.evidence.Overload.Level;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Point;
import lbresponder.facts.Measure;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.facts.Usage.Resource;

/// The checks of nearly all targets, in several zones, begin to fail within the same minutes while
/// the targets still answer, or accept, on the port: what they share is away, and the check asks
/// for it. What that is no fact tells, so that this is LIKELY at most.
final class DependencyFails extends Check {
  /// One may be in a state of its own.
  private static final double NEARLY_ALL = 0.8;

  /// Fewer fail at the same time by chance.
  private static final int SEVERAL = 3;

  /// Each target is checked at its own second, and counted by the minute.
  private static final Duration TOGETHER = Duration.ofMinutes(2);

  /// Below this, demand is as usual.
  private static final double FLAT = 1.2;

  /// From this on answers are slower than in any swing of an ordinary hour.
  private static final double MUCH_SLOWER = 2;

  /// The gRPC statuses of a server that fails at a question which is right: unknown, deadline
  /// exceeded, internal, unavailable.
  private static final Set<Integer> GRPC_FAILURES = Set.of(2, 4, 13, 14);

  DependencyFails() {
    super(
        "Something that all targets depend on fails, and their health checks with it",
        "Look at what the health check asks for: a database, a cache or another service that the"
            + " targets share. A check that answers for its own target alone does not take all of"
            + " them out.",
        Symptom.UNHEALTHY,
        Symptom.TARGET_ERROR,
        Symptom.SILENT);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.ofHealth(current.targets());
    Set<RegisteredTarget> broken = new HashSet<>(current.machines().down().orElse(List.of()));
    broken.addAll(current.machines().impaired().orElse(List.of()));
    current.facts().targetGroups().stream()
        .filter(TargetGroup::hasAddresses)
        .filter(group -> group.healthCheck().protocol().isHttp())
        .forEach(group -> examine(current, group, broken, findings));
    return findings.orRuledOut(
        "no group of which nearly all targets fail their check by a server error or without an"
            + " answer");
  }

  /// @param broken on machines that are down or impaired: they fail for themselves and are left out
  private static void examine(
      Case current, TargetGroup group, Set<RegisteredTarget> broken, Findings findings) {
    List<RegisteredTarget> asked =
        RegisteredTarget.of(group).stream().filter(Probes::matters).toList();
    List<RegisteredTarget> standing =
        asked.stream().filter(target -> !broken.contains(target)).toList();
    List<RegisteredTarget> failing =
        standing.stream().filter(target -> answersErrors(target) || isLate(target)).toList();
    if (failing.size() < 2 || failing.size() < NEARLY_ALL * standing.size()) {
      return;
    }
    String open = otherwise(current, failing);
    if (!open.isEmpty()) {
      findings.missing(open);
      return;
    }
    together(current, failing, asked.size() - standing.size())
        .fold(
            since -> findings.cause(cause(current, standing, failing, since)),
            findings::missing,
            findings::missing);
  }

  private static boolean answersErrors(RegisteredTarget target) {
    List<Integer> codes = target.unexpectedStatuses();
    return target.group().protocolVersion() == ProtocolVersion.GRPC
        ? codes.stream().anyMatch(GRPC_FAILURES::contains)
        : codes.stream().anyMatch(code -> code >= 500);
  }

  private static boolean isLate(RegisteredTarget target) {
    return target.isIn(State.UNHEALTHY)
        && (target.hasReason(Reason.TIMED_OUT) || target.hasReason(Reason.ANSWER_TIMED_OUT));
  }

  /// What else would make them all fail at once, or keeps it open; empty: nothing that was read.
  private static String otherwise(Case current, List<RegisteredTarget> failing) {
    if (zones(current, failing) < 2) {
      return "whether it is their zone: no target of another one fails";
    }
    if (!current.rollouts().underWay().isEmpty()) {
      return "whether it is what is rolled out: " + current.rollouts().underWay().getFirst();
    }
    if (current.overload().level() == Level.WITNESSED) {
      return "whether it is too much load: " + current.overload().signs().getFirst();
    }
    boolean full =
        current.resources().of(Resource.CPU).orElse(List.of()).stream()
            .anyMatch(used -> used.meanNow().orElse(0) >= FULL);
    if (full) {
      return "whether it is their CPU, which is at its limit";
    }
    return failing.stream()
        .filter(target -> !isOpen(current, target))
        .findFirst()
        .map(target -> "whether %s still accepts connections".formatted(target.label()))
        .orElse("");
  }

  private static long zones(Case current, List<RegisteredTarget> targets) {
    return targets.stream().map(current::zone).filter(Objects::nonNull).distinct().count();
  }

  /// Whether its checked port is shown to accept connections: by an answer, by a probe, or because
  /// requests that are sent to all, as where none passes, all meet a connection.
  private static boolean isOpen(Case current, RegisteredTarget target) {
    Integer port = target.checkedPort();
    return answersErrors(target)
        || target.hasReason(Reason.ANSWER_TIMED_OUT)
        || target.health().map(TargetHealth::port).orElse(Port.UNTOLD) == Port.OPEN
        || current.probes().ofPorts(target).stream()
            .filter(probe -> Objects.equals(probe.port(), port))
            .anyMatch(probe -> Probes.any(probe, Probes::accepts))
        || (isOfTraffic(target)
            && current.traits().failsOpen()
            && !current.serving().remainsIn(target.group())
            && current
                .counts()
                .nearest(Measure.CONNECTION_ERRORS, target.group().id())
                .map(errors -> errors == 0)
                .orElse(false)
            && current
                .counts()
                .nearest(Measure.REQUESTS, target.group().id())
                .map(requests -> requests > 0)
                .orElse(false));
  }

  /// What answers on another port may be something else than the application.
  private static boolean isOfTraffic(RegisteredTarget target) {
    return Objects.equals(target.checkedPort(), target.target().port());
  }

  /// When they began to fail; Unknown where that was not read, they failed before, or one after the
  /// other.
  ///
  /// @param broken how many more of the group may be counted as failing
  private static Known<Instant> together(Case current, List<RegisteredTarget> failing, int broken) {
    TargetGroup group = failing.getFirst().group();
    double few = (1 - NEARLY_ALL) * failing.size();
    long before = current.trouble().standing().before(group.id());
    if (before > few + broken) {
      return Known.unknown(
          "whether they have a reason in common: %d of %s failed before"
              .formatted(before, group.name()));
    }
    return current
        .counts()
        .nearestSeries(Measure.UNHEALTHY_TARGETS, group.id())
        .flatMap(Load.Series::points)
        .flatMap(points -> together(points, group, before + few, failing.size()));
  }

  /// @param few no more failed when it was well
  private static Known<Instant> together(
      List<Point> points, TargetGroup group, double few, int failing) {
    Instant well = null;
    Instant first = null;
    Instant all = null;
    for (Point point : points) {
      if (point.value() <= few) {
        well = point.at();
        first = null;
        all = null;
      } else {
        first = first == null ? point.at() : first;
        all = all == null && point.value() >= failing ? point.at() : all;
      }
    }
    if (well == null || first == null || all == null) {
      return Known.unknown("since when the targets of %s fail".formatted(group.name()));
    }
    Duration spread = TOGETHER.plusSeconds(group.healthCheck().intervalSeconds());
    return Duration.between(well, all).compareTo(spread) <= 0
        ? Known.of(first)
        : Known.unknown(
            "whether they began to fail together: the targets of %s were last seen well at %s, and all of these failing at %s"
                .formatted(group.name(), well, all));
  }

  private static Verdict.Cause cause(
      Case current, List<RegisteredTarget> asked, List<RegisteredTarget> failing, Instant since) {
    boolean answer = failing.stream().allMatch(DependencyFails::answersErrors);
    List<String> because = new ArrayList<>();
    because.add(
        "%d of %d targets in %d zones began to fail their check together at %s"
            .formatted(failing.size(), asked.size(), zones(current, failing), since));
    because.add(answer ? answers(failing) : "they accept connections and do not answer in time");
    double slower = current.counts().slowness().orElse(1.0);
    boolean isSlower = slower >= MUCH_SLOWER && Double.isFinite(slower);
    if (isSlower) {
      because.add("targets answer %s times slower than before".formatted(Phrases.number(slower)));
    }
    boolean isServed = isServed(current, because);
    boolean witnessed = isSlower || (answer && isServed);
    return Verdict.Cause.of(
            witnessed && failing.size() >= SEVERAL && isNothingElse(current, failing)
                ? Confidence.LIKELY
                : Confidence.POSSIBLE,
            failing.getFirst().group().id(),
            because)
        .about(failing)
        .since(since);
  }

  /// Whether what clients ask for works as before while the check fails: then the check asks for
  /// more. Where some are still served, a release may have broken the application as well.
  private static boolean isServed(Case current, List<String> because) {
    Served served = current.failOpen().served();
    if (served == Served.STILL) {
      because.add("clients' requests are answered with 2XX about as often as before");
    } else if (served == Served.FEWER) {
      because.add("some of the clients' requests are still answered with 2XX");
    }
    return served == Served.STILL;
  }

  private static String answers(List<RegisteredTarget> failing) {
    return "they answer it with %s, so that the port is open and something runs there"
        .formatted(
            failing.stream()
                .flatMap(target -> target.unexpectedStatuses().stream())
                .distinct()
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", ")));
  }

  /// Whether all was read that would show another reason.
  private static boolean isNothingElse(Case current, List<RegisteredTarget> failing) {
    return current.counts().growth(Measure.REQUESTS).orElse(FLAT) < FLAT
        && current.overload().level() != Level.POSSIBLE
        && failing.stream().allMatch(DependencyFails::isOfTraffic)
        && current.targets().missing().isEmpty()
        && current.machines().down().isKnown()
        && current.machines().impaired().isKnown()
        && current.rollouts().unread().isEmpty();
  }
}
