package lbresponder.facts;

/// What is spoken on a port, in the terms that load balancers share. A provider's own word for one
/// of these (a Classic Load Balancer's `SSL` is TLS) stays in the provider.
public enum Protocol {
  HTTP,
  HTTPS,
  TCP,
  /// TLS over TCP, whatever it carries.
  TLS,
  UDP,
  /// Both on the same port.
  TCP_UDP,
  /// Over UDP.
  QUIC,
  /// Both on the same port.
  TCP_QUIC,
  /// A word this version does not know: nothing is assumed of it.
  OTHER,
  /// No connection is made, as to a function.
  NONE;

  /// Whether TCP connections arrive on such a port.
  public boolean carriesTcp() {
    return switch (this) {
      case HTTP, HTTPS, TCP, TLS, TCP_UDP, TCP_QUIC, OTHER -> true;
      case UDP, QUIC, NONE -> false;
    };
  }

  /// Whether datagrams arrive on such a port.
  public boolean carriesUdp() {
    return switch (this) {
      case UDP, TCP_UDP, QUIC, TCP_QUIC -> true;
      case HTTP, HTTPS, TCP, TLS, OTHER, NONE -> false;
    };
  }

  /// Whether every connection begins with a TLS handshake.
  public boolean isTls() {
    return this == HTTPS || this == TLS;
  }

  /// Whether requests are spoken that the load balancer understands.
  public boolean isHttp() {
    return this == HTTP || this == HTTPS;
  }
}
