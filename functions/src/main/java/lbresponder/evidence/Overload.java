package lbresponder.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lbresponder.facts.Connection;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Load.Window;
import lbresponder.facts.Measure;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import org.jspecify.annotations.Nullable;

/// Whether more came than the targets can take, as far as metrics and probes tell.
///
/// @param level what they say together
/// @param signs what speaks for it, one sentence each; not empty where the level is `WITNESSED` or
///   `POSSIBLE`
/// @param decides what speaks against it, or what is missing to decide
public record Overload(Level level, List<String> signs, String decides) {
  /// Below this, demand is as usual; load balancers see such swings in any hour.
  private static final double FLAT = 1.2;

  /// From this on, demand or response time has clearly risen above the hour before.
  private static final double RISEN = 1.5;

  /// How far back from the first error demand is looked at. What rises after it is a consequence:
  /// clients retry.
  private static final Duration BEFORE_ONSET = Duration.ofMinutes(5);

  public enum Level {
    /// Two signs agree, before the first error, and nothing says that something else happened.
    WITNESSED,
    /// One sign.
    POSSIBLE,
    /// Demand is as usual.
    ABSENT,
    /// It cannot be told.
    UNKNOWN
  }

  /// How much more came, and how much slower the answers were, as multiples of the hour before.
  ///
  /// @param earlier whether answers were slower already in the minutes before the first error
  private record Growth(
      Known<Double> total, Known<Double> perTarget, Known<Double> slowness, boolean earlier) {
    /// Fewer targets make each one's share larger though demand is as usual.
    boolean isOfShare() {
      return perTarget.orElse(0.0) > total.orElse(0.0);
    }

    Known<Double> demand() {
      return isOfShare() ? perTarget : total;
    }
  }

  static Overload in(Case current) {
    return current
        .facts()
        .load()
        .fold(
            load -> judge(current, load),
            why -> new Overload(Level.UNKNOWN, List.of(), why),
            why -> new Overload(Level.UNKNOWN, List.of(), why));
  }

  private static Overload judge(Case current, Load load) {
    Optional<Instant> onset = onset(current);
    Window before = onset.map(first -> before(first, load)).orElse(load.incident());
    Growth growth =
        new Growth(
            growth(current, Measure.REQUESTS, before),
            growth(current, Measure.REQUESTS_PER_TARGET, before),
            growth(current, Measure.RESPONSE_TIME, before),
            onset.map(first -> earlier(current, first, load)).orElse(false));
    List<String> signs = new ArrayList<>();
    double demand = growth.demand().orElse(0.0);
    double slowness = growth.slowness().orElse(0.0);
    if (demand >= RISEN) {
      signs.add(
          "%s before the first error was %s times the hour before"
              .formatted(
                  growth.isOfShare() ? "each target's share of requests" : "demand",
                  Phrases.number(demand)));
    }
    if (slowness >= RISEN) {
      signs.add(
          "targets answered %s times slower than in the hour before"
              .formatted(Phrases.number(slowness)));
    }
    List<String> full = fullQueues(current);
    signs.addAll(full);
    boolean inTime = onset.isPresent() && !isOtherwise(current);
    return weigh(signs, growth, !full.isEmpty(), inTime, unseen(current, growth));
  }

  /// What may still be the targets' limit though demand is flat; empty: nothing that was left
  /// unread.
  private static String unseen(Case current, Growth growth) {
    List<RegisteredTarget> all = current.targets().all();
    boolean allServe =
        current.targets().areAllKnown() && all.stream().allMatch(RegisteredTarget::takesTraffic);
    if (allServe) {
      return "";
    }
    long serving = all.stream().filter(RegisteredTarget::takesTraffic).count();
    if (growth.perTarget() instanceof Known.Unknown<Double>(String why)
        && all.size() > RISEN * serving) {
      return why;
    }
    boolean tried =
        current.targets().missing().isEmpty()
            && all.stream()
                .filter(Probes::matters)
                .noneMatch(target -> current.probes().of(target, Purpose.TRAFFIC).isEmpty());
    return tried || growth.slowness().isKnown()
        ? ""
        : "demand is as usual; whether the targets take it any more was neither measured nor tried";
  }

