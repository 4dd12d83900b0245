package lbresponder.cli;

import lbresponder.message.Untrusted;

/// Arguments or input that cannot be used: one line for the user, exit code 2. What is quoted of
/// the input cannot break the line or the terminal.
final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  Unusable(String message) {
    super(Untrusted.clean(message, 500));
  }
}
