package lbresponder.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Known;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.ScalingGroup.Activity;
import lbresponder.facts.Service;
import lbresponder.facts.Service.StoppedTask;
import lbresponder.facts.TargetGroup;

/// What scaling groups and container services were doing when the trouble began.
public final class Rollouts {
  /// What began this long before the trouble is not what began it.
  private static final Duration BEFORE = Duration.ofMinutes(30);

  private static final Duration LATELY = Duration.ofHours(1);

  private final Case current;
  private final List<String> underWay = new ArrayList<>();
  private final List<String> unread;

  Rollouts(Case current) {
    this.current = current;
    Fleet fleet = current.facts().fleet();
    Instant from =
        current.counts().onset().orElse(current.facts().incident().since()).minus(BEFORE);
    services().forEach(service -> addDeployments(service, from));
    scalingGroups().forEach(group -> addTerminations(group, from));
    this.unread = unread(current.targetGroups(), fleet);
  }

  /// Those that register their tasks with a target group in question.
  public List<Service> services() {
    Set<String> groups =
        current.facts().targetGroups().stream().map(TargetGroup::id).collect(Collectors.toSet());
    return current.facts().fleet().services().orElse(List.of()).stream()
        .filter(service -> service.targetGroups().stream().anyMatch(groups::contains))
        .toList();
  }

  /// Those that keep targets in question, or none that is registered at all.
  public List<ScalingGroup> scalingGroups() {
    Set<String> own = ids(current.facts());
    Set<String> all = ids(current.all());
    return current.facts().fleet().scalingGroups().orElse(List.of()).stream()
        .filter(
            group ->
                group.instances().stream().anyMatch(own::contains)
                    || group.instances().stream().noneMatch(all::contains))
        .toList();
  }

  private static Set<String> ids(Facts facts) {
    return facts.targetGroups().stream()
        .flatMap(group -> RegisteredTarget.of(group).stream())
        .map(RegisteredTarget::id)
        .collect(Collectors.toSet());
  }

  public List<String> underWay() {
    return List.copyOf(underWay);
  }

  public List<String> unread() {
    return unread;
  }

  private void addDeployments(Service service, Instant from) {
    for (Service.Deployment deployment : service.deployments()) {
      boolean replacing = service.deployments().size() > 1 || deployment.rollingOut();
      if (replacing && deployment.started().isAfter(from)) {
        underWay.add(
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

  private void addTerminations(ScalingGroup group, Instant from) {
    List<Activity> lately =
        group.activities().orElse(List.of()).stream()
            .filter(activity -> activity.started().isAfter(from))
            .toList();
    long ended =
        lately.stream()
            .filter(activity -> activity.kind() == ScalingGroup.Kind.TERMINATION)
            .count();
    if (ended > 0) {
      underWay.add(
          "%s terminated %s since %s: %s"
              .formatted(
                  group.name(),
                  Phrases.count(ended, "instance"),
                  lately.getLast().started(),
                  lately.getFirst().why()));
    }
  }

  /// Without the target groups it is not known which services are meant.
  private static List<String> unread(Known<List<TargetGroup>> groups, Fleet fleet) {
    List<String> missing = new ArrayList<>();
    note(groups, missing);
    note(fleet.services(), missing);
    note(fleet.scalingGroups(), missing);
    fleet.services().orElse(List.of()).forEach(service -> note(service.stopped(), missing));
    fleet.scalingGroups().orElse(List.of()).forEach(group -> note(group.activities(), missing));
    return missing.stream().distinct().toList();
  }

  private static void note(Known<?> fact, List<String> missing) {
    if (fact instanceof Known.Unknown<?>(String why)) {
      missing.add(why);
    }
  }

  /// Tasks that stopped within an hour before the facts were read, the newest first.
  public List<StoppedTask> stoppedLately(Service service) {
    Instant from = current.facts().readAt().minus(LATELY);
    return service.stopped().orElse(List.of()).stream()
        .filter(task -> task.stopped().isAfter(from))
        .toList();
  }

  /// The targets, among those in question, of the groups that a service registers with.
  public List<RegisteredTarget> targets(Service service) {
    return current.targets().of(Set.copyOf(service.targetGroups()));
  }
}
