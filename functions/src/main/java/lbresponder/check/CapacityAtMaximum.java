package lbresponder.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.ScalingGroup.Activity;

/// The scaling group cannot add instances: it is at its maximum, or its launches fail. That alone
/// harms nobody; it matters where instances are missing or overloaded.
final class CapacityAtMaximum implements Check {
  /// Launches that failed longer ago say nothing of now.
  private static final Duration LATELY = Duration.ofHours(1);

  @Override
  public String title() {
    return "The scaling group cannot add instances";
  }

  @Override
  public String advice() {
    return "Raise the group's maximum, or mend what keeps its instances from launching.";
  }

  @Override
  public Set<Symptom> shows() {
    return new TargetOverloaded().shows();
  }

  @Override
  public Verdict examine(Facts facts) {
    if (!(facts.fleet().scalingGroups()
        instanceof Known.Value<List<ScalingGroup>>(List<ScalingGroup> groups))) {
      return new Verdict.Unknown(
          ((Known.Unknown<List<ScalingGroup>>) facts.fleet().scalingGroups()).why());
    }
    List<Verdict.Cause> causes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Verdict overload = new TargetOverloaded().examine(facts);
    for (ScalingGroup group : groups) {
      Optional<String> fails = failure(group, facts.readAt());
      if (fails.isPresent() && group.instances().size() < group.desired()) {
        causes.add(
            cause(
                overload instanceof Verdict.Cause || nobodyServes(facts)
                    ? Confidence.LIKELY
                    : Confidence.POSSIBLE,
                group,
                List.of(
                    fails.get(),
                    "%s has %d of the %d instances it wants"
                        .formatted(group.name(), group.instances().size(), group.desired())),
                List.of()));
      } else if (group.desired() >= group.maximum() && overload instanceof Verdict.Cause load) {
        causes.add(atMaximum(group, load));
      }
      if (group.activities() instanceof Known.Unknown<List<Activity>>(String why)) {
        missing.add(why);
      }
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut(innocent(groups))
        : new Verdict.Unknown(String.join("; ", missing.stream().distinct().toList()));
  }

  private static boolean nobodyServes(Facts facts) {
    Seen seen = Seen.in(facts);
    return seen.missing().isEmpty()
        && seen.members().stream()
            .allMatch(one -> one.target().health().isKnown() && !one.takesTraffic());
  }

  private static String innocent(List<ScalingGroup> groups) {
    if (groups.isEmpty()) {
      return "no scaling group keeps the targets";
    }
    return groups.stream().allMatch(group -> group.desired() < group.maximum())
        ? "every scaling group has room to grow, and no launch failed lately"
        : "a scaling group is at its maximum, and nothing shows that it should be larger";
  }

  private static Verdict.Cause atMaximum(ScalingGroup group, Verdict.Cause load) {
    int more = group.desired() + Math.max(1, group.desired() / 2);
    return cause(
        load.confidence() == Confidence.POSSIBLE ? Confidence.POSSIBLE : Confidence.LIKELY,
        group,
        List.of(
            "%s wants %d instances, and %d is its maximum"
                .formatted(group.name(), group.desired(), group.maximum()),
            load.because().getFirst()),
        List.of(new Repair.SetCapacity(group.name(), more, more)));
  }

  private static Verdict.Cause cause(
      Confidence confidence, ScalingGroup group, List<String> because, List<Repair> repairs) {
    Set<Symptom> shows = EnumSet.copyOf(new TargetOverloaded().shows());
    return new Verdict.Cause(confidence, group.name(), List.of(), because, repairs, shows);
  }

  /// Why it cannot launch, if the latest launch of late failed or launching is switched off.
  private static Optional<String> failure(ScalingGroup group, Instant now) {
    if (group.suspended().contains("Launch")) {
      return Optional.of("launching is suspended for " + group.name());
    }
    return group.activities().orElse(List.of()).stream()
        .filter(one -> one.kind() == ScalingGroup.Kind.LAUNCH)
        .filter(one -> one.outcome() != ScalingGroup.Outcome.IN_PROGRESS)
        .findFirst()
        .filter(one -> one.outcome() == ScalingGroup.Outcome.FAILED)
        .filter(one -> one.started().isAfter(now.minus(LATELY)))
        .map(
            one ->
                "the latest launch of %s failed at %s: %s"
                    .formatted(group.name(), one.started(), one.message()));
  }
}
