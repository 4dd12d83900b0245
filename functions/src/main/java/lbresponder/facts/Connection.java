package lbresponder.facts;

import org.jspecify.annotations.Nullable;

/// How one attempt to reach a port ended. It says what happened, not whether that is good.
public sealed interface Connection {

  /// The port accepted; nothing more was asked.
  ///
  /// @param millis from the first packet to the end of this attempt, in milliseconds; so everywhere
  ///   below
  record Connected(long millis) implements Connection {}

  /// A TLS session was agreed; nothing more was asked. Certificates are not judged.
  ///
  /// @param protocol e.g. `TLSv1.3`
  record Secured(long millis, String protocol, String cipherSuite) implements Connection {}

  /// An HTTP answer came back.
  ///
  /// @param server the answer's `Server` header, at most 64 printable characters; null where it has
  ///   none
  record Answered(long millis, int status, @Nullable String server) implements Connection {}

  /// The first frames of HTTP/2 were answered as HTTP/2 answers them; nothing more was asked.
  record AnsweredHttp2(long millis) implements Connection {}

  /// An HTTP answer came back, and the target left the idle connection open until the attempt's
  /// end.
  ///
  /// @param idleMillis how long nothing was said, in milliseconds
  record HeldOpen(long millis, long idleMillis) implements Connection {}

  /// An HTTP answer came back, and the target ended the connection while it was idle, without
  /// having announced that.
  ///
  /// @param idleMillis how long nothing had been said, in milliseconds
  record ClosedIdle(long millis, long idleMillis) implements Connection {}

  /// A reset instead of an accept: nothing listens there, or something on the way says so.
  record Refused(long millis) implements Connection {}

  /// Nothing came back at all before the attempt's limit.
  record TimedOut(long millis) implements Connection {}

  /// "No route to host". Within 500 ms something rejected it; later the neighbour was not found.
  record HostUnreachable(long millis) implements Connection {}

  /// "Network is unreachable": no route from here, or a router on the way has none.
  record NetworkUnreachable(long millis) implements Connection {}

  /// Accepted, then reset before any answer.
  record Reset(long millis, Stage during) implements Connection {}

  /// Accepted, then closed in order before any answer.
  record Closed(long millis, Stage during) implements Connection {}

  /// Accepted, then nothing until the limit.
  record Silent(long millis, Stage during) implements Connection {}

  /// The handshake failed.
  ///
  /// @param detail the alert or the library's sentence, for the report only
  record TlsFailed(long millis, TlsFailure failure, String detail) implements Connection {}

  /// Something came back that is not the protocol that was spoken.
  ///
  /// @param what e.g. `status line is not HTTP`, never the bytes themselves
  record Malformed(long millis, String what) implements Connection {}

  /// Nobody tried.
  record NotDialled(String why) implements Connection {}

  /// How far an accepted connection had come.
  enum Stage {
    /// Waiting for the target to speak after the connect.
    CONNECTED,
    TLS,
    HTTP
  }

  /// Why a handshake failed.
  enum TlsFailure {
    /// The port does not speak TLS.
    PLAINTEXT,
    /// No common version.
    VERSION,
    /// No common cipher, or another alert at the handshake.
    HANDSHAKE,
    /// HTTP/2 was offered, and the target does not speak it.
    APPLICATION_PROTOCOL,
    /// The target wants a client certificate.
    CLIENT_CERTIFICATE,
    OTHER
  }
}
