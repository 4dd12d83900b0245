package lbresponder.report.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import lbresponder.report.text.Words;

/// Times in UTC, and how long ago they were when the facts were read.
final class Times {
  private static final DateTimeFormatter MINUTE = format("HH:mm 'UTC'");
  private static final DateTimeFormatter DAY = format("yyyy-MM-dd HH:mm 'UTC'");

  private final Instant read;

  /// @param read when the facts were
  Times(Instant read) {
    this.read = read;
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /// With its day where that is not the day of the reading.
  Node at(Instant instant) {
    boolean today = instant.truncatedTo(ChronoUnit.DAYS).equals(read.truncatedTo(ChronoUnit.DAYS));
    return time(instant, today ? MINUTE : DAY);
  }

  /// `17:02 UTC (2 min ago)`.
  Node age(Instant instant) {
    Duration ago = Duration.between(instant, read);
    return ago.isNegative()
        ? at(instant)
        : Node.of("span", at(instant), Node.text(" (%s ago)".formatted(Words.duration(ago))));
  }

  Node day() {
    return time(read, DAY);
  }

  /// Without an element around it.
  static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  private static Node time(Instant instant, DateTimeFormatter format) {
    return Node.of("time", format.format(instant))
        .with("datetime", instant.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
