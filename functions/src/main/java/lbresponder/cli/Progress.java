package lbresponder.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lbresponder.message.Untrusted;

/// Says what is going on: at a terminal at once, elsewhere only once it takes longer than a moment.
final class Progress implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofMillis(250);

  private final PrintWriter err;
  private boolean isShown = isTerminal();
  private String latest = "";

  private Progress(PrintWriter err) {
    this.err = err;
  }

  /// @param what is going on until something else is told
  static Progress begin(PrintWriter err, String what) {
    Progress progress = new Progress(err);
    progress.tell(what);
    Thread.ofVirtual().start(progress::afterAMoment);
    return progress;
  }

  synchronized void tell(String what) {
    latest = Untrusted.clean(what, 120) + " …";
    if (isShown) {
      err.println(latest);
    }
  }

  private void afterAMoment() {
    try {
      Thread.sleep(MOMENT);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return;
    }
    show();
  }

  private synchronized void show() {
    if (!isShown && !latest.isEmpty()) {
      isShown = true;
      err.println(latest);
    }
  }

  /// What is told from now on nobody needs.
  @Override
  public synchronized void close() {
    latest = "";
  }

  /// Of the standard streams Java tells only whether input and output both are a terminal.
  private static boolean isTerminal() {
    try {
      String stderr = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return stderr.startsWith("/dev/pts/") || stderr.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException notLinux) {
      return View.isTerminal();
    }
  }
}
