package lbresponder.cause;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Ending;
import lbresponder.facts.Service.StoppedTask;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.network.Hop;
import lbresponder.network.Path;

/// New tasks are ended for failing the load balancer's check before they had time to start, again
/// and again. Anything else that makes checks fail looks alike, so others of the same kind must be
/// healthy to make it likely.
final class KilledWhileStarting extends Check {
  private static final int REPEATED = 3;

  /// Between the last failed check and the end of the task.
  private static final Duration SLACK = Duration.ofSeconds(60);

  KilledWhileStarting() {
    super(
        "New tasks are ended before they can start",
        "Raise the service's health check grace period above the time a task needs to start.",
        Symptom.REFUSED,
        Symptom.TIMEOUT,
        Symptom.RESET,
        Symptom.NO_TARGET,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings().missing(current.rollouts().unread());
    for (Service service : current.rollouts().services()) {
      Duration limit = limit(service, current.rollouts().targets(service));
      List<StoppedTask> killed =
          current.rollouts().stoppedLately(service).stream()
              .filter(task -> task.ending() == Ending.FAILED_CHECKS)
              .filter(task -> task.started() != null && age(task).compareTo(limit) <= 0)
              .toList();
      if (killed.size() >= 2) {
        findings.cause(cause(current, service, killed));
      }
    }
    return findings.orRuledOut("no young task was ended for failing the load balancer's check");
  }

  /// The age at which the grace period and the failing checks end a task that never passes.
  private static Duration limit(Service service, List<RegisteredTarget> targets) {
    return targets.stream()
        .map(target -> target.group().healthCheck())
        .map(KilledWhileStarting::untilUnhealthy)
        .max(Duration::compareTo)
        .orElse(Duration.ofMinutes(2))
        .plusSeconds(service.graceSeconds())
        .plus(SLACK);
  }

  private static Duration untilUnhealthy(HealthCheck check) {
    return Duration.ofSeconds((long) check.intervalSeconds() * check.unhealthyThreshold())
        .plusSeconds(check.timeoutSeconds());
  }

  private static Duration age(StoppedTask task) {
    Instant end = Objects.requireNonNullElse(task.stopping(), task.stopped());
    return Duration.between(Objects.requireNonNullElse(task.started(), end), end);
  }

  private static Verdict.Cause cause(Case current, Service service, List<StoppedTask> killed) {
    List<RegisteredTarget> targets = current.rollouts().targets(service);
    boolean sameDefinition =
        service.deployments().stream().map(Service.Deployment::definition).distinct().count() == 1;
    boolean answersWrongly =
        targets.stream().anyMatch(target -> target.hasReason(Reason.UNEXPECTED_STATUS));
    boolean othersLive = targets.stream().anyMatch(RegisteredTarget::takesTraffic);
    boolean reached = targets.stream().allMatch(target -> isReached(target, current));
    return Verdict.Cause.of(
            killed.size() >= REPEATED && sameDefinition && othersLive && !answersWrongly && reached
                ? Confidence.LIKELY
                : Confidence.POSSIBLE,
            service.name(),
            "%s of %s failed the load balancer's checks and ended at the age of %s"
                .formatted(
                    Phrases.count(killed.size(), "task"),
                    service.name(),
                    killed.stream()
                        .map(task -> age(task).toSeconds() + " s")
                        .collect(Collectors.joining(", "))),
            "its grace period is %d s".formatted(service.graceSeconds()))
        .about(targets.stream().filter(target -> !target.takesTraffic()).toList());
  }

  /// All tasks of a service wear the same groups: those of which others live are open.
  private static boolean isOpen(Path.Step step) {
    return step.hop() instanceof Hop.Allowed
        || (step.hop() instanceof Hop.Unknown
            && step.control().kind() == Path.Kind.SECURITY_GROUPS);
  }

  /// A task that no check can reach fails them however long it may take to start.
  private static boolean isReached(RegisteredTarget target, Case current) {
    Integer port = target.checkedPort();
    return port == null
        || target.takesTraffic()
        || (current.paths().missing().isEmpty()
            && current.paths().to(target.group(), target.target(), port).stream()
                .flatMap(path -> path.steps().stream())
                .allMatch(KilledWhileStarting::isOpen));
  }
}
