package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Fleet;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusDetails;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;
import software.amazon.awssdk.services.ecs.model.Service;

/// Reads who runs the targets. What needs nothing from the load balancer begins before it is read.
final class Fleets {
  private static final String STATUS = "ec2:DescribeInstanceStatus";

  /// DescribeInstanceStatus takes so many.
  private static final int MOST_INSTANCES = 100;

  private final Gathering gathering;
  private final ScalingGroups scalingGroups;
  private final Services services;
  private final Supplier<Known<List<Service>>> registered;

  private Fleets(Gathering gathering) {
    this.gathering = gathering;
    this.scalingGroups = new ScalingGroups(gathering.calls(), gathering.clients().autoscaling());
    this.services = new Services(gathering.calls(), gathering.clients().ecs());
    this.registered = gathering.calls().chain(services::all);
  }

  static Fleets begin(Gathering gathering) {
    return new Fleets(gathering);
  }

  Fleet behind(Known<List<TargetGroup>> groups, Known<List<Instance>> instances) {
    Calls calls = gathering.calls();
    String classic =
        gathering.kind() == Kind.CLASSIC ? gathering.incident().loadBalancer().name() : null;
    List<String> ids = groups.orElse(List.of()).stream().map(TargetGroup::id).toList();
    var scaling = calls.chain(() -> scalingGroups.behind(groups, instances, classic));
    var containers = calls.chain(() -> services.behind(registered.get(), ids, classic));
    var functions =
        calls.chain(() -> new Functions(calls, gathering.clients().lambda()).behind(groups));
    Set<String> failing = failing(groups, instances);
    Known<List<StatusCheck>> checks =
        failing.isEmpty()
            ? Known.of(List.of())
            : calls.start(STATUS, () -> statusChecks(failing)).get();
    return new Fleet(instances, checks, scaling.get(), containers.get(), functions.get());
  }

  /// Instances that run and do not pass their health check, or whose health is not known.
  private static Set<String> failing(
      Known<List<TargetGroup>> groups, Known<List<Instance>> instances) {
    Set<String> running =
        instances.orElse(List.of()).stream()
            .filter(instance -> instance.state() == Instance.State.RUNNING)
            .map(Instance::id)
            .collect(Collectors.toSet());
    return groups.orElse(List.of()).stream()
        .flatMap(group -> group.targets().orElse(List.of()).stream())
        .filter(
            target ->
                !target
                    .health()
                    .map(health -> health.state() == TargetHealth.State.HEALTHY)
                    .orElse(false))
        .map(target -> target.id())
        .filter(running::contains)
        .limit(MOST_INSTANCES)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<StatusCheck> statusChecks(Set<String> ids) {
    return gathering
        .clients()
        .ec2()
        .describeInstanceStatus(call -> call.instanceIds(ids).includeAllInstances(true))
        .instanceStatuses()
        .stream()
        .flatMap(Fleets::statusChecks)
        .toList();
  }

  private static Stream<StatusCheck> statusChecks(InstanceStatus from) {
    return Stream.of(
        statusCheck(from.instanceId(), StatusCheck.Subject.MACHINE, from.instanceStatus()),
        statusCheck(from.instanceId(), StatusCheck.Subject.HOST, from.systemStatus()));
  }

  private static StatusCheck statusCheck(
      String instance, StatusCheck.Subject of, @Nullable InstanceStatusSummary summary) {
    return new StatusCheck(
        instance,
        of,
        switch (summary == null ? "" : orEmpty(summary.statusAsString())) {
          case "ok" -> StatusCheck.State.OK;
          case "impaired" -> StatusCheck.State.IMPAIRED;
          default -> StatusCheck.State.NOT_TOLD;
        },
        summary == null
            ? null
            : summary.details().stream()
                .map(InstanceStatusDetails::impairedSince)
                .filter(since -> since != null)
                .findFirst()
                .orElse(null));
  }
}
