package lbresponder.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// JSON laid out for people: what fits stands on one line, short elements of a list share lines.
final class Layout {
  private static final int WIDTH = 110;
  private static final int SHORT = 36;

  private Layout() {}

  static String write(JsonNode tree) {
    StringBuilder out = new StringBuilder();
    write(tree, 0, 0, out);
    return out.append('\n').toString();
  }

  private static void write(JsonNode node, int indent, int used, StringBuilder out) {
    String flat = node.toString();
    if (used + flat.length() <= WIDTH || !node.isContainerNode() || node.isEmpty()) {
      out.append(flat);
      return;
    }
    String margin = " ".repeat(indent + 2);
    out.append(node.isObject() ? "{" : "[");
    if (node.isObject()) {
      String separator = "\n";
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String name = '"' + field.getKey() + "\": ";
        out.append(separator).append(margin).append(name);
        write(field.getValue(), indent + 2, margin.length() + name.length(), out);
        separator = ",\n";
      }
    } else {
      elements(node, margin, indent, out);
    }
    out.append('\n').append(" ".repeat(indent)).append(node.isObject() ? "}" : "]");
  }

  private static void elements(JsonNode node, String margin, int indent, StringBuilder out) {
    List<JsonNode> all = new ArrayList<>();
    node.forEach(all::add);
    boolean brief = all.stream().allMatch(one -> one.toString().length() <= SHORT);
    int used = WIDTH + 1;
    for (int i = 0; i < all.size(); i++) {
      String flat = all.get(i).toString();
      out.append(i == 0 ? "" : ",");
      if (brief && used + flat.length() + 2 <= WIDTH) {
        out.append(' ').append(flat);
        used += flat.length() + 2;
      } else {
        out.append('\n').append(margin);
        write(all.get(i), indent + 2, margin.length(), out);
        used = margin.length() + flat.length() + 1;
      }
    }
  }
}
