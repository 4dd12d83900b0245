package lbresponder.evidence;

import java.time.Duration;
import java.util.Optional;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.Measure;

/// What the load balancer's own security groups dropped, as it counts that itself: a witness beside
/// the rules.
///
/// @param count of the whole load balancer in the incident; Unknown where it was not read, None
///   where it is not counted
/// @param metric what the provider calls it
/// @param alarmed whether an alarm is on this very count
/// @param settled how long of the incident datapoints are complete
public record BlockedFlows(Known<Count> count, String metric, boolean alarmed, Duration settled) {
  /// A fault that drops packets shows within some minutes: clients and checks come again and again.
  private static final Duration ENOUGH = Duration.ofMinutes(3);

  /// @param measure {@link Measure#BLOCKED_INBOUND} or {@link Measure#BLOCKED_OUTBOUND}
  public static BlockedFlows in(Case current, Measure measure) {
    return new BlockedFlows(
        current.counts().count(measure, null),
        current.counts().name(measure, null),
        current.alarmed().contains(measure),
        current.facts().load().map(BlockedFlows::settled).orElse(Duration.ZERO));
  }

  private static Duration settled(Load load) {
    return Duration.between(load.incident().from(), load.settled());
  }

  /// How many were dropped, where that is more than usual; empty where it is not, or not known.
  public Optional<Count> risen() {
    return count
        .toOptional()
        .filter(some -> some.now() > 0 && (alarmed || some.hasRisen().orElse(false)));
  }

  /// Whether none was dropped as long as the incident lasts.
  public boolean areNone() {
    return settled.compareTo(ENOUGH) >= 0 && count.map(some -> some.now() == 0).orElse(false);
  }

  /// `1200 connections were dropped by the load balancer's own groups (METRIC), 3 would be usual`.
  public String sentence() {
    double now = count.map(Count::now).orElse(0.0);
    return "%s %s dropped by the load balancer's own groups (%s)%s"
        .formatted(
            now == 0 ? "no connection" : Phrases.number(now) + " connections",
            now == 0 ? "was" : "were",
            metric,
            now == 0
                ? ""
                : count
                    .flatMap(Count::usual)
                    .map(usual -> ", %s would be usual".formatted(Phrases.number(usual)))
                    .orElse(""));
  }
}
