package lbresponder.report.page;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// A part of the page. There is no way to say anything but escaped, and what is written is
/// well-formed, as HTML and as XML alike.
sealed interface Node {
  /// Elements that have neither content nor an end.
  Set<String> VOID = Set.of("meta", "br");

  /// Names are the page's own words.
  Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9-]*");

  record Text(String text) implements Node {}

  record Element(String name, Map<String, String> attributes, List<Node> children) implements Node {
    public Element {
      if (!NAME.matcher(name).matches()
          || !attributes.keySet().stream().allMatch(key -> NAME.matcher(key).matches())) {
        throw new IllegalArgumentException("expected names, found " + name + attributes.keySet());
      }
      children = List.copyOf(children);
    }

    /// With one attribute more.
    Element with(String attribute, String value) {
      Map<String, String> more = new LinkedHashMap<>(attributes);
      more.put(attribute, value);
      return new Element(name, more, children);
    }

    /// With a class, for its looks alone.
    Element as(String look) {
      return with("class", look);
    }
  }

  /// Nothing at all.
  static Node none() {
    return new Text("");
  }

  static Node text(String text) {
    return new Text(text);
  }

  static Element of(String name, List<? extends Node> children) {
    return new Element(name, Map.of(), List.copyOf(children));
  }

  static Element of(String name, Node... children) {
    return of(name, Arrays.asList(children));
  }

  static Element of(String name, String text) {
    return of(name, text(text));
  }

  default void write(StringBuilder out) {
    switch (this) {
      case Text(String text) -> escape(text, out);
      case Element element -> write(element, out);
    }
  }

  private static void write(Element element, StringBuilder out) {
    out.append('<').append(element.name());
    element
        .attributes()
        .forEach(
            (name, value) -> {
              out.append(' ').append(name).append("=\"");
              escape(value, out);
              out.append('"');
            });
    if (VOID.contains(element.name())) {
      out.append("/>");
      return;
    }
    out.append('>');
    element.children().forEach(child -> child.write(out));
    out.append("</").append(element.name()).append('>');
  }

  /// What neither HTML nor XML takes, and what would hide or turn round the text beside it, is
  /// replaced by U+FFFD.
  private static void escape(String text, StringBuilder out) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n' -> out.append('\n');
                default -> out.appendCodePoint(isSeen(point) ? point : 0xfffd);
              }
            });
  }

  private static boolean isSeen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
