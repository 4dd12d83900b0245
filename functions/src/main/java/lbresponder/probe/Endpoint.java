package lbresponder.probe;

import java.util.List;
import lbresponder.facts.ProbeResult;
import org.jspecify.annotations.Nullable;

/// One port of one target, and how far to speak with it.
///
/// @param target the target's label, for the answer
/// @param address IPv4 or IPv6, never a name: nothing is resolved
/// @param group and `zone`: by which representatives are chosen; empty where it is not known
/// @param stages in order: `TLS` and `HTTP` follow the connect; empty: the connect alone
/// @param host what a request names in its `Host` header; null: the address and port
/// @param path what a request asks for; null: `/`
/// @param http2 true: HTTP/2 is spoken instead of HTTP/1.1
/// @param proxyHeader `v1` or `v2` of the proxy protocol before anything else; null: none
/// @param answerMillis how long an answer may take once connected, in milliseconds
/// @param holdMillis how long to hold the connection idle after an HTTP/1.1 answer, in
///   milliseconds; 0: it is ended at once
public record Endpoint(
    String target,
    String address,
    int port,
    ProbeResult.Purpose purpose,
    String group,
    String zone,
    List<Stage> stages,
    @Nullable String host,
    @Nullable String path,
    boolean http2,
    @Nullable String proxyHeader,
    int answerMillis,
    int holdMillis) {

  /// A function ends after fifteen minutes.
  public static final int MOST_HOLD_MILLIS = 600_000;

  public Endpoint {
    stages = List.copyOf(stages);
  }

  /// The same port in HTTP/1.1, and in these ways another.
  public Endpoint spokenTo(
      ProbeResult.Purpose otherPurpose,
      List<Stage> otherStages,
      @Nullable String otherHeader,
      int otherHoldMillis) {
    return new Endpoint(
        target,
        address,
        port,
        otherPurpose,
        group,
        zone,
        otherStages,
        host,
        path,
        false,
        otherHeader,
        answerMillis,
        otherHoldMillis);
  }

  public enum Stage {
    TLS,
    HTTP
  }

  /// Why it cannot be probed, naming the field, what was found and what was expected; empty: it
  /// can.
  String wrong() {
    if (port < 1 || port > 65535) {
      return "port: found %d, expected 1 to 65535".formatted(port);
    }
    if (answerMillis < 1 || answerMillis > 30_000) {
      return "answerMillis: found %d, expected 1 to 30000".formatted(answerMillis);
    }
    if (holdMillis < 0 || holdMillis > MOST_HOLD_MILLIS) {
      return "holdMillis: found %d, expected 0 to %d".formatted(holdMillis, MOST_HOLD_MILLIS);
    }
    if (hasControl(host) || hasControl(path)) {
      return "host, path: found a control character or a space, expected none";
    }
    if (proxyHeader != null && !proxyHeader.matches("v1|v2")) {
      return "proxyHeader: found `%s`, expected v1 or v2"
          .formatted(proxyHeader.replaceAll("[^ -~]", "?"));
    }
    return "";
  }

  /// A line break would begin a second request.
  private static boolean hasControl(@Nullable String text) {
    return text != null && text.chars().anyMatch(code -> code <= ' ' || code == 127);
  }
}
