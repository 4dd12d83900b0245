package lbresponder.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lbresponder.evidence.Phrases;
import lbresponder.report.Report.CausePart;

/// The fix of a cause, what takes it back, and by what one sees that it worked.
final class FixLines {
  private final int width;
  private final String rest;
  private final List<String> lines = new ArrayList<>();

  private FixLines(int width, String rest) {
    this.width = width;
    this.rest = rest;
  }

  /// @param cause with a fix
  /// @param rest where all of it is
  static List<String> of(CausePart cause, int width, String rest) {
    FixLines fix = new FixLines(width, rest);
    fix.fix(cause);
    return fix.lines;
  }

  private void text(String first, String next, String text) {
    lines.addAll(Fold.text(first, next, text, width));
  }

  private void fix(CausePart cause) {
    text("  Fix     ", "          ", Sentences.tried(cause));
    List<String> first = Fold.command(cause.fix().getFirst(), width);
    lines.addAll(first);
    if (cause.fix().size() > 1) {
      text(
          "  ",
          "  ",
          "and %s: %s".formatted(Phrases.count(cause.fix().size() - 1, "more command"), rest));
    }
    undo(cause);
    if (cause.verify() != null) {
      text("  Verify  ", "          ", cause.verify());
    }
  }

  private void undo(CausePart cause) {
    if (cause.undo().isEmpty()) {
      text("  Undo    ", "          ", Sentences.NO_UNDO);
      return;
    }
    Optional<String> word = otherWord(cause.fix().getFirst(), cause.undo().getFirst());
    if (cause.fix().size() == 1 && cause.undo().size() == 1 && word.isPresent()) {
      text("  Undo    ", "          ", "the same with " + word.get());
    } else if (cause.undo().size() == 1 && Fold.length(cause.undo().getFirst()) < 2 * width - 20) {
      text("  ", "  ", "Undo");
      lines.addAll(Fold.command(cause.undo().getFirst(), width));
    } else {
      text(
          "  Undo    ",
          "          ",
          cause.undo().size() == 1
              ? "one command: " + rest
              : "%d commands: %s".formatted(cause.undo().size(), rest));
    }
  }

  /// The one word by which two commands differ; empty where they differ in more.
  private static Optional<String> otherWord(String one, String other) {
    String[] words = one.split(" ", -1);
    String[] others = other.split(" ", -1);
    Optional<String> differing = Optional.empty();
    if (words.length != others.length) {
      return differing;
    }
    for (int i = 0; i < words.length; i++) {
      if (!words[i].equals(others[i])) {
        if (differing.isPresent()) {
          return Optional.empty();
        }
        differing = Optional.of(others[i]);
      }
    }
    return differing;
  }
}
