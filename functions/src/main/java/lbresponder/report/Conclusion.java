package lbresponder.report;

/// What a report says in one word.
public enum Conclusion {
  /// At least one cause is named.
  CAUSE,

  /// Nobody alarmed, and nothing is wrong as far as was looked.
  WELL,

  /// It was looked, and no cause could be shown.
  NOT_FOUND,

  /// No cause is named, and what could not be read, or was refused, may be why.
  COULD_NOT_LOOK
}
