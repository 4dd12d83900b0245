package lbresponder.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Overload;
import lbresponder.evidence.Overload.Level;
import lbresponder.facts.Repair;
import lbresponder.facts.ScalingGroup;

/// The scaling group cannot add instances: it is at its maximum, or its launches fail. That alone
/// harms nobody; it matters where instances are missing or overloaded.
final class CapacityAtMaximum extends Check {
  /// Launches that failed longer ago say nothing of now.
  private static final Duration LATELY = Duration.ofHours(1);

  CapacityAtMaximum() {
    super(
        "The scaling group cannot add instances",
        "Raise the group's maximum, or remove what keeps its instances from launching.",
        Symptom.TIMEOUT,
        Symptom.NO_TARGET,
        Symptom.SILENT,
        Symptom.OVERFLOW,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings();
    return findings
        .read(current.facts().fleet().scalingGroups())
        .map(
            _ -> {
              List<ScalingGroup> groups = current.rollouts().scalingGroups();
              groups.forEach(group -> judge(current, group, findings));
              return findings.orRuledOut(ruledOut(groups));
            })
        .orElseGet(findings::verdict);
  }

  private static void judge(Case current, ScalingGroup group, Findings findings) {
    findings.read(group.activities());
    Overload overload = current.overload();
    boolean overloaded = overload.level() == Level.WITNESSED || overload.level() == Level.POSSIBLE;
    Optional<String> failure = failure(group, current.facts().readAt());
    if (failure.isPresent() && group.instances().size() < group.desired()) {
      findings.cause(
          Verdict.Cause.of(
              overloaded || nobodyServes(current) ? Confidence.LIKELY : Confidence.POSSIBLE,
              group.name(),
              failure.get(),
              "%s has %d of the %d instances it wants"
                  .formatted(group.name(), group.instances().size(), group.desired())));
    } else if (group.desired() >= group.maximum() && overloaded) {
      findings.cause(atMaximum(group, overload));
    } else if (group.desired() >= group.maximum() && overload.level() == Level.UNKNOWN) {
      findings.missing(overload.decides());
    }
  }

  private static boolean nobodyServes(Case current) {
    return current.targets().areAllKnown()
        && current.targets().all().stream().noneMatch(target -> target.takesTraffic());
  }

  private static String ruledOut(List<ScalingGroup> groups) {
    if (groups.isEmpty()) {
      return "no scaling group keeps the targets";
    }
    return groups.stream().allMatch(group -> group.desired() < group.maximum())
        ? "every scaling group has room to grow, and no launch failed lately"
        : "a scaling group is at its maximum, and nothing shows that it should be larger";
  }

  private static Verdict.Cause atMaximum(ScalingGroup group, Overload overload) {
    int more = group.desired() + Math.max(1, group.desired() / 2);
    return Verdict.Cause.of(
            overload.level() == Level.WITNESSED ? Confidence.LIKELY : Confidence.POSSIBLE,
            group.name(),
            "%s wants %d instances, and %d is its maximum"
                .formatted(group.name(), group.desired(), group.maximum()),
            overload.signs().getFirst())
        .repairedBy(new Repair.SetCapacity(group.name(), more, more));
  }

  /// Why it cannot launch, if the latest launch of late failed or launching is switched off.
  private static Optional<String> failure(ScalingGroup group, Instant now) {
    if (!group.mayLaunch()) {
      return Optional.of("launching is suspended for " + group.name());
    }
    return group.activities().orElse(List.of()).stream()
        .filter(activity -> activity.kind() == ScalingGroup.Kind.LAUNCH)
        .filter(activity -> activity.outcome() != ScalingGroup.Outcome.IN_PROGRESS)
        .findFirst()
        .filter(activity -> activity.outcome() == ScalingGroup.Outcome.FAILED)
        .filter(activity -> activity.started().isAfter(now.minus(LATELY)))
        .map(
            activity ->
                "the latest launch of %s failed at %s: %s"
                    .formatted(group.name(), activity.started(), activity.message()));
  }
}
