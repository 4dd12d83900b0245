package lbresponder.evidence;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.State;

/// Which target groups are no worse than in the hour before the trouble.
public final class Standing {
  private final Case current;
  private final Map<String, Long> failing;
  private final Map<String, Long> unhealthy;
  private final Map<String, Boolean> standing = new HashMap<>();

  /// @param failing the targets that fail now
  public Standing(Case current, Set<RegisteredTarget> failing) {
    this.current = current;
    this.failing = byGroup(failing.stream());
    this.unhealthy = byGroup(failing.stream().filter(target -> !target.isIn(State.UNUSED)));
  }

  private static Map<String, Long> byGroup(Stream<RegisteredTarget> targets) {
    return targets.collect(
        Collectors.groupingBy(target -> target.group().id(), Collectors.counting()));
  }

  /// How many targets of a group fail now.
  public long failing(String group) {
    return failing.getOrDefault(group, 0L);
  }

  /// How many of its targets failed their checks in the ordinary time; 0 where that was not read.
  public long before(String group) {
    return current
        .counts()
        .nearestUsual(Measure.UNHEALTHY_TARGETS, group)
        .map(Math::round)
        .orElse(0L);
  }

  /// Whether as many of its targets failed before, and as many connections to them, or no fewer
  /// serve than before; false where none of that is known.
  public boolean of(String group) {
    return standing.computeIfAbsent(group, this::isStanding);
  }

  private boolean isStanding(String group) {
    Known<Count> errors = errors(group);
    boolean risen = errors.flatMap(Count::hasRisen).orElse(false);
    long now = unhealthy.getOrDefault(group, 0L);
    boolean asManyErrors = errors.flatMap(Count::usual).map(usual -> usual > 0).orElse(false);
    boolean asManyFail = now > 0 && before(group) >= now;
    return asManyFail
        ? !risen || getsNothing(group)
        : !risen && now == 0 && (asManyErrors || lostNone(group));
  }

  /// What is registered and not in use is in no count of unhealthy targets.
  private boolean lostNone(String group) {
    long serving =
        current.targets().of(Set.of(group)).stream().filter(RegisteredTarget::takesTraffic).count();
    return failing(group) > 0
        && current
            .counts()
            .nearestUsual(Measure.HEALTHY_TARGETS, group)
            .map(usual -> serving >= Math.round(usual))
            .orElse(false);
  }

  /// Where others of a group are well, nothing is sent to what fails its checks: more errors are of
  /// those others, unless checks are counted as well.
  private boolean getsNothing(String group) {
    return !current.traits().countsOwnChecks()
        && current.targets().all().stream()
            .anyMatch(target -> target.group().id().equals(group) && target.takesTraffic());
  }

  /// Of the load balancer where it has no other group.
  private Known<Count> errors(String group) {
    return current.all().targetGroups().size() == 1
        ? current.counts().nearestCount(Measure.CONNECTION_ERRORS, group)
        : current.counts().count(Measure.CONNECTION_ERRORS, group);
  }
}
