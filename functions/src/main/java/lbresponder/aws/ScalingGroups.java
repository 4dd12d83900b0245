package lbresponder.aws;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  /// The groups that hold the instances, or that register with one of the target groups.
  ///
  /// @param balancer name of a Classic Load Balancer; null for the other kinds
  Known<List<ScalingGroup>> behind(
      Known<List<TargetGroup>> targetGroups,
      Known<List<Instance>> instances,
      @Nullable String balancer) {
    List<String> names =
        instances.orElse(List.of()).stream()
            .map(Instance::scalingGroup)
            .filter(Objects::nonNull)
            .distinct()
            .limit(PAGE)
            .toList();
    List<String> registered = targetGroups.orElse(List.of()).stream().map(TargetGroup::id).toList();
    Known<List<AutoScalingGroup>> found =
        page.get()
            .flatMap(all -> all.size() < PAGE || names.isEmpty() ? Known.of(all) : named(names))
            .map(all -> ours(all, names, registered, balancer));
    return found.map(
        all -> {
          List<Calls.Pending<List<Activity>>> activities =
              all.stream()
                  .limit(MOST_WITH_ACTIVITIES)
                  .map(one -> calls.start(ACTIVITIES, () -> activities(one)))
                  .toList();
          return Stream.iterate(0, i -> i < all.size(), i -> i + 1)
              .map(
                  i ->
                      scalingGroup(
                          all.get(i),
                          i < activities.size()
                              ? activities.get(i).get()
                              : Known.unknown(
                                  "not read: only for %d scaling groups"
                                      .formatted(MOST_WITH_ACTIVITIES))))
              .toList();
        });
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
      @Nullable String balancer) {
    return all.stream()
        .filter(
            one ->
                names.contains(one.autoScalingGroupName())
                    || one.targetGroupARNs().stream().anyMatch(targetGroups::contains)
                    || (balancer != null && one.loadBalancerNames().contains(balancer)))
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
        .filter(one -> one.startTime() != null)
        .map(ScalingGroups::activity)
        .toList();
  }

  private static Activity activity(
      software.amazon.awssdk.services.autoscaling.model.Activity from) {
    String what = V2.orEmpty(from.description());
    Matcher instance = INSTANCE.matcher(what);
    String verb = what.toLowerCase(Locale.ROOT);
    return new Activity(
        from.startTime(),
        from.endTime(),
        verb.startsWith("launch")
            ? ScalingGroup.Kind.LAUNCH
            : verb.startsWith("terminat") ? ScalingGroup.Kind.TERMINATION : ScalingGroup.Kind.OTHER,
        switch (V2.orEmpty(from.statusCodeAsString())) {
          case "Successful" -> ScalingGroup.Outcome.SUCCESSFUL;
          case "Failed" -> ScalingGroup.Outcome.FAILED;
          case "Cancelled" -> ScalingGroup.Outcome.CANCELLED;
          default -> ScalingGroup.Outcome.IN_PROGRESS;
        },
        instance.find() ? instance.group() : null,
        what,
        V2.orEmpty(from.cause()),
        V2.orEmpty(from.statusMessage()));
  }

  private static ScalingGroup scalingGroup(
      AutoScalingGroup from, Known<List<Activity>> activities) {
    return new ScalingGroup(
        from.autoScalingGroupName(),
        V2.orZero(from.minSize()),
        V2.orZero(from.desiredCapacity()),
        V2.orZero(from.maxSize()),
        V2.orEmpty(from.healthCheckType()).contains("ELB"),
        V2.orZero(from.healthCheckGracePeriod()),
        from.suspendedProcesses().stream().map(SuspendedProcess::processName).sorted().toList(),
        from.instances().stream()
            .map(software.amazon.awssdk.services.autoscaling.model.Instance::instanceId)
            .toList(),
        activities);
  }
}
