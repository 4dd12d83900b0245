package lbresponder.aws;

/// A message is not what it should be. Thrown by {@link Field} and {@link Json}, caught in {@link
/// AlarmReader}: nothing outside meets it.
final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  /// @param why the field, what was found and what was expected, in that order
  Unfit(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  String why() {
    return why;
  }
}
