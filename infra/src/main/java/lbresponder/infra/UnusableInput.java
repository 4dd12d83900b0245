package lbresponder.infra;

/// A file this app reads is missing or wrong. The message names the file, what was found and what
/// to do.
final class UnusableInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableInput(String message) {
    super(message);
  }
}
