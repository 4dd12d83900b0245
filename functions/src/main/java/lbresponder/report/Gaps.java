package lbresponder.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// What could not be read, in one line for each reason.
final class Gaps {
  private final Map<String, TreeSet<String>> byReason = new LinkedHashMap<>();

  private Gaps() {}

  static List<String> of(Facts facts) {
    Gaps gaps = new Gaps();
    gaps.note("the load balancer", facts.loadBalancer());
    gaps.note("listeners", facts.listeners());
    gaps.note("target groups", facts.targetGroups());
    gaps.note("instances", facts.instances());
    gaps.note("metrics", facts.load());
    if (facts.loadBalancer() instanceof Known.Value<LoadBalancer>(LoadBalancer balancer)) {
      gaps.note("the load balancer's attributes", balancer.attributes());
      gaps.note("the load balancer's tags", balancer.tags());
    }
    for (Listener listener : facts.listeners().orElse(List.of())) {
      gaps.note("rules of listener " + listener.port(), listener.rules());
    }
    for (TargetGroup group : facts.targetGroups().orElse(List.of())) {
      gaps.targetGroup(group);
    }
    for (Load.Series series : facts.load().map(Load::series).orElse(List.of())) {
      if (series.targetGroup() == null && series.zone() == null) {
        gaps.note("metric " + series.metric(), series.points());
      }
    }
    gaps.note("security groups", facts.securityGroups());
    gaps.note("network ACLs", facts.networkAcls());
    gaps.note("routes", facts.routeTables());
    gaps.note("recent changes", facts.changes());
    gaps.note("the targets' ports", facts.dials());
    List<String> lines = new ArrayList<>();
    gaps.byReason.forEach(
        (why, what) ->
            lines.add(
                Untrusted.clean(
                    "could not read %s: %s".formatted(String.join(", ", what), why), 600)));
    return List.copyOf(lines);
  }

  private void targetGroup(TargetGroup group) {
    note("targets of " + group.name(), group.targets());
    note("attributes of " + group.name(), group.attributes());
    for (Target target : group.targets().orElse(List.of())) {
      note("health of " + target.label(), target.health());
    }
  }

  private void note(String what, Known<?> fact) {
    if (fact instanceof Known.Unknown<?>(String why)) {
      byReason.computeIfAbsent(why, _ -> new TreeSet<>()).add(what);
    }
  }
}
