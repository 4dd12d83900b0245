package lbresponder.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Service;
import lbresponder.facts.Service.StoppedTask;
import lbresponder.facts.TargetHealth.Reason;

/// New tasks are ended for failing the load balancer's check before they had time to start, again
/// and again. Anything else that makes checks fail looks alike, so others of the same kind must be
/// healthy to make it likely.
final class KilledWhileStarting implements Check {
  private static final int REPEATED = 3;

  /// Between the last failed check and the end of the task.
  private static final Duration SLACK = Duration.ofSeconds(60);

  @Override
  public String title() {
    return "New tasks are ended before they can start";
  }

  @Override
  public String advice() {
    return "Raise the service's health check grace period above the time a task needs to start.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(
        Symptom.REFUSED, Symptom.TIMEOUT, Symptom.RESET, Symptom.NO_TARGET, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    List<Verdict.Cause> causes = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Service service : facts.fleet().services().orElse(List.of())) {
      List<StoppedTask> killed =
          Rollouts.stoppedLately(service, facts).stream()
              .filter(KilledWhileStarting::failedChecks)
              .filter(task -> isYoung(task, service, facts))
              .toList();
      if (killed.size() >= 2) {
        causes.add(accuse(facts, service, killed));
      }
    }
    missing.addAll(Rollouts.unread(facts));
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    return missing.isEmpty()
        ? new Verdict.RuledOut("no young task was ended for failing the load balancer's check")
        : new Verdict.Unknown(String.join("; ", missing));
  }

  /// ECS says `Task failed ELB health checks in (target-group arn:...)`.
  private static boolean failedChecks(StoppedTask task) {
    return task.reason().toLowerCase(Locale.ROOT).contains("failed elb health checks");
  }

  /// Ended as soon as the grace period and the failing checks allow.
  private static boolean isYoung(StoppedTask task, Service service, Facts facts) {
    Instant started = task.started();
    Duration limit =
        Rollouts.members(service, facts).stream()
            .map(one -> one.group().healthCheck())
            .map(KilledWhileStarting::untilUnhealthy)
            .max(Duration::compareTo)
            .orElse(Duration.ofMinutes(2))
            .plusSeconds(service.graceSeconds())
            .plus(SLACK);
    return started != null && age(task).compareTo(limit) <= 0;
  }

  private static Duration untilUnhealthy(HealthCheck check) {
    return Duration.ofSeconds((long) check.intervalSeconds() * check.unhealthyThreshold())
        .plusSeconds(check.timeoutSeconds());
  }

  private static Duration age(StoppedTask task) {
    Instant end = Objects.requireNonNullElse(task.stopping(), task.stopped());
    return Duration.between(Objects.requireNonNullElse(task.started(), end), end);
  }

  private static Verdict.Cause accuse(Facts facts, Service service, List<StoppedTask> killed) {
    List<Member> members = Rollouts.members(service, facts);
    boolean sameDefinition =
        service.deployments().stream().map(one -> one.definition()).distinct().count() == 1;
    boolean answersWrongly = members.stream().anyMatch(one -> one.is(Reason.UNEXPECTED_STATUS));
    boolean othersLive = members.stream().anyMatch(Member::takesTraffic);
    return new Verdict.Cause(
        killed.size() >= REPEATED && sameDefinition && othersLive && !answersWrongly
            ? Confidence.LIKELY
            : Confidence.POSSIBLE,
        service.name(),
        members.stream().filter(one -> !one.takesTraffic()).toList(),
        List.of(
            "%s of %s failed the load balancer's checks and ended at the age of %s"
                .formatted(
                    Words.count(killed.size(), "task"),
                    service.name(),
                    killed.stream()
                        .map(one -> age(one).toSeconds() + " s")
                        .collect(Collectors.joining(", "))),
            "its grace period is %d s".formatted(service.graceSeconds())),
        List.of());
  }
}
