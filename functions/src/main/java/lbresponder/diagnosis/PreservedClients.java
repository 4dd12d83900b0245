package lbresponder.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import lbresponder.evidence.Case;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.TargetGroup;
import lbresponder.network.ClientWays.Way;
import lbresponder.network.Hop;

/// Targets that see the clients' own addresses: what stands before these must admit the clients
/// too, not the load balancer alone.
public final class PreservedClients {
  private PreservedClients() {}

  /// Of the groups that keep client addresses. Only TCP is judged: for other groups that is noted
  /// as missing.
  public static List<RegisteredTarget> targets(Case current, Findings findings) {
    List<RegisteredTarget> targets = new ArrayList<>();
    for (TargetGroup group : current.facts().targetGroups()) {
      if (findings.readFirst(group.keepsClientAddress()).orElse(false)) {
        findings.require(group.targets());
        if (group.protocol().carriesTcp()) {
          RegisteredTarget.of(group).stream().filter(Probes::matters).forEach(targets::add);
        } else {
          findings.missing("whether the datagrams of clients reach %s".formatted(group.name()));
        }
      }
    }
    return targets;
  }

  /// Network ACLs at the targets that deny every client, or the answers to each.
  public static void stoppedByAcls(
      List<RegisteredTarget> preserving, Case current, Findings findings) {
    if (current.facts().network().networkAcls() instanceof Known.None) {
      return;
    }
    Set<String> denied = new LinkedHashSet<>();
    Set<RegisteredTarget> closed = new LinkedHashSet<>();
    for (RegisteredTarget target : preserving) {
      List<Way> ways = ways(target, current);
      if (ways.isEmpty()) {
        findings.missing("the network ACL of the subnet of " + target.label());
      }
      for (Way way : ways) {
        switch (way.hop()) {
          case Hop.Denied(String by) -> {
            denied.add("client addresses are preserved, and at %s %s".formatted(way.subnet(), by));
            closed.add(target);
          }
          case Hop.Unknown(String why) -> findings.missing(why);
          case Hop.Allowed _, Hop.Partial _ -> {}
        }
      }
    }
    if (!closed.isEmpty()) {
      List<RegisteredTarget> targets = List.copyOf(closed);
      findings.cause(
          Verdict.Cause.of(Confidence.PROVEN, targets.getFirst().group().id(), List.copyOf(denied))
              .about(targets)
              .showingAs(Set.of(Symptom.TIMEOUT)));
    }
  }

  private static List<Way> ways(RegisteredTarget target, Case current) {
    Integer port = target.target().port();
    return port == null
        ? List.of()
        : current.paths().clientsAt(target.group(), target.target(), port);
  }
}
