package lbresponder.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// JSON laid out for people: what fits stands on one line, short neighbours share lines, and what
/// is alone in its object or list opens and closes with it.
final class Layout {
  private static final int WIDTH = 120;
  private static final int SHORT = 48;

  private final StringBuilder out = new StringBuilder();

  private Layout() {}

  static String write(JsonNode tree) {
    Layout layout = new Layout();
    layout.write("", tree, 0, 0);
    return layout.out.append('\n').toString();
  }

  /// @param name of the field that holds the node, as it is printed; empty for an element
  /// @param indent of the line that this begins on
  /// @param used columns of that line that are taken already
  private void write(String name, JsonNode node, int indent, int used) {
    String flat = node.toString();
    out.append(name);
    if (used + name.length() + flat.length() <= WIDTH
        || !node.isContainerNode()
        || node.isEmpty()) {
      out.append(flat);
      return;
    }
    out.append(node.isObject() ? '{' : '[');
    List<Map.Entry<String, JsonNode>> parts = parts(node);
    if (parts.size() == 1) {
      Map.Entry<String, JsonNode> part = parts.getFirst();
      write(part.getKey(), part.getValue(), indent, used + name.length() + 1);
    } else {
      lines(parts, indent + 2);
      out.append('\n').append(" ".repeat(indent));
    }
    out.append(node.isObject() ? '}' : ']');
  }

  private static List<Map.Entry<String, JsonNode>> parts(JsonNode node) {
    List<Map.Entry<String, JsonNode>> parts = new ArrayList<>();
    node.properties()
        .forEach(field -> parts.add(Map.entry('"' + field.getKey() + "\": ", field.getValue())));
    if (node.isArray()) {
      node.forEach(element -> parts.add(Map.entry("", element)));
    }
    return parts;
  }

  private void lines(List<Map.Entry<String, JsonNode>> parts, int indent) {
    int used = WIDTH;
    String separator = "";
    for (Map.Entry<String, JsonNode> part : parts) {
      int length = part.getKey().length() + part.getValue().toString().length();
      out.append(separator);
      separator = ",";
      if (length <= SHORT && used + length + 2 <= WIDTH) {
        out.append(' ').append(part.getKey()).append(part.getValue());
        used += length + 2;
      } else {
        out.append('\n').append(" ".repeat(indent));
        write(part.getKey(), part.getValue(), indent, indent);
        used = length <= SHORT ? indent + length + 1 : WIDTH;
      }
    }
  }
}
