package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/// AWS's words for protocols, of all kinds of load balancer.
final class Protocols {
  private Protocols() {}

  /// @param text null or empty as for functions: no connection is made
  static Protocol protocol(@Nullable String text) {
    return switch (orEmpty(text)) {
      case "" -> Protocol.NONE;
      case "HTTP" -> Protocol.HTTP;
      case "HTTPS" -> Protocol.HTTPS;
      case "TCP" -> Protocol.TCP;
      case "TLS", "SSL" -> Protocol.TLS;
      case "UDP" -> Protocol.UDP;
      case "TCP_UDP" -> Protocol.TCP_UDP;
      case "QUIC" -> Protocol.QUIC;
      case "TCP_QUIC" -> Protocol.TCP_QUIC;
      default -> Protocol.OTHER;
    };
  }

  /// Null also for a version that is not known.
  static @Nullable ProtocolVersion version(@Nullable String text) {
    return switch (orEmpty(text)) {
      case "HTTP1" -> ProtocolVersion.HTTP1;
      case "HTTP2" -> ProtocolVersion.HTTP2;
      case "GRPC" -> ProtocolVersion.GRPC;
      default -> null;
    };
  }
}
