package lbresponder.cli;

import java.io.PrintWriter;

/// Says to a person at a terminal what is going on; silent where nobody watches.
final class Progress {
  private Progress() {}

  static void tell(PrintWriter err, String what) {
    if (isWatched()) {
      err.println(what);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // May be null on a JDK that is told so by jdk.console.
  private static boolean isWatched() {
    return System.console() != null && System.console().isTerminal();
  }
}
