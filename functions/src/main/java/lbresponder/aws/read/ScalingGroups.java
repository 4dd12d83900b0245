package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;
import static lbresponder.aws.sdk.Absent.orZero;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.ScalingGroup.Activity;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.SuspendedProcess;

/// Reads the Auto Scaling groups behind the targets and what they did lately.
final class ScalingGroups {
  private static final String GROUPS = "autoscaling:DescribeAutoScalingGroups";
  private static final String ACTIVITIES = "autoscaling:DescribeScalingActivities";

  private static final int PAGE = 100;

  /// The metrics of the load balancer, which matter more, are asked for together with those of its
  /// scaling groups.
  private static final Duration AWAITED = Duration.ofSeconds(1);

  private static final int MOST_WITH_ACTIVITIES = 3;
  private static final int MOST_ACTIVITIES = 50;
  private static final Pattern INSTANCE = Pattern.compile("\\bi-[0-9a-f]{8,17}\\b");

  private final Calls calls;
  private final AutoScalingClient autoscaling;
  private final Calls.Pending<List<AutoScalingGroup>> page;

  /// Begins with the account's first page: an empty target group has no instance that would name
  /// its scaling group, and most accounts have no more.
  ScalingGroups(Calls calls, AutoScalingClient autoscaling) {
    this.calls = calls;
    this.autoscaling = autoscaling;
    this.page = calls.start(GROUPS, () -> described(List.of()));
  }

  /// Those of the account's first page that register with one of the target groups, and whether
  /// their instances save up CPU credits; none where nobody knows soon.
  ///
  /// @param classic as in {@link #behind}
  Map<String, Boolean> registered(List<String> targetGroups, @Nullable String classic) {
    return ours(page.within(AWAITED).orElse(List.of()), List.of(), targetGroups, classic).stream()
        .collect(
            Collectors.toMap(
                AutoScalingGroup::autoScalingGroupName,
                group ->
                    group.instances().stream()
                        .anyMatch(machine -> Instances.isBurstable(machine.instanceType())),
                (first, _) -> first,
                TreeMap::new));
  }

  /// The groups that hold the instances, or that register with one of the target groups.
  ///
  /// @param classic name of a Classic Load Balancer; null for the other kinds
  Known<List<ScalingGroup>> behind(
      Known<List<TargetGroup>> targetGroups,
      Known<List<Instance>> instances,
      @Nullable String classic) {
    List<String> names =
        instances.orElse(List.of()).stream()
            .map(Instance::scalingGroup)
            .filter(Objects::nonNull)
            .distinct()
            .limit(PAGE)
            .toList();
    List<String> registered = targetGroups.orElse(List.of()).stream().map(TargetGroup::id).toList();
    return page.get()
        .flatMap(all -> all.size() < PAGE || names.isEmpty() ? Known.of(all) : named(names))
        .map(all -> withActivities(ours(all, names, registered, classic), registered, classic));
  }

  private List<ScalingGroup> withActivities(
      List<AutoScalingGroup> groups, List<String> registered, @Nullable String classic) {
    List<Calls.Pending<List<Activity>>> activities =
        groups.stream()
            .limit(MOST_WITH_ACTIVITIES)
            .map(group -> calls.start(ACTIVITIES, () -> activities(group)))
            .toList();
    Known<List<Activity>> unread =
        Known.unknown("not read: only for %d scaling groups".formatted(MOST_WITH_ACTIVITIES));
    return IntStream.range(0, groups.size())
        .mapToObj(
            i ->
                scalingGroup(
                    groups.get(i),
                    i < activities.size() ? activities.get(i).get() : unread,
                    classic != null && groups.get(i).loadBalancerNames().contains(classic)
                        ? registered
                        : groups.get(i).targetGroupARNs()))
        .toList();
  }

  private Known<List<AutoScalingGroup>> named(List<String> names) {
    return calls.start(GROUPS, () -> described(names)).get();
  }

  private List<AutoScalingGroup> described(List<String> names) {
    return autoscaling
        .describeAutoScalingGroups(call -> call.autoScalingGroupNames(names).maxRecords(PAGE))
        .autoScalingGroups();
  }

  private static List<AutoScalingGroup> ours(
      List<AutoScalingGroup> all,
      List<String> names,
      List<String> targetGroups,
      @Nullable String classic) {
    return all.stream()
        .filter(
            group ->
                names.contains(group.autoScalingGroupName())
                    || group.targetGroupARNs().stream().anyMatch(targetGroups::contains)
                    || (classic != null && group.loadBalancerNames().contains(classic)))
        .sorted(Comparator.comparing(AutoScalingGroup::autoScalingGroupName))
        .toList();
  }

  private List<Activity> activities(AutoScalingGroup group) {
    return autoscaling
        .describeScalingActivities(
            call ->
                call.autoScalingGroupName(group.autoScalingGroupName()).maxRecords(MOST_ACTIVITIES))
        .activities()
        .stream()
        .filter(activity -> activity.startTime() != null)
        .map(ScalingGroups::activity)
        .toList();
  }

  private static Activity activity(
      software.amazon.awssdk.services.autoscaling.model.Activity from) {
    String what = orEmpty(from.description());
    Matcher instance = INSTANCE.matcher(what);
    String verb = what.toLowerCase(Locale.ROOT);
    return new Activity(
        from.startTime(),
        from.endTime(),
        verb.startsWith("launch")
            ? ScalingGroup.Kind.LAUNCH
            : verb.startsWith("terminat") ? ScalingGroup.Kind.TERMINATION : ScalingGroup.Kind.OTHER,
        switch (orEmpty(from.statusCodeAsString())) {
          case "Successful" -> ScalingGroup.Outcome.SUCCESSFUL;
          case "Failed" -> ScalingGroup.Outcome.FAILED;
          case "Cancelled" -> ScalingGroup.Outcome.CANCELLED;
          default -> ScalingGroup.Outcome.IN_PROGRESS;
        },
        instance.find() ? instance.group() : null,
        what,
        orEmpty(from.cause()),
        orEmpty(from.statusMessage()));
  }

  private static ScalingGroup scalingGroup(
      AutoScalingGroup from, Known<List<Activity>> activities, List<String> targetGroups) {
    return new ScalingGroup(
        from.autoScalingGroupName(),
        orZero(from.minSize()),
        orZero(from.desiredCapacity()),
        orZero(from.maxSize()),
        orEmpty(from.healthCheckType()).contains("ELB"),
        orZero(from.healthCheckGracePeriod()),
        from.suspendedProcesses().stream()
            .map(SuspendedProcess::processName)
            .noneMatch("Launch"::equals),
        from.instances().stream()
            .map(software.amazon.awssdk.services.autoscaling.model.Instance::instanceId)
            .toList(),
        activities,
        targetGroups);
  }
}
