package lbresponder.facts;

/// The version of HTTP that a load balancer speaks to its targets, in its health checks too.
public enum ProtocolVersion {
  HTTP1,
  HTTP2,
  /// gRPC, which is spoken over HTTP/2.
  GRPC
}
