package lbresponder.check;

/// How sure a check is, the surest first.
public enum Confidence {
  /// A fact was read that by itself breaks the connection, and it can produce the symptom.
  PROVEN,
  /// Independent witnesses agree.
  LIKELY,
  /// It fits, and nothing that was read refutes it.
  POSSIBLE;

  static Confidence lower(Confidence one, Confidence other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
