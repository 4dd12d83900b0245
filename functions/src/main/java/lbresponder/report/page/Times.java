package lbresponder.report.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import lbresponder.report.text.Ages;

/// Times in UTC for people, and for machines beside them.
final class Times {
  private Times() {}

  /// With how long ago that was when the facts were read.
  static Node age(Instant instant, Instant read) {
    return time(instant, new Ages(read).of(instant));
  }

  /// With its day.
  static Node day(Instant instant) {
    return time(instant, Ages.day(instant) + " UTC");
  }

  private static Node time(Instant instant, String words) {
    return Node.of("time", words)
        .with("datetime", instant.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
