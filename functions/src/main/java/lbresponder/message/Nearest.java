package lbresponder.message;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The word that somebody probably meant.
public final class Nearest {
  /// Shorter words are within too many others.
  private static final int LEAST_PART = 3;

  private Nearest() {}

  /// The known word that takes the fewest changes of a letter, at most one for each three letters,
  /// whatever the case; else the shortest that the word is a part of.
  ///
  /// @param known in the order in which the first of several equally near ones is taken
  public static Optional<String> to(String word, Collection<String> known) {
    String lower = word.toLowerCase(Locale.ROOT);
    int most = Math.max(1, word.length() / 3);
    Optional<String> near =
        known.stream()
            .filter(other -> changes(lower, other.toLowerCase(Locale.ROOT)) <= most)
            .min(Comparator.comparingInt(other -> changes(lower, other.toLowerCase(Locale.ROOT))));
    return near.isPresent() || word.length() < LEAST_PART
        ? near
        : known.stream()
            .filter(other -> other.toLowerCase(Locale.ROOT).contains(lower))
            .min(Comparator.comparingInt(String::length));
  }

  /// As the end of a sentence; empty where nothing is near.
  public static String question(String word, Collection<String> known) {
    return to(word, known).map(near -> ": did you mean %s?".formatted(near)).orElse("");
  }

  /// As the end of a sentence: the nearest; where none is near, all of them.
  public static String questionOrAll(String word, Collection<String> known) {
    String question = question(word, known);
    return question.isEmpty() ? ", expected one of " + String.join(", ", known) : question;
  }

  /// How many letters are added, left out, replaced, or swapped with the next.
  static int changes(String from, String to) {
    int[] before = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    Arrays.setAll(last, at -> at);
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
        if (isSwapped(from, to, i, j)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[to.length()];
  }

  private static boolean isSwapped(String from, String to, int i, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
