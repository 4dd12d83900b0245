package lbresponder.probe;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/// The moment by which an attempt is over, whatever the other side does.
final class Deadline {
  private final long began = System.nanoTime();
  private long end;

  Deadline(int millis) {
    this.end = began + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /// From now on so much longer, instead of what was left.
  void renew(int millis) {
    end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /// Milliseconds since it began.
  long passed() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
  }

  boolean isOver() {
    return System.nanoTime() >= end;
  }

  /// Milliseconds until its end. At least 1: a socket waits for ever with a timeout of 0.
  ///
  /// @throws SocketTimeoutException where nothing is left
  int left() throws SocketTimeoutException {
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("the deadline has passed");
    }
    return (int) left;
  }
}
