package lbresponder.cli;

/// Arguments or input that cannot be used: one line for the user, exit code 2.
final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unusable(String message) {
    super(message);
  }
}
