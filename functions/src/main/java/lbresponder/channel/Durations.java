package lbresponder.channel;

import java.time.Duration;

/// How long, for people.
final class Durations {
  private Durations() {}

  /// `40 s`, `7 min`, `3 h 5 min`.
  static String words(Duration lasted) {
    long minutes = lasted.toMinutes();
    if (minutes < 1) {
      return lasted.toSeconds() + " s";
    }
    return minutes < 120
        ? minutes + " min"
        : lasted.toHours() + " h " + lasted.toMinutesPart() + " min";
  }
}
