package lbresponder.report.text;

import java.util.ArrayList;
import java.util.List;

/// Breaks text into lines that a terminal shows whole. Nothing is lost: what is longer than a line
/// goes on in the next.
final class Fold {
  /// Less leaves nothing to read.
  static final int NARROWEST = 40;

  private Fold() {}

  /// @param first before the first line
  /// @param next before the others
  /// @param width in characters, of whole lines
  static List<String> text(String first, String next, String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      String rest = word;
      if (!empty && length(line) + 1 + length(rest) > width) {
        lines.add(line.toString());
        line = new StringBuilder(next);
        empty = true;
      }
      line.append(empty ? "" : " ");
      while (length(line) + length(rest) > width) {
        int cut = rest.offsetByCodePoints(0, Math.max(1, width - length(line)));
        lines.add(line + rest.substring(0, cut));
        rest = rest.substring(cut);
        line = new StringBuilder(next);
      }
      line.append(rest);
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /// A command, so that what is copied does what it says: between words a line ends in a backslash
  /// and the next is indented; a word that is too long goes on at the very beginning of the next
  /// line, where the shell joins it, and what is quoted is quoted again there.
  static List<String> command(String command, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (List<String> word : words(command)) {
      int length = word.stream().mapToInt(Fold::length).sum();
      if (!line.isEmpty()) {
        boolean fits = length(line) + 1 + length + 2 <= width;
        lines.addAll(fits ? List.of() : List.of(line + " \\"));
        line = fits ? line.append(' ') : new StringBuilder("  ");
      }
      boolean quoted = false;
      for (String part : word) {
        if (length(line) + length(part) + 2 > width) {
          lines.add(line + (quoted ? "'\\" : "\\"));
          line = new StringBuilder(quoted ? "'" : "");
        }
        quoted ^= part.equals("'");
        line.append(part);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  /// The words of a shell's line, each in the parts between which it may be broken: characters, and
  /// a backslash with what it escapes.
  private static List<List<String>> words(String command) {
    List<List<String>> words = new ArrayList<>();
    List<String> word = new ArrayList<>();
    boolean quoted = false;
    for (int i = 0; i < command.length(); ) {
      boolean escapes = !quoted && command.charAt(i) == '\\' && i + 1 < command.length();
      int end = command.offsetByCodePoints(i, escapes ? 2 : 1);
      String part = command.substring(i, end);
      if (part.equals(" ") && !quoted) {
        words.add(word);
        word = new ArrayList<>();
      } else {
        word.add(part);
      }
      quoted ^= part.equals("'");
      i = end;
    }
    words.add(word);
    return words;
  }

  static int length(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }
}
