package lbresponder.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lbresponder.facts.Connection;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.network.Hop;
import lbresponder.network.Path;
import lbresponder.network.Paths;

/// What is left when a target does not react to a probe at all: whatever was read and could swallow
/// the packets before the host is looked for first.
public final class Elimination {
  private final Case current;
  private final Map<String, Paths> ofProbers = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private final Map<String, List<ProbeResult>> silent = new HashMap<>();

  Elimination(Case current) {
    this.current = current;
    for (RegisteredTarget target : current.targets().all()) {
      for (ProbeResult probe : current.probes().ofPorts(target)) {
        if (Probes.any(probe, Probes::accepts)) {
          open.add(port(target, probe));
          open.add(machine(target, probe));
        } else if (Probes.all(probe, Connection.TimedOut.class::isInstance)) {
          silent.computeIfAbsent(port(target, probe), _ -> new ArrayList<>()).add(probe);
        }
      }
    }
  }

  private static String port(RegisteredTarget target, ProbeResult probe) {
    return "%s %d %s".formatted(target.group().id(), probe.port(), probe.from());
  }

  private static String machine(RegisteredTarget target, ProbeResult probe) {
    return "%s %s".formatted(target.id(), probe.from());
  }

  /// What else would explain the silence, or keeps it from being explained; empty: nothing that was
  /// read.
  public String obstacle(RegisteredTarget target, ProbeResult probe) {
    if (probe.from() == Vantage.HERE) {
      return Probes.result(target, probe) + ", of which the path is not known";
    }
    Paths paths = current.paths();
    if (!paths.missing().isEmpty()) {
      return paths.missing();
    }
    List<Path> ways = paths.to(target.group(), target.target(), probe.port());
    if (ways.isEmpty()) {
      return "where %s is".formatted(target.label());
    }
    String closed = closed(target, ways, "load balancer");
    if (probe.from() == Vantage.LOAD_BALANCER) {
      return closed;
    }
    List<Path> own = fromProber(target, probe);
    if (own.isEmpty()) {
      return "where the prober stands that got no reaction from " + target.label();
    }
    return closed.isEmpty() ? closed(target, own, "prober") : closed;
  }

  /// @param source where the paths begin
  /// @return empty where every step lets everything pass
  private static String closed(RegisteredTarget target, List<Path> ways, String source) {
    return ways.stream()
        .flatMap(path -> path.steps().stream())
        .filter(step -> !(step.hop() instanceof Hop.Allowed))
        .map(
            step ->
                "whether a packet reaches the host of %s: %s"
                    .formatted(target.label(), step.control().description(source)))
        .findFirst()
        .orElse("");
  }

  private List<Path> fromProber(RegisteredTarget target, ProbeResult probe) {
    List<Path> ways = new ArrayList<>();
    for (NetworkInterface own : current.facts().network().interfaces().orElse(List.of())) {
      if (probe.interfaces().contains(own.id())) {
        ways.addAll(
            ofProbers
                .computeIfAbsent(own.id(), _ -> Paths.from(current.facts(), own))
                .to(target.group(), target.target(), probe.port()));
      }
    }
    return ways;
  }

  /// The same silence of other targets on that port of their group, from the same place.
  public List<ProbeResult> alike(RegisteredTarget target, ProbeResult probe) {
    return silent.getOrDefault(port(target, probe), List.of());
  }

  /// What shows that the host is silent and the way there is open, where there is no obstacle.
  public List<String> signs(RegisteredTarget target, ProbeResult probe) {
    List<String> because = new ArrayList<>();
    because.add(
        "%s does not react on all of %s from %s"
            .formatted(Probes.at(target, probe), Probes.tries(probe), Probes.place(probe)));
    because.add("security groups, network ACLs and routes let it pass, there and back");
    if (open.contains(port(target, probe))) {
      because.add("other targets of %s let the same prober in".formatted(target.group().name()));
    }
    if (open.contains(machine(target, probe))) {
      because.add("another port of %s lets the same prober in".formatted(target.id()));
    }
    return because;
  }
}
