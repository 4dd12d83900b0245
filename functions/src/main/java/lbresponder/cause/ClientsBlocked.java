package lbresponder.cause;

import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.network.SecurityGroupRules;

/// The load balancer's own security groups admit nobody on a listener's port. No connection to a
/// target fails because of it: it is reported beside the cause.
final class ClientsBlocked extends Check {
  ClientsBlocked() {
    super(
        "The load balancer's security group admits nobody on a listener's port",
        "Admit the clients on the listener's port, or remove the listener.");
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    List<String> groups =
        findings
            .read(current.loadBalancer().flatMap(LoadBalancer::securityGroups))
            .orElse(List.of());
    List<Listener> listeners = findings.readFirst(current.listeners()).orElse(List.of());
    if (!findings.isComplete() || groups.isEmpty()) {
      return findings.orRuledOut("the load balancer has no security group");
    }
    SecurityGroupRules rules = current.paths().clientRules();
    if (rules == null) {
      findings.missing("the load balancer's security groups");
      findings.read(current.facts().network().securityGroups());
      return findings.verdict();
    }
    List<Integer> closed =
        listeners.stream()
            .filter(listener -> listener.protocol().carriesTcp())
            .map(Listener::port)
            .filter(port -> !rules.admitsAnybody(port))
            .toList();
    if (!closed.isEmpty() && rules.isWhole()) {
      findings.cause(
          Verdict.Cause.of(
              Confidence.PROVEN,
              groups.getFirst(),
              closed.stream()
                  .map(
                      port ->
                          "no rule of %s admits anybody on tcp/%d"
                              .formatted(String.join(", ", groups), port))
                  .toList()));
    } else if (!closed.isEmpty()) {
      findings.missing("some rules of the load balancer's security groups");
    }
    return findings.orRuledOut("somebody is admitted on every listener's port");
  }
}
