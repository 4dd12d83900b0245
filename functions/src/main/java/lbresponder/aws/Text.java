package lbresponder.aws;

/// Text from outside, made fit for one line of a reason.
final class Text {
  private Text() {}

  /// Control characters become spaces; at most so many characters, cut between code points.
  static String clean(String text, int most) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}]", " ").strip();
    return line.codePointCount(0, line.length()) <= most
        ? line
        : line.substring(0, line.offsetByCodePoints(0, most)) + "…";
  }
}
