package lbresponder.report.page;

import java.util.ArrayList;
import java.util.List;

/// A table that scrolls within itself where it is wider than the page.
final class Table {
  /// More rows make a page that no browser likes.
  private static final int MOST_ROWS = 1000;

  private Table() {}

  /// As many rows as a browser likes, and how many more there are.
  ///
  /// @param all rows that there are, also those that are not given
  static List<Node> cut(String caption, List<String> head, List<List<Node>> rows, int all) {
    List<List<Node>> shown = rows.subList(0, Math.min(rows.size(), MOST_ROWS));
    Node more = Node.of("p", "and %d more: --json".formatted(all - shown.size()));
    return List.of(of(caption, head, shown), all > shown.size() ? more : Node.none());
  }

  /// @param rows cells in the order of the head; the first of each names its row
  static Node of(String caption, List<String> head, List<List<Node>> rows) {
    List<Node> columns =
        head.stream().<Node>map(name -> Node.of("th", name).with("scope", "col")).toList();
    List<Node> body = rows.stream().map(Table::row).toList();
    return scrolling(
        caption,
        Node.of(
            "table",
            Node.of("caption", caption),
            Node.of("thead", Node.of("tr", columns)),
            Node.of("tbody", body)));
  }

  private static Node row(List<Node> cells) {
    List<Node> row = new ArrayList<>();
    row.add(Node.of("th", cells.getFirst()).with("scope", "row"));
    cells.stream().skip(1).forEach(cell -> row.add(Node.of("td", cell)));
    return Node.of("tr", row);
  }

  /// The keyboard scrolls it too.
  private static Node scrolling(String name, Node table) {
    return Node.of("div", table)
        .as("scroll")
        .with("role", "group")
        .with("aria-label", name)
        .with("tabindex", "0");
  }
}
