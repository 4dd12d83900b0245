package lbresponder.cause;

import java.util.ArrayList;
import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.TargetGroup;

/// A target calls itself through its own internal load balancer: with its address preserved the
/// packet comes back to its sender, who drops it. Who calls is not read, so it is possible at most.
final class HairpinFails extends Check {
  HairpinFails() {
    super(
        "A target calls itself through the load balancer",
        "Turn client address preservation off for the target group, or let callers and targets"
            + " be different machines.",
        Symptom.TIMEOUT,
        Symptom.RESET);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings().require(current.targetGroups());
    List<RegisteredTarget> callers = new ArrayList<>();
    for (TargetGroup group : current.facts().targetGroups()) {
      if (findings.read(group.keepsClientAddress()).orElse(false)) {
        findings.require(group.targets());
        callers.addAll(RegisteredTarget.of(group));
      }
    }
    if (callers.isEmpty() && findings.isComplete()) {
      return findings.orRuledOut("client addresses are not preserved");
    }
    if (!current.loadBalancer().map(LoadBalancer::internal).orElse(true)) {
      return new Verdict.RuledOut("the load balancer is not internal: targets are not its clients");
    }
    if (!findings.require(current.loadBalancer()).isComplete()) {
      return findings.verdict();
    }
    if (callers.stream().anyMatch(RegisteredTarget::fails)) {
      return new Verdict.RuledOut("targets fail their health checks, which do not loop");
    }
    return Verdict.Cause.of(
        Confidence.POSSIBLE,
        callers.getFirst().group().id(),
        "the load balancer is internal, preserves client addresses, and "
            + (callers.stream().allMatch(RegisteredTarget::takesTraffic)
                ? "every target is healthy"
                : "no target is known to fail its health check"));
  }
}
