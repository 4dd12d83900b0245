package lbresponder.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import lbresponder.facts.Connection;
import org.jspecify.annotations.Nullable;

/// One request, written by hand: the health check's path and host, or the first frames of HTTP/2.
/// At most 4 KiB are read, and only the status and the `Server` header are kept.
final class HttpProbe {
  static final int MOST = 4096;
  private static final Pattern STATUS =
      Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: [^\\r\\n]*)?\\r?\\n");
  private static final Pattern SERVER = Pattern.compile("(?im)^server:[ \\t]*([^\\r\\n]*)\\r?$");

  /// The preface of HTTP/2 and an empty SETTINGS frame.
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  private static final int SETTINGS = 4;

  private HttpProbe() {}

  static Connection ask(Endpoint endpoint, Socket socket, Deadline deadline) throws IOException {
    try {
      socket.getOutputStream().write(endpoint.http2() ? PREFACE : request(endpoint, "close"));
      socket.getOutputStream().flush();
      return read(endpoint, socket, deadline);
    } catch (SSLException failure) {
      if (deadline.isOver()) {
        return new Connection.Silent(deadline.passed(), Connection.Stage.HTTP);
      }
      return new Connection.TlsFailed(
          deadline.passed(),
          String.valueOf(failure.getMessage()).contains("certificate")
              ? Connection.TlsFailure.CLIENT_CERTIFICATE
              : Connection.TlsFailure.OTHER,
          String.valueOf(failure.getMessage()));
    }
  }

  /// @param connection what is to become of it after the answer: `close` or `keep-alive`
  static byte[] request(Endpoint endpoint, String connection) {
    String literal =
        endpoint.address().contains(":") ? "[" + endpoint.address() + "]" : endpoint.address();
    String host = endpoint.host() == null ? literal + ":" + endpoint.port() : endpoint.host();
    List<String> lines =
        List.of(
            "GET %s HTTP/1.1".formatted(endpoint.path() == null ? "/" : endpoint.path()),
            "Host: " + host,
            "User-Agent: lb-responder",
            "Accept: */*",
            "Connection: " + connection,
            "",
            "");
    return String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static Connection read(Endpoint endpoint, Socket socket, Deadline deadline)
      throws IOException {
    byte[] read = new byte[MOST];
    int length = 0;
    InputStream in = socket.getInputStream();
    while (length < MOST) {
      try {
        socket.setSoTimeout(deadline.left());
        int more = in.read(read, length, MOST - length);
        if (more < 0) {
          return ended(read, length, deadline);
        }
        length += more;
      } catch (SocketTimeoutException late) {
        Connection known = answered(read, length, deadline, true);
        if (known != null) {
          return known;
        }
        throw late;
      }
      Connection done =
          endpoint.http2()
              ? settings(read, length, deadline)
              : answered(read, length, deadline, length == MOST);
      if (done != null) {
        return done;
      }
    }
    return new Connection.Malformed(deadline.passed(), "no status line in the first 4096 bytes");
  }

  private static Connection ended(byte[] read, int length, Deadline deadline) {
    if (length == 0) {
      return new Connection.Closed(deadline.passed(), Connection.Stage.HTTP);
    }
    Connection known = answered(read, length, deadline, true);
    return known == null
        ? new Connection.Malformed(deadline.passed(), "ended within the status line")
        : known;
  }

  /// Null where more must be read to tell.
  ///
  /// @param all whether nothing more is to come: then the status alone is enough
  private static @Nullable Connection answered(
      byte[] read, int length, Deadline deadline, boolean all) {
    return answered(new String(read, 0, length, StandardCharsets.ISO_8859_1), deadline, all);
  }

  static @Nullable Connection answered(String text, Deadline deadline, boolean all) {
    if (!"HTTP/1.".startsWith(text.substring(0, Math.min(7, text.length())))) {
      return new Connection.Malformed(
          deadline.passed(), "what it answers does not begin as HTTP does");
    }
    Matcher status = STATUS.matcher(text);
    if (!status.lookingAt()) {
      return text.contains("\n")
          ? new Connection.Malformed(deadline.passed(), "its status line is not one of HTTP/1")
          : null;
    }
    if (!all && !text.contains("\r\n\r\n") && !text.contains("\n\n")) {
      return null;
    }
    return new Connection.Answered(
        deadline.passed(), Integer.parseInt(status.group(1)), server(text));
  }

  private static @Nullable String server(String text) {
    Matcher found = SERVER.matcher(text);
    if (!found.find()) {
      return null;
    }
    String name = found.group(1).strip().replaceAll("[^ -~]", "?");
    return name.length() > 64 ? name.substring(0, 64) : name;
  }

  /// A server that speaks HTTP/2 begins with its own SETTINGS.
  private static @Nullable Connection settings(byte[] read, int length, Deadline deadline) {
    if (length < 9) {
      return null;
    }
    return read[3] == SETTINGS && read[0] == 0
        ? new Connection.AnsweredHttp2(deadline.passed())
        : new Connection.Malformed(
            deadline.passed(), "it does not answer HTTP/2 with a SETTINGS frame");
  }
}
