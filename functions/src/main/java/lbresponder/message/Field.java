package lbresponder.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One field of a message and the way to it, so that whatever is wrong with it can be said.
///
/// @param path e.g. `detail.configuration.metrics[1].metricStat`; empty for the message itself
/// @param value missing where the message has no such field
public record Field(String path, JsonNode value) {

  /// CloudWatch writes `2026-01-02T17:04:40.989+0000`, EventBridge `2026-01-02T17:04:40Z`. Four
  /// digits of year, since an instant beyond them overflows where it is counted in milliseconds.
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("-MM-dd'T'HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][XX]")
          .toFormatter();

  private static final int LONGEST_FINDING = 80;
  private static final int LONGEST_PATH = 200;

  public boolean has(String name) {
    return value.hasNonNull(name);
  }

  /// @throws MalformedMessage where this is something else than an object; a field of a missing
  ///   object is missing
  public Field at(String name) {
    if (isPresent() && !value.isObject()) {
      throw malformed("an object");
    }
    return new Field(path.isEmpty() ? name : path + "." + name, value.path(name));
  }

  /// The first element; missing where there is none.
  ///
  /// @throws MalformedMessage where this is not an array
  public Field first() {
    List<Field> elements = elements();
    return elements.isEmpty() ? new Field(path + "[0]", value.path(0)) : elements.getFirst();
  }

  /// Neither missing nor null.
  public boolean isPresent() {
    return !value.isMissingNode() && !value.isNull();
  }

  /// @throws MalformedMessage where it is not an array
  public List<Field> elements() {
    if (!value.isArray()) {
      throw malformed("an array");
    }
    List<Field> elements = new ArrayList<>();
    for (JsonNode element : value) {
      elements.add(new Field("%s[%d]".formatted(path, elements.size()), element));
    }
    return elements;
  }

  /// Its text. A lone half of a surrogate pair, which JSON can smuggle in and UTF-8 cannot carry
  /// out, becomes `?`.
  ///
  /// @param expected what it should be, for the person who reads that it is not
  /// @throws MalformedMessage where it is missing, not a string, or blank
  public String text(String expected) {
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw malformed(expected);
    }
    return new String(value.textValue().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /// @return empty where it is missing, null or blank
  /// @throws MalformedMessage where it is not a string
  public String textOrEmpty() {
    boolean blank = value.isTextual() && value.textValue().isBlank();
    return isPresent() && !blank ? text("a string") : "";
  }

  /// @throws MalformedMessage where it is missing or not all of it matches
  public Matcher matching(Pattern pattern, String expected) {
    Matcher matcher = pattern.matcher(text(expected));
    if (!matcher.matches()) {
      throw malformed(expected);
    }
    return matcher;
  }

  /// @throws MalformedMessage where it is no whole number from `least` to `most`
  public int wholeNumber(int least, int most, String expected) {
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw malformed(expected);
    }
    int number = value.intValue();
    if (number < least || number > most) {
      throw malformed(expected);
    }
    return number;
  }

  /// @return null where it is missing or no number
  public @Nullable Double number() {
    return value.isNumber() ? value.doubleValue() : null;
  }

  /// @return null where it is missing or no timestamp
  /// @throws MalformedMessage where it is not a string
  public @Nullable Instant instant() {
    try {
      return OffsetDateTime.parse(textOrEmpty(), TIMESTAMP).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  /// To be thrown: this field is not what was expected.
  public MalformedMessage malformed(String expected) {
    // Some paths hold names that the message itself chose.
    String where = Untrusted.clean(path, LONGEST_PATH);
    return new MalformedMessage("%s: found %s, expected %s".formatted(where, found(), expected));
  }

  private String found() {
    return switch (value.getNodeType()) {
      case MISSING -> "nothing";
      case NULL -> "null";
      case OBJECT -> "an object" + names();
      case ARRAY -> "an array of " + value.size();
      case STRING -> "\"" + Untrusted.clean(value.textValue(), LONGEST_FINDING) + "\"";
      case NUMBER, BOOLEAN, BINARY, POJO -> Untrusted.clean(value.asText(), LONGEST_FINDING);
    };
  }

  /// The names of an object's fields, for the person who reads that one of them is missing.
  public String names() {
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    return names.isEmpty()
        ? " without fields"
        : " with " + Untrusted.clean(String.join(", ", names), LONGEST_FINDING);
  }
}
