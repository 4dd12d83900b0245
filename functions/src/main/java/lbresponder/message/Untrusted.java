package lbresponder.message;

import java.util.regex.Pattern;

/// Text that somebody outside wrote: alarm names, descriptions, target ids, the provider's
/// sentences.
public final class Untrusted {
  /// Control characters, and those that hide or reverse text: bidi controls, zero-width characters,
  /// lone surrogates, private and unassigned code points.
  private static final Pattern UNSEEN = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

  private Untrusted() {}

  /// One line of visible characters.
  ///
  /// @param most code points, at least 1; what is longer ends in an ellipsis within them
  public static String clean(String text, int most) {
    // Nothing past this can be shown, and patterns over megabytes take time.
    boolean isCut = text.length() > 4 * most;
    String head = isCut ? text.substring(0, 4 * most) : text;
    String line = UNSEEN.matcher(head).replaceAll(" ").strip();
    if (!isCut && line.codePointCount(0, line.length()) <= most) {
      return line;
    }
    int kept = Math.min(most - 1, line.codePointCount(0, line.length()));
    return line.substring(0, line.offsetByCodePoints(0, kept)) + "…";
  }
}
