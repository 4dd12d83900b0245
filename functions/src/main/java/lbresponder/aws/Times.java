package lbresponder.aws;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// CloudWatch writes times as `2026-01-02T17:04:40.989+0000`, EventBridge as
/// `2026-01-02T17:04:40Z`.
final class Times {
  private static final DateTimeFormatter FORM =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX]")
          .toFormatter(Locale.ROOT);

  private Times() {}

  /// @throws Tree.Wrong where it is missing or no time
  static Instant read(Tree time) {
    Instant instant = parse(time.text());
    if (instant == null) {
      throw time.wrong("a time such as 2026-01-02T17:04:40.989+0000");
    }
    return instant;
  }

  /// Null where it is no time.
  static @Nullable Instant parse(String text) {
    try {
      return OffsetDateTime.parse(text, FORM).toInstant();
    } catch (DateTimeException notATime) {
      return null;
    }
  }
}
