package lbresponder.report.page;

import java.util.Set;

/// The signs that say with a shape what colours say too, and their looks.
final class Marks {
  private static final Set<String> WORKS =
      Set.of("Connected", "Secured", "Answered", "AnsweredHttp2", "HeldOpen", "ClosedIdle");

  private Marks() {}

  /// The sign alone; what it means stands in words beside it.
  static Node of(String mark) {
    return Node.of("span", mark).as("mark").with("aria-hidden", "true");
  }

  static String look(String mark) {
    return switch (mark) {
      case "✓" -> "good";
      case "✗" -> "bad";
      case "±" -> "partly";
      default -> "open";
    };
  }

  /// @param was what dialling met, e.g. `TimedOut`
  static String dialled(String was) {
    return WORKS.contains(was) ? "✓" : "✗";
  }
}
