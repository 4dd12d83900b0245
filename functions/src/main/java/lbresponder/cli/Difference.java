package lbresponder.cli;

import java.util.ArrayList;
import java.util.List;

/// Where two texts differ, for people.
final class Difference {
  /// More than a screenful helps nobody.
  private static final int MOST = 40;

  private Difference() {}

  /// The lines between the first and the last that differ: `-` as it was, `+` as it is.
  static List<String> between(String before, String after) {
    List<String> was = before.lines().toList();
    List<String> is = after.lines().toList();
    int shorter = Math.min(was.size(), is.size());
    int head = 0;
    while (head < shorter && was.get(head).equals(is.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && was.get(was.size() - 1 - tail).equals(is.get(is.size() - 1 - tail))) {
      tail++;
    }
    List<String> lines = new ArrayList<>();
    lines.add("@@ line %d @@".formatted(head + 1));
    add(lines, "-", was.subList(head, was.size() - tail));
    add(lines, "+", is.subList(head, is.size() - tail));
    if (lines.size() == 1) {
      lines.add("only the line ends differ");
    }
    return lines;
  }

  private static void add(List<String> lines, String sign, List<String> some) {
    some.stream().limit(MOST).forEach(line -> lines.add(sign + line));
    if (some.size() > MOST) {
      lines.add("%s (%d more)".formatted(sign, some.size() - MOST));
    }
  }
}
