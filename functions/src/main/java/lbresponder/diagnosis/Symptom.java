package lbresponder.diagnosis;

/// What an engineer sees of a fault, before knowing why.
public enum Symptom {
  REFUSED("connections to targets are refused"),
  TIMEOUT("connections to targets time out"),
  RESET("connections with targets are reset"),
  TLS("TLS handshakes with targets fail"),
  SILENT("targets accept and do not answer"),
  BAD_ANSWER("targets answer what the load balancer cannot use"),
  NO_TARGET("requests find no target"),
  OVERFLOW("requests overflow the queue before the targets"),
  TARGET_ERROR("targets answer server errors"),
  TARGET_CLIENT_ERROR("targets answer redirects or client errors"),
  UNHEALTHY("health checks fail"),
  CLIENT_ERROR("the load balancer refuses clients' requests"),
  REJECTED("the load balancer itself is full"),
  PORTS("the load balancer runs out of source ports"),
  INTERNAL("the load balancer itself fails");

  private final String sentence;

  Symptom(String sentence) {
    this.sentence = sentence;
  }

  /// As part of a sentence, without a full stop.
  public String sentence() {
    return sentence;
  }
}
