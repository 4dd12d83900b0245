package lbresponder.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.Probes;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Connection;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.State;
import lbresponder.network.Hop;
import lbresponder.network.Path;

/// What health checks, probers and counts say of a path, beside what its rules say. Health is one
/// word for the checks of many nodes, and a late one: it refutes a block of all of them only once
/// enough checks were made since the trouble began.
final class PathWitness {
  private static final List<Measure> ERRORS =
      List.of(Measure.CONNECTION_ERRORS, Measure.LB_504, Measure.LB_RESETS);

  private final Case current;
  private final boolean ofHealthOnly;

  PathWitness(Case current) {
    this.current = current;
    this.ofHealthOnly =
        current.hasAlarm() && current.alarmed().stream().allMatch(Measure::countsHealth);
  }

  /// Whether anything is sent to it: what is stopped, unused or leaving is not reached for other
  /// reasons than the network.
  static boolean isReached(RegisteredTarget target) {
    return target
        .health()
        .map(
            health ->
                switch (health.state()) {
                  case HEALTHY, UNHEALTHY, UNHEALTHY_DRAINING, UNAVAILABLE, INITIAL -> true;
                  case UNUSED, DRAINING -> false;
                })
        .orElse(true);
  }

  /// Whether health speaks of this port and the checks got something back.
  static boolean isAnswered(RegisteredTarget target, boolean isChecked) {
    return isChecked && target.health().map(health -> health.port().isReached()).orElse(false);
  }

  /// Whether it is sure that what is sent on this path matters: between zones it is not where
  /// nobody read whether nodes send there, or where nothing but health was alarmed on and the node
  /// in the target's own zone gets through.
  boolean carries(RegisteredTarget target, Path path) {
    String zone = current.zone(target);
    if (path.zone().isEmpty() || path.zone().equals(zone)) {
      return true;
    }
    if (zone == null) {
      // An address may be registered for no zone in particular.
      return target.group().targetType() == TargetType.ADDRESS
          || target.group().crossZone().fold(on -> on, _ -> false, _ -> true);
    }
    return !(target.group().crossZone() instanceof Known.Unknown)
        && !(ofHealthOnly && isOpenWithin(zone, target, path.port()));
  }

  private boolean isOpenWithin(String zone, RegisteredTarget target, int port) {
    return current.paths().to(target.group(), target.target(), port).stream()
        .anyMatch(path -> path.zone().equals(zone) && path.blockers().isEmpty());
  }

  /// Zones from which a prober in the load balancer's place got something back from the port; all
  /// of them where its zone is not known.
  Set<String> reachedFrom(RegisteredTarget target, int port, Set<String> all) {
    Set<String> subnets = new HashSet<>();
    boolean reached = false;
    for (ProbeResult probe : current.probes().ofPorts(target)) {
      if (probe.from() == Vantage.LOAD_BALANCER
          && probe.port() == port
          && Probes.any(probe, PathWitness::cameBack)) {
        reached = true;
        subnets.addAll(subnets(probe));
      }
    }
    if (!reached || subnets.isEmpty()) {
      return reached ? all : Set.of();
    }
    return current.loadBalancer().map(LoadBalancer::zones).orElse(List.of()).stream()
        .filter(zone -> subnets.contains(zone.subnet()))
        .map(LoadBalancer.Zone::name)
        .collect(Collectors.toSet());
  }

  private static boolean cameBack(Connection result) {
    return Probes.accepts(result) || result instanceof Connection.Refused;
  }

  private Set<String> subnets(ProbeResult probe) {
    return current.facts().network().interfaces().orElse(List.of()).stream()
        .filter(own -> probe.interfaces().contains(own.id()))
        .map(NetworkInterface::subnet)
        .collect(Collectors.toSet());
  }

  /// Why rules that deny may stop packets though the checks of the targets get through; empty:
  /// nothing speaks for it.
  List<String> excuses(List<PathBlock> blocks) {
    List<RegisteredTarget> cutOff = targets(blocks);
    Map<String, Long> byGroup =
        cutOff.stream()
            .collect(Collectors.groupingBy(one -> one.group().id(), Collectors.counting()));
    Set<String> excuses = new LinkedHashSet<>();
    Set<String> said = new HashSet<>();
    for (RegisteredTarget target : cutOff) {
      String excuse = nodes(target, blocks);
      if (!excuse.isEmpty()) {
        excuses.add(excuse);
      } else if (target.isIn(State.HEALTHY) && said.add(target.group().id())) {
        excuses.addAll(late(target.group(), byGroup.getOrDefault(target.group().id(), 0L)));
      }
    }
    return List.copyOf(excuses);
  }

  static List<RegisteredTarget> targets(List<PathBlock> blocks) {
    return blocks.stream().map(PathBlock::target).distinct().toList();
  }

  private String nodes(RegisteredTarget target, List<PathBlock> blocks) {
    int port = blocks.getFirst().path().port();
    List<Path> all = current.paths().to(target.group(), target.target(), port);
    long denied = all.stream().filter(path -> !path.blockers().isEmpty()).count();
    return denied == all.size()
        ? ""
        : "checks get through from nodes that are not cut off: %d of %s are"
            .formatted(denied, Phrases.count(all.size(), "node"));
  }

  /// @param cutOff how many of its targets are
  private List<String> late(TargetGroup group, long cutOff) {
    List<String> late = new ArrayList<>();
    HealthCheck check = group.healthCheck();
    long needed = (long) check.intervalSeconds() * check.unhealthyThreshold();
    long since = Duration.between(current.began(), current.facts().readAt()).toSeconds();
    // Without the counts only the alarm is known, which comes minutes after what it tells of.
    if (current.hasAlarm() && current.facts().load().isKnown() && since < needed) {
      late.add(
          "health still says that targets of %s are well: the trouble began %d s ago, and a check, every %d s, must fail %d times"
              .formatted(group.name(), since, check.intervalSeconds(), check.unhealthyThreshold()));
    }
    double peak = current.counts().peak(Measure.UNHEALTHY_TARGETS, group.id()).orElse(0.0);
    if (peak >= cutOff) {
      late.add(
          "health says that targets of %s are well, of which up to %.0f were not during the incident"
              .formatted(group.name(), peak));
    }
    return late;
  }

  /// What stops some ports does not make every connection fail; what was not read beyond it may.
  Confidence ofPartial(List<PathBlock> partial) {
    boolean exact =
        partial.stream()
            .allMatch(
                block -> block.path().from().isAddress() && carries(block.target(), block.path()));
    boolean other =
        isTotal()
            && partial.stream()
                .flatMap(block -> block.path().steps().stream())
                .anyMatch(step -> step.hop() instanceof Hop.Unknown);
    return exact && !other && isTrouble(partial) ? Confidence.LIKELY : Confidence.POSSIBLE;
  }

  /// Whether connections are known to fail: some were counted, or targets fail without an answer.
  private boolean isTrouble(List<PathBlock> blocks) {
    return ERRORS.stream()
            .anyMatch(errors -> current.counts().ofLoadBalancer(errors).orElse(0.0) > 0)
        || targets(blocks).stream().anyMatch(target -> target.fails() && !isAnswered(target, true));
  }

  /// Whether all targets fail: a block of some ports alone does not do that.
  private boolean isTotal() {
    return current.targets().failing().size() == current.targets().all().size();
  }
}
