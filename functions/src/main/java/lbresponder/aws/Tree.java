package lbresponder.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place in a message, which knows its path, so that whatever is wrong there can be named.
record Tree(JsonNode node, String path) {

  /// Thrown within this package only: the reader turns it into an answer.
  static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrong(String path, String found, String expected) {
      super(
          "%s: found %s, expected %s"
              .formatted(path.isEmpty() ? "the message" : path, found, expected));
    }
  }

  Tree at(String name) {
    return new Tree(node.path(name), path.isEmpty() ? name : path + "." + name);
  }

  boolean isPresent() {
    return !node.isMissingNode() && !node.isNull();
  }

  /// Text that must be there.
  String text() {
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw wrong("text");
    }
    return node.textValue();
  }

  /// Text that may be missing; of another type it is wrong.
  String textOr(String fallback) {
    return isPresent() ? requireText() : fallback;
  }

  @Nullable String textOrNull() {
    return isPresent() ? requireText() : null;
  }

  private String requireText() {
    if (!node.isTextual()) {
      throw wrong("text");
    }
    return node.textValue();
  }

  /// A list that may be missing; of another type it is wrong.
  List<Tree> list() {
    if (!isPresent()) {
      return List.of();
    }
    if (!node.isArray()) {
      throw wrong("a list");
    }
    List<Tree> elements = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      elements.add(new Tree(node.path(i), path + "[" + i + "]"));
    }
    return elements;
  }

  Tree object() {
    if (!node.isObject()) {
      throw wrong("an object");
    }
    return this;
  }

  /// The fields of an object.
  List<Map.Entry<String, Tree>> fields() {
    return object().node().properties().stream()
        .map(field -> Map.entry(field.getKey(), at(field.getKey())))
        .toList();
  }

  Wrong wrong(String expected) {
    return new Wrong(path, found(), expected);
  }

  private String found() {
    return isPresent() ? Text.clean(node.toString(), 80) : "nothing";
  }
}
