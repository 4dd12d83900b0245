package lbresponder.report.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;
import lbresponder.facts.Durations;

/// Times as people say them, beside the time of the report: nobody counts back at night.
public final class Ages {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// As {@link Instant#toString} writes it, whole.
  private static final Pattern INSTANT =
      Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z");

  private final Instant at;

  /// @param at when the report was made
  public Ages(Instant at) {
    this.at = at;
  }

  /// `17:04`, in UTC.
  public static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  /// `2026-01-02 17:04`, in UTC.
  public static String day(Instant instant) {
    return DAY.format(instant);
  }

  /// `17:04 UTC (3 min ago)`; with the date where that is another day than the report's.
  public String of(Instant instant) {
    boolean today =
        instant
            .atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .equals(at.atOffset(ZoneOffset.UTC).toLocalDate());
    String time = (today ? MINUTE : DAY).format(instant) + " UTC";
    Duration ago = Duration.between(instant, at);
    return ago.isNegative() ? time : "%s (%s ago)".formatted(time, Durations.words(ago));
  }

  /// The text with every time in it said so.
  public String in(String text) {
    return INSTANT.matcher(text).replaceAll(found -> said(found.group()));
  }

  private String said(String instant) {
    try {
      return of(Instant.parse(instant));
    } catch (DateTimeParseException _) {
      return instant;
    }
  }
}
