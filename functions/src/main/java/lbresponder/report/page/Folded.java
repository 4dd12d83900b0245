package lbresponder.report.page;

import java.util.List;
import java.util.stream.Stream;

/// What is there for who wants it.
final class Folded {
  private Folded() {}

  static Node of(Node title, List<? extends Node> content, boolean open) {
    Node.Element details =
        Node.of(
            "details",
            Stream.concat(Stream.of(Node.of("summary", title)), content.stream()).toList());
    return open ? details.with("open", "") : details;
  }

  /// Nothing where there is no content.
  static Node of(String title, List<? extends Node> content) {
    return content.isEmpty() ? Node.none() : of(Node.text(title), content, false);
  }

  /// A list of sentences, with how many there are.
  static Node list(String title, List<String> lines) {
    return lines.isEmpty()
        ? Node.none()
        : of(
            title,
            List.of(Node.of("ul", lines.stream().map(line -> Node.of("li", line)).toList())));
  }
}
