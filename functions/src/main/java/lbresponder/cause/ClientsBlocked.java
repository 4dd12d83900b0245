package lbresponder.cause;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.BlockedFlows;
import lbresponder.evidence.Case;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.network.ClientWays.Way;
import lbresponder.network.Hop;
import lbresponder.network.SecurityGroupRules;

/// The load balancer's own security groups, or the network ACLs of its subnets, let no client in on
/// a listener's port, or no answer out. No connection to a target fails because of it: unless the
/// alarm is on what clients meet, it is reported beside the cause. Some load balancers count what
/// their groups drop: the witness of what the rules say.
final class ClientsBlocked extends Check {
  ClientsBlocked() {
    super(
        "The load balancer does not let its clients in",
        "Admit the clients on the listener's port, and let the answers out, or remove the"
            + " listener.",
        Symptom.CLIENT_ERROR);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    List<Integer> ports =
        findings.readFirst(current.listeners()).orElse(List.of()).stream()
            .filter(listener -> listener.protocol().carriesTcp())
            .map(Listener::port)
            .distinct()
            .toList();
    findings.readFirst(current.loadBalancer());
    if (!findings.isComplete()) {
      return findings.verdict();
    }
    Set<String> partly = new LinkedHashSet<>();
    byAcls(ports, current, partly, findings);
    boolean grouped = byGroups(ports, current, findings);
    if (!findings.hasCause()) {
      byCount(current, findings);
    }
    String admitted =
        grouped
            ? "somebody is admitted on every listener's port"
            : "the load balancer has no security group, and its subnets let clients in";
    return findings.orRuledOut(
        partly.isEmpty() ? admitted : admitted + "; " + String.join("; ", partly));
  }

  /// Whether the load balancer has groups at all.
  private static boolean byGroups(List<Integer> ports, Case current, Findings findings) {
    List<String> groups =
        findings
            .read(current.loadBalancer().flatMap(LoadBalancer::securityGroups))
            .orElse(List.of());
    if (groups.isEmpty()) {
      return false;
    }
    SecurityGroupRules rules = current.paths().clientRules();
    if (rules == null) {
      findings.missing("the load balancer's security groups");
      findings.read(current.facts().network().securityGroups());
      return true;
    }
    List<Integer> closed = ports.stream().filter(port -> !rules.admitsAnybody(port)).toList();
    if (!closed.isEmpty() && rules.isWhole()) {
      Verdict.Cause closing =
          Verdict.Cause.of(
              Confidence.PROVEN,
              groups.getFirst(),
              closed.stream()
                  .map(
                      port ->
                          "no rule of %s admits anybody on tcp/%d"
                              .formatted(String.join(", ", groups), port))
                  .toList());
      findings.cause(witnessed(closing, BlockedFlows.in(current, Measure.BLOCKED_INBOUND)));
    } else if (!closed.isEmpty()) {
      findings.missing("some rules of the load balancer's security groups");
    }
    return true;
  }

  /// Who drops nobody harms nobody: a listener that no client asks for, or rules that are newer.
  private static Verdict.Cause witnessed(Verdict.Cause closing, BlockedFlows dropped) {
    if (dropped.areNone()) {
      return closing
          .and("but %s: no client is known to be affected".formatted(dropped.sentence()))
          .atMost(Confidence.LIKELY)
          .showingAs();
    }
    return dropped
        .risen()
        .map(count -> closing.and(dropped.sentence()).accountingFor(count.excess()))
        .orElse(closing.showingAs());
  }

  /// Somebody knocks at every address of the internet, on ports of all kinds: that packets are
  /// dropped is a cause only for an alarm on just that, and then it is not known whose they were.
  private static void byCount(Case current, Findings findings) {
    BlockedFlows dropped = BlockedFlows.in(current, Measure.BLOCKED_INBOUND);
    if (dropped.alarmed()) {
      findings.require(dropped.count());
    }
    if (dropped.alarmed() && dropped.risen().isPresent()) {
      findings.cause(
          Verdict.Cause.of(
              Confidence.POSSIBLE,
              current.id().name(),
              dropped.sentence(),
              "from whom and on which port only flow logs tell: clients that no rule admits, or"
                  + " somebody who tries ports that have no listener"));
    }
  }

  /// @param partly what lets only some in, one sentence each
  private static void byAcls(
      List<Integer> ports, Case current, Set<String> partly, Findings findings) {
    List<String> closed = new ArrayList<>();
    List<String> subnets = new ArrayList<>();
    for (int port : ports) {
      for (Way way : current.paths().clientWays().to(port)) {
        String where =
            "clients of port %d%s at %s"
                .formatted(port, way.ipv6() ? " over IPv6" : "", way.subnet());
        switch (way.hop()) {
          case Hop.Denied(String by) -> {
            closed.add("%s: %s".formatted(where, by));
            subnets.add(way.subnet());
          }
          case Hop.Partial(String by, String open) ->
              partly.add("%s: %s, open: %s".formatted(where, by, open));
          case Hop.Unknown(String why) -> findings.missing(why);
          case Hop.Allowed _ -> {}
        }
      }
    }
    if (!closed.isEmpty()) {
      findings.cause(Verdict.Cause.of(Confidence.PROVEN, subnets.getFirst(), closed).showingAs());
    }
  }
}
