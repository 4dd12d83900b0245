package lbresponder.check;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.ScalingGroup.Activity;
import lbresponder.facts.Service;
import lbresponder.facts.Service.StoppedTask;

/// What scaling groups and container services were doing when the trouble began.
final class Rollouts {
  /// What began this long before the trouble is not what began it.
  private static final Duration BEFORE = Duration.ofMinutes(30);

  private Rollouts() {}

  /// Replacements under way or just made, one sentence each.
  static List<String> underWay(Facts facts) {
    Instant from = onset(facts).orElse(facts.incident().since()).minus(BEFORE);
    List<String> found = new ArrayList<>();
    for (Service service : facts.fleet().services().orElse(List.of())) {
      for (Service.Deployment deployment : service.deployments()) {
        boolean turning =
            service.deployments().size() > 1 || deployment.rollout().equals("IN_PROGRESS");
        if (turning && deployment.started().isAfter(from)) {
          found.add(
              "%s rolls out %s since %s: %d of %d tasks run"
                  .formatted(
                      service.name(),
                      deployment.definition(),
                      deployment.started(),
                      deployment.running(),
                      deployment.desired()));
        }
      }
    }
    for (ScalingGroup group : facts.fleet().scalingGroups().orElse(List.of())) {
      List<Activity> lately =
          group.activities().orElse(List.of()).stream()
              .filter(one -> one.started().isAfter(from))
              .toList();
      long ended =
          lately.stream().filter(one -> one.kind() == ScalingGroup.Kind.TERMINATION).count();
      if (ended > 0) {
        found.add(
            "%s terminated %s since %s: %s"
                .formatted(
                    group.name(),
                    Words.count((int) ended, "instance"),
                    lately.getLast().started(),
                    lately.getFirst().why()));
      }
    }
    return found;
  }

  /// Why some of it could not be read; empty: all of it was.
  static List<String> unread(Facts facts) {
    List<String> missing = new ArrayList<>();
    note(facts.fleet().services(), missing);
    note(facts.fleet().scalingGroups(), missing);
    facts.fleet().services().orElse(List.of()).forEach(one -> note(one.stopped(), missing));
    facts.fleet().scalingGroups().orElse(List.of()).forEach(one -> note(one.activities(), missing));
    return missing.stream().distinct().toList();
  }

  /// Tasks that stopped within an hour before the facts were read, the newest first.
  static List<StoppedTask> stoppedLately(Service service, Facts facts) {
    Instant from = facts.readAt().minus(Duration.ofHours(1));
    return service.stopped().orElse(List.of()).stream()
        .filter(one -> one.stopped().isAfter(from))
        .toList();
  }

  /// When the alarm's metric first told of trouble; empty where that is not known.
  static Optional<Instant> onset(Facts facts) {
    return facts
        .load()
        .flatMap(
            (Load load) ->
                Metrics.alarmed(facts).map(series -> Metrics.onset(series, load.incident())))
        .orElse(Optional.empty());
  }

  /// The members of the target groups a service registers with.
  static List<Member> members(Service service, Facts facts) {
    return Seen.in(facts).members().stream()
        .filter(one -> service.targetGroups().contains(one.group().id()))
        .toList();
  }

  private static void note(Known<?> fact, List<String> missing) {
    if (fact instanceof Known.Unknown<?>(String why)) {
      missing.add(why);
    }
  }
}
