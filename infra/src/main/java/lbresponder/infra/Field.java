package lbresponder.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One value of the configuration, with its path for error messages.
///
/// @param path e.g. `places[0].probers[1].network`; empty: the whole file
record Field(JsonNode value, String path) {

  /// An object's value for a key; missing where it is not there.
  Field at(String key) {
    return new Field(value.path(key), path.isEmpty() ? key : path + "." + key);
  }

  boolean isMissing() {
    return value.isMissingNode() || value.isNull();
  }

  /// This is an object, and has no other keys than these.
  Field object(String... known) {
    if (!value.isObject()) {
      throw wrong("an object");
    }
    Set<String> keys = new TreeSet<>(Set.of(known));
    value
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!keys.contains(key)) {
                throw new UnusableInput(
                    "%s: unknown key, expected one of %s"
                        .formatted(at(key).path(), String.join(", ", keys)));
              }
            });
    return this;
  }

  /// @param expected describes the pattern
  String text(Pattern pattern, String expected) {
    if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
      throw wrong(expected);
    }
    return value.textValue();
  }

  String text(Pattern pattern, String expected, String otherwise) {
    return isMissing() ? otherwise : text(pattern, expected);
  }

  boolean flag() {
    if (isMissing()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw wrong("true or false");
    }
    return value.booleanValue();
  }

  /// The entries of a list; none where it is missing.
  List<Field> entries() {
    if (!isMissing() && !value.isArray()) {
      throw wrong("a list");
    }
    List<Field> entries = new ArrayList<>();
    for (int i = 0; i < value.size(); i++) {
      entries.add(new Field(value.get(i), "%s[%d]".formatted(path, i)));
    }
    return entries;
  }

  /// The texts of a list that has at least one.
  List<String> texts(Pattern pattern, String expected) {
    List<Field> entries = entries();
    if (entries.isEmpty()) {
      throw wrong("a list with at least one entry: " + expected);
    }
    return entries.stream().map(one -> one.text(pattern, expected)).toList();
  }

  /// A pasted Slack token is not repeated.
  UnusableInput wrong(String expected) {
    String found =
        isMissing()
            ? "nothing"
            : value.isTextual() && value.textValue().startsWith("xox")
                ? "what looks like a Slack token"
                : value.toString();
    return new UnusableInput(
        "%s: found %s, expected %s"
            .formatted(
                path.isEmpty() ? "the configuration" : path,
                found.length() > 120 ? found.substring(0, 120) + "…" : found,
                expected));
  }
}
