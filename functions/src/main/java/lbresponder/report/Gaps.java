package lbresponder.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.Function;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.Peering;
import lbresponder.facts.PrefixList;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.Service;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.Wiring;
import lbresponder.message.Untrusted;

/// What could not be read, in one line for each reason. What this load balancer does not have is no
/// gap.
final class Gaps {
  private final Map<String, TreeSet<String>> byReason = new LinkedHashMap<>();

  private Gaps() {}

  static List<String> of(Facts facts) {
    Gaps gaps = new Gaps();
    if (facts.unread().isPresent()) {
      gaps.note("anything", facts.wiring().loadBalancer());
      return gaps.lines();
    }
    if (facts.doubt() != null) {
      gaps.note("whose the credentials are", Known.unknown(facts.doubt()));
    }
    gaps.wiring(facts.wiring());
    gaps.note("instances", facts.fleet().instances());
    gaps.note("metrics", facts.load());
    gaps.loadBalancer(facts.wiring().loadBalancer());
    gaps.listeners(facts.wiring().listeners());
    facts.targetGroups().forEach(gaps::targetGroup);
    gaps.load(facts.load());
    gaps.fleet(facts.fleet());
    gaps.network(facts.network());
    gaps.note("recent changes", facts.evidence().changes());
    gaps.note("the targets' ports", facts.evidence().probes());
    List<String> lines = new ArrayList<>(gaps.lines());
    lines.addAll(Unprobed.lines(facts.evidence()));
    return List.copyOf(lines);
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (why, what) ->
            lines.add(
                Untrusted.clean(
                    "could not read %s: %s".formatted(String.join(", ", what), why), 600)));
    return List.copyOf(lines);
  }

  private void wiring(Wiring wiring) {
    note("the load balancer", wiring.loadBalancer());
    note("listeners", wiring.listeners());
    note("target groups", wiring.targetGroups());
  }

  private void loadBalancer(Known<LoadBalancer> read) {
    if (read instanceof Known.Value<LoadBalancer>(LoadBalancer loadBalancer)) {
      note("the load balancer's attributes", loadBalancer.idleTimeoutSeconds());
      note("the load balancer's security groups", loadBalancer.securityGroups());
      note("the load balancer's tags", loadBalancer.tags());
    }
  }

  private void listeners(Known<List<Listener>> listeners) {
    for (Listener listener : listeners.orElse(List.of())) {
      note("rules of listener " + listener.port(), listener.rules());
    }
  }

  private void targetGroup(TargetGroup group) {
    note("targets of " + group.name(), group.targets());
    // One call reads these settings: they are one gap.
    String attributes = "attributes of " + group.name();
    note(attributes, group.crossZone());
    note(attributes, group.keepsClientAddress());
    note(attributes, group.proxyProtocol());
    note(attributes, group.sticky());
    note(attributes, group.deregistrationDelaySeconds());
    for (Target target : group.targets().orElse(List.of())) {
      note("health of " + target.label(), target.health());
    }
  }

  private void load(Known<Load> load) {
    for (Load.Series series : load.map(Load::series).orElse(List.of())) {
      if (series.targetGroup() == null && series.zone() == null) {
        note("metric " + series.metric(), series.points());
      }
    }
  }

  private void fleet(Fleet fleet) {
    note("status checks", fleet.statusChecks());
    note("scaling groups", fleet.scalingGroups());
    note("container services", fleet.services());
    note("functions", fleet.functions());
    note("machines under addresses", fleet.hosts());
    note("how much CPU and memory is used", fleet.usage());
    for (InnerLoadBalancer inner : fleet.loadBalancers().orElse(List.of())) {
      note("%s, which is a target".formatted(inner.name()), inner.wiring().loadBalancer());
      note("listeners of " + inner.name(), inner.wiring().listeners());
      note("target groups of " + inner.name(), inner.wiring().targetGroups());
    }
    for (ScalingGroup group : fleet.scalingGroups().orElse(List.of())) {
      note("activities of " + group.name(), group.activities());
    }
    for (Service service : fleet.services().orElse(List.of())) {
      note("stopped tasks of " + service.name(), service.stopped());
    }
    for (Function function : fleet.functions().orElse(List.of())) {
      note("policy of " + function.id(), function.admits());
    }
  }

  private void network(Network network) {
    note("security groups", network.securityGroups());
    note("network ACLs", network.networkAcls());
    note("routes", network.routeTables());
    note("subnets", network.subnets());
    note("network interfaces", network.interfaces());
    note("prefix lists", network.prefixLists());
    for (PrefixList list : network.prefixLists().orElse(List.of())) {
      note("prefix list " + list.id(), list.ranges());
    }
    for (Peering peering : network.peerings().orElse(List.of())) {
      note("peering " + peering.id(), peering.networks());
    }
  }

  private void note(String what, Known<?> fact) {
    if (fact instanceof Known.Unknown<?>(String why)) {
      byReason.computeIfAbsent(why, _ -> new TreeSet<>()).add(what);
    }
  }
}
