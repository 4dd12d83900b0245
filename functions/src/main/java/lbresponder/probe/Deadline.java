package lbresponder.probe;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/// The moment by which an attempt is over, whatever the other side does.
final class Deadline {
  /// A read that keeps to the deadline itself comes first, and tells more.
  private static final long GRACE = TimeUnit.MILLISECONDS.toNanos(200);

  private final long began = System.nanoTime();
  private final long last;
  private volatile long end;

  /// @param most nothing goes on for longer, whatever is renewed, in milliseconds
  Deadline(int millis, int most) {
    this.last = began + TimeUnit.MILLISECONDS.toNanos(most);
    renew(millis);
  }

  /// From now on so much longer, instead of what was left.
  void renew(int millis) {
    end = Math.min(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), last);
  }

  /// Whether there was less time than was asked for.
  boolean isCutShort() {
    return end == last;
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

  /// Closes a socket that is still used when the deadline has passed: TLS waits anew for each byte.
  ///
  /// @return to be interrupted when nobody uses the socket any more
  Thread closes(Socket socket) {
    return Thread.startVirtualThread(
        () -> {
          try {
            for (long left = GRACE; left > 0; left = end + GRACE - System.nanoTime()) {
              TimeUnit.NANOSECONDS.sleep(left);
            }
            socket.close();
          } catch (InterruptedException | IOException over) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
