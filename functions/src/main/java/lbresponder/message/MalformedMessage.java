package lbresponder.message;

/// A message is not what it should be. Thrown by {@link Field} and {@link Json}; whoever reads a
/// message catches it and answers with {@link #why}.
public final class MalformedMessage extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  /// @param why the field, what was found and what was expected, in that order
  public MalformedMessage(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  public String why() {
    return why;
  }
}
