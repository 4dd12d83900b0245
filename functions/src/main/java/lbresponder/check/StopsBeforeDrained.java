package lbresponder.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Service;
import lbresponder.facts.TargetHealth.State;

/// A target that is being taken out ended before the load balancer had drained it: requests under
/// way to it are cut.
final class StopsBeforeDrained implements Check {
  /// Metrics are counted by the minute; an error this close to the stop is of it.
  private static final Duration CLOSE = Duration.ofMinutes(2);

  @Override
  public String title() {
    return "A target ended before it was drained";
  }

  @Override
  public String advice() {
    return "Let targets keep serving for the deregistration delay after they are told to stop:"
        + " a lifecycle hook, a longer stop timeout, or a sleep before the stop signal.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.REFUSED, Symptom.RESET);
  }

  @Override
  public Verdict examine(Facts facts) {
    Seen seen = Seen.in(facts);
    List<Member> draining =
        seen.members().stream()
            .filter(
                one ->
                    one.target()
                        .health()
                        .map(health -> health.state() == State.DRAINING)
                        .orElse(false))
            .toList();
    if (draining.isEmpty()) {
      return seen.missing().isEmpty()
          ? new Verdict.RuledOut("no target is being drained")
          : new Verdict.Unknown(String.join("; ", seen.missing()));
    }
    Map<Member, Instant> ended = new LinkedHashMap<>();
    for (Member member : draining) {
      ended(member, facts).ifPresent(at -> ended.put(member, at));
    }
    if (!ended.isEmpty()) {
      return accuse(facts, ended, seen);
    }
    List<String> missing = new ArrayList<>(Rollouts.unread(facts));
    if (!facts.instances().isKnown()) {
      missing.add("the instances");
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("no draining target is known to have ended")
        : new Verdict.Unknown(String.join("; ", missing));
  }

  private static Optional<Instant> ended(Member member, Facts facts) {
    Optional<Instant> instance =
        facts.instance(member.target().id()).orElse(Optional.empty()).map(Instance::stoppedAt);
    if (instance.isPresent()) {
      return instance;
    }
    return facts.fleet().services().orElse(List.of()).stream()
        .filter(service -> service.targetGroups().contains(member.group().id()))
        .flatMap(service -> Rollouts.stoppedLately(service, facts).stream())
        .filter(task -> member.target().id().equals(task.address()))
        .map(Service.StoppedTask::stopped)
        .findFirst();
  }

  private static Verdict accuse(Facts facts, Map<Member, Instant> ended, Seen seen) {
    Optional<Instant> began = Rollouts.onset(facts);
    boolean close =
        began.isPresent()
            && ended.values().stream()
                .anyMatch(at -> Duration.between(at, began.get()).abs().compareTo(CLOSE) <= 0);
    boolean alone = seen.missing().isEmpty() && seen.members().stream().noneMatch(Trouble::fails);
    List<String> because = new ArrayList<>();
    ended.forEach(
        (member, at) ->
            because.add("%s ended at %s and is still draining".formatted(member.label(), at)));
    because.add(
        close
            ? "errors began at %s".formatted(began.get())
            : began
                .map("errors began at %s, not when it ended"::formatted)
                .orElse("when errors began is not known"));
    return new Verdict.Cause(
        close && alone && !facts.incident().alarms().isEmpty()
            ? Confidence.LIKELY
            : Confidence.POSSIBLE,
        ended.keySet().iterator().next().group().id(),
        List.copyOf(ended.keySet()),
        because,
        List.of());
  }
}
