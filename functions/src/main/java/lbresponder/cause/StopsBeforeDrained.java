package lbresponder.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Instance;
import lbresponder.facts.Service;
import lbresponder.facts.TargetHealth.State;

/// A target that is being taken out ended before the load balancer had drained it: requests under
/// way to it are cut.
final class StopsBeforeDrained extends Check {
  /// Metrics are counted by the minute; an error this close to the stop is of it.
  private static final Duration CLOSE = Duration.ofMinutes(2);

  StopsBeforeDrained() {
    super(
        "A target ended before it was drained",
        "Let targets keep serving for the deregistration delay after they are asked to stop:"
            + " a lifecycle hook, a longer stop timeout, or a sleep before the stop signal.",
        Symptom.REFUSED,
        Symptom.RESET,
        Symptom.TIMEOUT);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = Findings.ofHealth(current.targets());
    List<RegisteredTarget> draining =
        current.targets().all().stream().filter(target -> target.isIn(State.DRAINING)).toList();
    if (draining.isEmpty()) {
      return findings.orRuledOut("no target is being drained");
    }
    Map<RegisteredTarget, Instant> ended = new LinkedHashMap<>();
    draining.forEach(target -> ended(target, current).ifPresent(at -> ended.put(target, at)));
    Optional<Instant> began = current.counts().onset();
    if (!ended.isEmpty() && began.filter(first -> isLater(ended, first)).isPresent()) {
      return new Verdict.RuledOut(
          "errors began at %s, before a draining target ended".formatted(began.get()));
    }
    if (!ended.isEmpty()) {
      findings.cause(cause(current, ended));
    }
    findings.missing(current.rollouts().unread());
    findings.read(current.facts().fleet().instances());
    draining.stream()
        .filter(target -> !isWatched(target, current))
        .forEach(target -> findings.missing("whether %s still runs".formatted(target.label())));
    return findings.orRuledOut("no draining target is known to have ended");
  }

  /// Whether something that was read would tell when it ends: its machine, or the service that
  /// keeps it.
  private static boolean isWatched(RegisteredTarget target, Case current) {
    return current.directory().known(target.id()).isPresent()
        || current.facts().fleet().services().orElse(List.of()).stream()
            .anyMatch(service -> service.targetGroups().contains(target.group().id()));
  }

  private static Optional<Instant> ended(RegisteredTarget target, Case current) {
    return current
        .directory()
        .known(target.id())
        .map(Instance::stoppedAt)
        .or(
            () ->
                current.facts().fleet().services().orElse(List.of()).stream()
                    .filter(service -> service.targetGroups().contains(target.group().id()))
                    .flatMap(service -> current.rollouts().stoppedLately(service).stream())
                    .filter(task -> target.id().equals(task.address()))
                    .map(Service.StoppedTask::stopped)
                    .findFirst());
  }

  private static Verdict.Cause cause(Case current, Map<RegisteredTarget, Instant> ended) {
    Optional<Instant> began = current.counts().onset();
    boolean close = began.filter(first -> isClose(first, ended)).isPresent();
    boolean alone = current.targets().missing().isEmpty() && current.trouble().fresh().isEmpty();
    List<String> because = new ArrayList<>();
    ended.forEach(
        (target, at) ->
            because.add("%s ended at %s and is still draining".formatted(target.label(), at)));
    because.add(
        began
            .map(
                first ->
                    (close ? "errors began at %s" : "errors began at %s, not when it ended")
                        .formatted(first))
            .orElse("when errors began is not known"));
    return Verdict.Cause.of(
            close && alone && current.hasAlarm() ? Confidence.LIKELY : Confidence.POSSIBLE,
            ended.keySet().iterator().next().group().id(),
            because)
        .about(ended.keySet());
  }

  private static boolean isLater(Map<RegisteredTarget, Instant> ended, Instant began) {
    return ended.values().stream().allMatch(at -> at.isAfter(began.plus(CLOSE)));
  }

  private static boolean isClose(Instant began, Map<RegisteredTarget, Instant> ended) {
    return ended.values().stream()
        .anyMatch(at -> Duration.between(at, began).abs().compareTo(CLOSE) <= 0);
  }
}
