package lbresponder.facts;

import java.time.Duration;

/// How long, for people.
public final class Durations {
  private Durations() {}

  /// In one or two units, cut and not rounded: `40 s`, `7 min`, `3 h 5 min`, `40 days`.
  public static String words(Duration duration) {
    if (duration.toDays() >= 2) {
      return duration.toDays() + " days";
    }
    if (duration.toMinutes() >= 120) {
      int minutes = duration.toMinutesPart();
      return duration.toHours() + " h" + (minutes == 0 ? "" : " " + minutes + " min");
    }
    return duration.toMinutes() >= 1 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }
}
