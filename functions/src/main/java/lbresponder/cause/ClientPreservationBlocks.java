package lbresponder.cause;

import java.util.ArrayList;
import java.util.List;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.PreservedClients;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.LoadBalancer;
import lbresponder.network.Cidr;
import lbresponder.network.Hop;
import lbresponder.network.Ranges;
import lbresponder.network.SecurityGroupRules;
import org.jspecify.annotations.Nullable;

/// Targets see the clients' addresses, and their groups or ACLs admit only the load balancer:
/// checks pass, and clients time out.
final class ClientPreservationBlocks extends Check {
  /// Stand for any client on the internet, by family.
  private static final String CLIENT = "198.51.100.1";

  private static final String IPV6_CLIENT = "2001:db8::1";

  ClientPreservationBlocks() {
    super(
        "Clients keep their address, and the target's security group or network ACL does not admit"
            + " them",
        "Admit the clients on the traffic port, or turn client address preservation off for the"
            + " target group.",
        Symptom.TIMEOUT);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings().require(current.targetGroups());
    current.facts().targetGroups().forEach(group -> findings.read(group.keepsClientAddress()));
    List<RegisteredTarget> preserving = PreservedClients.targets(current, findings);
    if (preserving.isEmpty()) {
      return findings.orRuledOut("client addresses are not preserved");
    }
    List<RegisteredTarget> closed = new ArrayList<>();
    findings
        .read(current.loadBalancer())
        .ifPresent(
            loadBalancer ->
                preserving.stream()
                    .filter(target -> isClosed(target, loadBalancer, current, findings))
                    .forEach(closed::add));
    PreservedClients.stoppedByAcls(preserving, current, findings);
    if (!closed.isEmpty()) {
      findings.cause(
          Verdict.Cause.of(
                  Confidence.PROVEN,
                  closed.getFirst().group().id(),
                  "client addresses are preserved, and no rule of the groups of %s admits an address outside private networks on the traffic port"
                      .formatted(Phrases.count(closed.size(), "target")))
              .about(closed));
    }
    return findings.orRuledOut("clients are admitted where their addresses are preserved");
  }

  private static boolean isClosed(
      RegisteredTarget target, LoadBalancer loadBalancer, Case current, Findings findings) {
    Integer port = target.target().port();
    SecurityGroupRules rules = current.paths().rulesAt(target.group(), target.target());
    if (port == null || rules == null || !rules.isWhole()) {
      findings.missing("the security groups at " + target.label());
      return false;
    }
    if (loadBalancer.internal()) {
      findings.missing("which addresses the clients of an internal load balancer have");
      return false;
    }
    boolean ipv6 = isIpv6(current.directory().address(target.group(), target.target()));
    return rules.named(port).stream()
            .filter(range -> range.ipv6() == ipv6)
            .allMatch(Ranges::isPrivate)
        && findings
            .read(loadBalancer.securityGroups())
            .filter(own -> !admitsByGroup(rules, port, own, ipv6))
            .isPresent();
  }

  private static boolean isIpv6(@Nullable String address) {
    return address != null && address.indexOf(':') >= 0;
  }

  /// A rule that refers to the load balancer's group admits what comes through it, whoever sent it.
  private static boolean admitsByGroup(
      SecurityGroupRules rules, int port, List<String> own, boolean ipv6) {
    Cidr client = Cidr.parse(ipv6 ? IPV6_CLIENT : CLIENT);
    return client != null && rules.tcp(port, client, own) instanceof Hop.Allowed;
  }
}
