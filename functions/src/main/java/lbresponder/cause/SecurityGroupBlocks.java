package lbresponder.cause;

import lbresponder.diagnosis.AdmissionCheck;

/// No rule of the target's security groups admits the load balancer on the traffic port.
final class SecurityGroupBlocks extends AdmissionCheck {
  SecurityGroupBlocks() {
    super(
        "The target's security group does not admit the load balancer",
        "Admit the load balancer's group on the traffic port, and nothing wider.",
        Ports.TRAFFIC);
  }
}
