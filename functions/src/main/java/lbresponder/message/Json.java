package lbresponder.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// Reads JSON that anybody may have written.
public final class Json {
  /// The most a queue hands over in one message.
  public static final int MOST_CHARACTERS = 1 << 20;

  /// An alarm event nests 9 deep. The limit keeps a hostile message from overflowing the stack.
  private static final int DEEPEST = 64;

  /// Duplicate keys and anything after the value are refused: Jackson would silently keep the last
  /// key and drop the rest.
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /// @param path where the text was found; empty: it is the message itself
  /// @throws MalformedMessage where it is not one JSON object
  public static Field object(String text, String path) {
    String where = path.isEmpty() ? "message" : path;
    if (text.isBlank()) {
      throw new MalformedMessage(where + ": found nothing, expected a JSON object");
    }
    if (text.length() > MOST_CHARACTERS) {
      throw new MalformedMessage(
          "%s: found %,d characters, expected at most %,d"
              .formatted(where, text.length(), MOST_CHARACTERS));
    }
    JsonNode value = parse(text, where);
    if (!value.isObject()) {
      throw new Field(where, value).malformed("a JSON object");
    }
    return new Field(path, value);
  }

  private static JsonNode parse(String text, String where) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException failure) {
      String at =
          failure.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(
                      failure.getLocation().getLineNr(), failure.getLocation().getColumnNr());
      throw new MalformedMessage(
          "%s: not one JSON object: %s%s; it begins with %s"
              .formatted(
                  where,
                  Untrusted.clean(failure.getOriginalMessage(), 160),
                  at,
                  Untrusted.clean(text, 80)));
    }
  }

  private Json() {}
}
