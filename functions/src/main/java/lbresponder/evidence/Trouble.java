package lbresponder.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lbresponder.facts.Instance;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.State;

/// What of the failing targets may be new: all of it where nobody alarmed, or it is not known since
/// when the alarm's metric stands out.
public final class Trouble {
  /// What stopped this shortly before the errors is part of what is new.
  private static final Duration LATELY = Duration.ofMinutes(15);

  private final Case current;
  private final Standing standing;
  private final List<RegisteredTarget> missed;
  private final List<RegisteredTarget> fresh;
  private final Set<RegisteredTarget> isFresh;

  Trouble(Case current) {
    this.current = current;
    List<RegisteredTarget> failing = current.targets().failing();
    this.standing = new Standing(current, Set.copyOf(failing));
    boolean dated = current.counts().onset().isPresent();
    this.missed =
        dated ? failing.stream().filter(target -> !getsNothing(target)).toList() : failing;
    this.fresh =
        dated
            ? missed.stream().filter(target -> !standing.of(target.group().id())).toList()
            : missed;
    this.isFresh = Set.copyOf(fresh);
  }

  /// Which target groups are no worse than in the hour before.
  public Standing standing() {
    return standing;
  }

  /// The failing targets but those that get nothing while others of their group serve.
  public List<RegisteredTarget> missed() {
    return missed;
  }

  /// Of those, the ones in groups in which fewer failed before.
  public List<RegisteredTarget> fresh() {
    return fresh;
  }

  /// Whether a target is among the fresh.
  public boolean isFresh(RegisteredTarget target) {
    return isFresh.contains(target);
  }

  /// Whether none of these failing targets is among the fresh.
  public boolean isOld(List<RegisteredTarget> targets) {
    return targets.stream().noneMatch(this::isFresh);
  }

  private boolean getsNothing(RegisteredTarget target) {
    Instant lately = current.began().minus(LATELY);
    return target.isIn(State.UNUSED)
        && current.serving().remainsIn(target.group())
        && current
            .directory()
            .instance(target.id())
            .map(
                (Optional<Instance> found) ->
                    found.map(Instance::stoppedAt).filter(at -> at.isAfter(lately)).isEmpty())
            .orElse(target.group().targetType() != TargetType.MACHINE);
  }
}
