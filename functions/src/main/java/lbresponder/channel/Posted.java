package lbresponder.channel;

/// What became of a message.
public sealed interface Posted {

  /// @param reference the channel's own id for it
  record Delivered(String reference) implements Posted {}

  /// @param why for the log; holds no secret
  /// @param retryable false: trying again cannot help until somebody changes the configuration
  record Failed(String why, boolean retryable) implements Posted {}
}
