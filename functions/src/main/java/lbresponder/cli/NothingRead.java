package lbresponder.cli;

import lbresponder.message.Untrusted;

/// Nothing could be read of the account, or what was made could not be written: one line that says
/// what to do, exit code 3.
final class NothingRead extends RuntimeException {
  private static final long serialVersionUID = 1;

  NothingRead(String message) {
    super(Untrusted.clean(message, 500));
  }
}
