package lbresponder.cause;

import lbresponder.diagnosis.AdmissionCheck;

/// The target's security groups admit the load balancer on the traffic port and not on the port its
/// health checks ask on.
final class SecurityGroupBlocksHealthCheck extends AdmissionCheck {
  SecurityGroupBlocksHealthCheck() {
    super(
        "The target's security group does not admit the health checks",
        "Admit the load balancer's group on the health check's port, or let the check ask on the"
            + " traffic port.",
        Ports.HEALTH_CHECK);
  }
}
