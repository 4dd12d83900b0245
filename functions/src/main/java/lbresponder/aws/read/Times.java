package lbresponder.aws.read;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.facts.Load.Window;

/// What is read of each metric: the incident and the time before it, in datapoints of so many
/// seconds.
///
/// @param settled as in {@link lbresponder.facts.Load}
record Times(Window incident, Window baseline, int seconds, Instant settled) {
  private static final Duration BASELINE = Duration.ofMinutes(60);

  /// Between the baseline and the incident, so that the first signs of trouble are not taken for
  /// ordinary.
  private static final Duration GAP = Duration.ofMinutes(5);

  /// Before the state changed, where the alarm does not tell which datapoints it looked at.
  private static final Duration LOOKED_AT = Duration.ofMinutes(5);

  /// Where nobody alarmed.
  private static final Duration LATELY = Duration.ofMinutes(15);

  /// Load balancers report once a minute, and a datapoint may take two more to be complete.
  private static final Duration SETTLES = Duration.ofMinutes(3);

  static Times of(Incident incident, Instant now) {
    Instant began =
        incident.alarms().stream()
            .map(Times::began)
            .min(Comparator.naturalOrder())
            .orElse(now.minus(LATELY));
    // An alarm's time may lie ahead of this machine's clock.
    Instant from = began.isBefore(now) ? began : now.minus(LOOKED_AT);
    int period = period(Duration.between(from, now));
    Window window = new Window(floor(from, period), floor(now, period).plusSeconds(period));
    Instant before = window.from().minus(GAP);
    Window baseline = new Window(floor(before.minus(BASELINE), period), floor(before, period));
    return new Times(window, baseline, period, floor(now.minus(SETTLES), period));
  }

  private static Instant began(Alarm alarm) {
    return alarm.evaluatedFrom() == null
        ? alarm.changedAt().minus(LOOKED_AT)
        : alarm.evaluatedFrom();
  }

  /// CloudWatch answers 100,800 datapoints at most: the longer ago, the coarser.
  private static int period(Duration span) {
    if (span.compareTo(Duration.ofHours(6)) <= 0) {
      return 60;
    }
    return span.compareTo(Duration.ofHours(36)) <= 0 ? 300 : 3600;
  }

  private static Instant floor(Instant instant, int period) {
    return Instant.ofEpochSecond(Math.floorDiv(instant.getEpochSecond(), period) * period);
  }
}