  private static Overload weigh(
      List<String> signs, Growth growth, boolean queuesFull, boolean inTime, String unseen) {
    double demand = growth.demand().orElse(0.0);
    boolean more = demand >= RISEN;
    boolean slower = growth.slowness().orElse(0.0) >= RISEN;
    if (inTime && ((queuesFull && (more || slower)) || (more && slower && growth.earlier()))) {
      return new Overload(Level.WITNESSED, signs, "");
    }
    if (queuesFull || more) {
      return new Overload(Level.POSSIBLE, signs, "");
    }
    if (!growth.demand().isKnown()) {
      String why = growth.demand().fold(_ -> "", unknown -> unknown, none -> none);
      return new Overload(Level.UNKNOWN, signs, why);
    }
    if (demand > FLAT || slower) {
      return new Overload(
          Level.UNKNOWN,
          signs,
          "whether the targets are at their limit: demand is %s times and response time %s times the hour before"
              .formatted(
                  Phrases.number(demand),
                  growth.slowness().map(Phrases::number).orElse("an unknown number of")));
    }
    if (!unseen.isEmpty()) {
      return new Overload(Level.UNKNOWN, signs, unseen);
    }
    return new Overload(
        Level.ABSENT,
        signs,
        "demand before the first error was %s times the hour before"
            .formatted(Phrases.number(demand)));
  }

  /// A queue before the targets that overflowed although some are in service, and an accept queue
  /// that lets some tries pass and drops others, which no rule of the network does.
  private static List<String> fullQueues(Case current) {
    List<String> signs = new ArrayList<>();
    Count overflowed = current.counts().count(Measure.QUEUE_OVERFLOW, null).orElse(Count.NONE);
    if (overflowed.now() > 0
        && (current.hasAlarm() || overflowed.hasRisen().orElse(false))
        && current.targets().all().stream().anyMatch(RegisteredTarget::takesTraffic)) {
      signs.add(
          "%s requests overflowed the queue although targets are in service"
              .formatted(Phrases.number(overflowed.now())));
    }
    current.targets().all().stream()
        .flatMap(
            target ->
                current.probes().of(target, Purpose.TRAFFIC).stream()
                    .filter(Overload::isMixed)
                    .map(
                        probe ->
                            Probes.result(target, probe) + ": some tries pass and some do not"))
        .findFirst()
        .ifPresent(signs::add);
    return signs;
  }

  private static boolean isMixed(ProbeResult probe) {
    return probe.from() != Vantage.HERE
        && Probes.any(probe, Connection.TimedOut.class::isInstance)
        && Probes.any(probe, Probes::accepts);
  }

  /// An overloaded target answers late or not at all. Where the load balancer tells late answers
  /// from other failures and says that something else happened, or what it says could not be read,
  /// load may have risen by chance.
  private static boolean isOtherwise(Case current) {
    return current.traits().tellsTimeouts()
        && (!current.targets().areAllKnown()
            || current.trouble().fresh().stream()
                .anyMatch(
                    target ->
                        !target
                            .health()
                            .map(
                                health -> {
                                  var reason = health.reason();
                                  return reason != null && reason.isTimeout();
                                })
                            .orElse(false)));
  }

  /// When the alarm's metric first showed trouble. Empty: it is not known, and then whether demand
  /// rose before or after is not known either.
  private static Optional<Instant> onset(Case current) {
    boolean isOfHealthy =
        current
            .counts()
            .alarmed()
            .map(series -> series.measure() == Measure.HEALTHY_TARGETS)
            .orElse(false);
    return isOfHealthy ? Optional.empty() : current.counts().onset();
  }

  /// Whether answers took longer before the first error came: overload slows them down first, and
  /// what breaks at once does not.
  private static boolean earlier(Case current, Instant onset, Load load) {
    Window before = before(onset, load);
    return before.from().isBefore(onset)
        && growth(current, Measure.RESPONSE_TIME, new Window(before.from(), onset)).orElse(0.0)
            >= RISEN;
  }

  /// The minutes that led to the first error, and its own.
  private static Window before(Instant onset, Load load) {
    Instant end = onset.plusSeconds(load.periodSeconds());
    Instant from = end.minus(BEFORE_ONSET);
    return new Window(from.isBefore(load.baseline().to()) ? load.baseline().to() : from, end);
  }

  /// Of the target group in question where it is counted, else of the load balancer; Unknown where
  /// either window could not be read, or there was nothing to compare with.
  private static Known<Double> growth(Case current, Measure measure, Window window) {
    Counts counts = current.counts();
    @Nullable String group =
        current.scope().targetGroups().stream().sorted().findFirst().orElse(null);
    @Nullable String counted = counts.series(measure, group, null).isKnown() ? group : null;
    return counts
        .growth(measure, counted, window)
        .flatMap(
            growth ->
                Double.isFinite(growth) && counts.hadAnyBefore(measure, counted)
                    ? Known.of(growth)
                    : Known.unknown(
                        "%s was zero in the hour before: nothing to compare with"
                            .formatted(counts.name(measure, counted))));
  }
}
