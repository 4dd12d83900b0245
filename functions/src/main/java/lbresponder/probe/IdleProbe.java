package lbresponder.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import lbresponder.facts.Connection;

/// Holds a connection idle after an answer and measures when the target ends it. A load balancer
/// keeps connections to targets for as long as its own idle timeout, and sends the next request
/// into one that the target may be closing at that moment.
final class IdleProbe {
  /// A longer body is not waited for.
  private static final long MOST_BODY = 256L * 1024;

  private IdleProbe() {}

  /// @return HeldOpen or ClosedIdle; Answered where nothing can be learnt, as the target announces
  ///   that it closes, marks the end of its answer by that, or never ends its answer
  static Connection hold(Endpoint endpoint, Socket socket, Deadline deadline) throws IOException {
    socket.getOutputStream().write(HttpProbe.request(endpoint, "keep-alive"));
    socket.getOutputStream().flush();
    String head = head(socket, deadline);
    Connection answer =
        head.isEmpty()
            ? new Connection.Closed(deadline.passed(), Connection.Stage.HTTP)
            : Objects.requireNonNullElseGet(
                HttpProbe.answered(head, deadline, true),
                () -> new Connection.Malformed(deadline.passed(), "ended within its status line"));
    return answer instanceof Connection.Answered && keepsAlive(head)
        ? idle(endpoint, socket, deadline, answer)
        : answer;
  }

  /// What was read until the headers ended, the target closed, or 4 KiB were full.
  private static String head(Socket socket, Deadline deadline) throws IOException {
    byte[] read = new byte[HttpProbe.MOST];
    int length = 0;
    while (length < read.length) {
      socket.setSoTimeout(deadline.left());
      int more = socket.getInputStream().read(read, length, read.length - length);
      if (more < 0) {
        break;
      }
      length += more;
      String text = new String(read, 0, length, StandardCharsets.ISO_8859_1);
      if (text.contains("\r\n\r\n")) {
        return text;
      }
    }
    return new String(read, 0, length, StandardCharsets.ISO_8859_1);
  }

  private static boolean keepsAlive(String read) {
    int end = read.indexOf("\r\n\r\n");
    String head = (end < 0 ? "" : read.substring(0, end + 2)).toLowerCase(Locale.ROOT);
    return head.startsWith("http/1.1")
        && !head.matches("(?s).*\\r\\nconnection:[ \\t]*close.*")
        && head.matches(
            "(?s).*\\r\\n(content-length:[ \\t]*\\d|transfer-encoding:[ \\t]*chunked).*");
  }

  private static Connection idle(
      Endpoint endpoint, Socket socket, Deadline deadline, Connection answer) throws IOException {
    deadline.renew(endpoint.holdMillis() + endpoint.answerMillis());
    byte[] rest = new byte[HttpProbe.MOST];
    InputStream in = socket.getInputStream();
    long quietSince = System.nanoTime();
    long body = 0;
    while (body <= MOST_BODY && !deadline.isOver()) {
      long left = endpoint.holdMillis() - since(quietSince);
      if (left <= 0) {
        break;
      }
      int more;
      try {
        socket.setSoTimeout((int) left);
        more = in.read(rest);
      } catch (SocketTimeoutException held) {
        return new Connection.HeldOpen(deadline.passed(), since(quietSince));
      } catch (SocketException reset) {
        more = -1;
      }
      if (more < 0) {
        return new Connection.ClosedIdle(deadline.passed(), since(quietSince));
      }
      body += more;
      quietSince = System.nanoTime();
    }
    return since(quietSince) >= endpoint.holdMillis()
        ? new Connection.HeldOpen(deadline.passed(), since(quietSince))
        : answer;
  }

  private static long since(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
  }
}
