package lbresponder.cli;

import java.util.List;
import lbresponder.message.Untrusted;

/// Arguments or input that cannot be used: one line for the user, exit code 2. What is quoted of
/// the input cannot break the line or the terminal.
final class Unusable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> below;

  Unusable(String message) {
    this(message, List.of());
  }

  /// @param below what there is to choose from
  Unusable(String message, List<String> below) {
    super(Untrusted.clean(message, 500));
    this.below = below.stream().map(line -> "  " + Untrusted.clean(line, 160)).toList();
  }

  List<String> below() {
    return below;
  }
}
