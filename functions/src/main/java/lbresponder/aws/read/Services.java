package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;
import static lbresponder.aws.sdk.Absent.orZero;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Known;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Deployment;
import lbresponder.facts.Service.Ending;
import lbresponder.facts.Service.StoppedTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Attachment;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Task;

/// Reads the ECS services that register their tasks with the target groups. ECS cannot be asked by
/// target group: all services of the region are looked through, up to a bound.
record Services(Calls calls, EcsClient ecs) {
  private static final String CLUSTERS = "ecs:ListClusters";
  private static final String LIST = "ecs:ListServices";
  private static final String DESCRIBE = "ecs:DescribeServices";
  private static final String TASKS = "ecs:ListTasks";
  private static final String TASK = "ecs:DescribeTasks";

  private static final int MOST_CLUSTERS = 20;
  private static final int MOST_SERVICES = 200;

  /// DescribeServices takes so many.
  private static final int CHUNK = 10;

  private static final int MOST_WITH_TASKS = 3;

  /// A cluster and some of its services.
  private record Part(String cluster, List<String> services) {}

  /// Every service of the region; Unknown also where there are too many to look through.
  Known<List<software.amazon.awssdk.services.ecs.model.Service>> all() {
    return calls
        .start(CLUSTERS, () -> ecs.listClustersPaginator().clusterArns().stream().toList())
        .get()
        .flatMap(
            clusters ->
                clusters.size() > MOST_CLUSTERS
                    ? Known.unknown(
                        "not read: %d ECS clusters, and at most %d are looked through"
                            .formatted(clusters.size(), MOST_CLUSTERS))
                    : calls.each(LIST, clusters, this::parts))
        .map(parts -> parts.stream().flatMap(List::stream).toList())
        .flatMap(
            parts ->
                parts.size() * CHUNK > MOST_SERVICES
                    ? Known.unknown(
                        "not read: more than the %d ECS services that are looked through"
                            .formatted(MOST_SERVICES))
                    : calls.each(DESCRIBE, parts, this::described))
        .map(chunks -> chunks.stream().flatMap(List::stream).toList());
  }

  private List<Part> parts(String cluster) {
    List<String> arns =
        ecs
            .listServicesPaginator(call -> call.cluster(cluster).maxResults(100))
            .serviceArns()
            .stream()
            .toList();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < arns.size(); i += CHUNK) {
      parts.add(new Part(cluster, arns.subList(i, Math.min(arns.size(), i + CHUNK))));
    }
    return parts;
  }

  private List<software.amazon.awssdk.services.ecs.model.Service> described(Part part) {
    return ecs.describeServices(call -> call.cluster(part.cluster()).services(part.services()))
        .services();
  }

  /// Those that register with one of the target groups.
  ///
  /// @param classic name of a Classic Load Balancer; null for the other kinds
  Known<List<software.amazon.awssdk.services.ecs.model.Service>> ours(
      Known<List<software.amazon.awssdk.services.ecs.model.Service>> all,
      List<String> targetGroups,
      @Nullable String classic) {
    Predicate<LoadBalancer> ours =
        registration ->
            targetGroups.contains(registration.targetGroupArn())
                || (classic != null && classic.equals(registration.loadBalancerName()));
    return all.map(
        services ->
            services.stream()
                .filter(service -> service.loadBalancers().stream().anyMatch(ours))
                .toList());
  }

  /// Those that register with one of the target groups, and their stopped tasks.
  ///
  /// @param classic name of a Classic Load Balancer; null for the other kinds
  Known<List<Service>> behind(
      Known<List<software.amazon.awssdk.services.ecs.model.Service>> all,
      List<String> targetGroups,
      @Nullable String classic) {
    return ours(all, targetGroups, classic)
        .map(
            found -> {
              List<Known<List<StoppedTask>>> stopped = stopped(found);
              return Stream.iterate(0, i -> i < found.size(), i -> i + 1)
                  .map(i -> service(found.get(i), stopped.get(i)))
                  .toList();
            });
  }

  private List<Known<List<StoppedTask>>> stopped(
      List<software.amazon.awssdk.services.ecs.model.Service> services) {
    List<Calls.Pending<List<String>>> listed =
        services.stream()
            .limit(MOST_WITH_TASKS)
            .map(service -> calls.start(TASKS, () -> stoppedTasks(service)))
            .toList();
    List<Known<List<StoppedTask>>> answers = new ArrayList<>();
    for (int i = 0; i < services.size(); i++) {
      String cluster = services.get(i).clusterArn();
      answers.add(
          i < listed.size()
              ? listed.get(i).get().flatMap(ids -> tasks(cluster, ids))
              : Known.unknown("not read: only for %d services".formatted(MOST_WITH_TASKS)));
    }
    return answers;
  }

  private List<String> stoppedTasks(software.amazon.awssdk.services.ecs.model.Service service) {
    return ecs.listTasks(
            call ->
                call.cluster(service.clusterArn())
                    .serviceName(service.serviceName())
                    .desiredStatus(DesiredStatus.STOPPED)
                    .maxResults(100))
        .taskArns();
  }

  private Known<List<StoppedTask>> tasks(String cluster, List<String> ids) {
    return ids.isEmpty()
        ? Known.of(List.of())
        : calls
            .start(TASK, () -> ecs.describeTasks(call -> call.cluster(cluster).tasks(ids)).tasks())
            .get()
            .map(
                all ->
                    all.stream()
                        .filter(task -> task.stoppedAt() != null)
                        .map(Services::stopped)
                        .sorted(Comparator.comparing(StoppedTask::stopped).reversed())
                        .toList());
  }

  private static Service service(
      software.amazon.awssdk.services.ecs.model.Service from, Known<List<StoppedTask>> stopped) {
    return new Service(
        from.serviceArn(),
        orEmpty(from.serviceName()),
        last(from.clusterArn()),
        orZero(from.desiredCount()),
        orZero(from.runningCount()),
        orZero(from.pendingCount()),
        orZero(from.healthCheckGracePeriodSeconds()),
        from.loadBalancers().stream()
            .map(LoadBalancer::targetGroupArn)
            .filter(Objects::nonNull)
            .distinct()
            .toList(),
        from.deployments().stream()
            .filter(deployment -> deployment.createdAt() != null)
            .map(Services::deployment)
            .toList(),
        stopped);
  }

  private static Deployment deployment(software.amazon.awssdk.services.ecs.model.Deployment from) {
    return new Deployment(
        orEmpty(from.id()),
        last(from.taskDefinition()),
        from.rolloutState() == DeploymentRolloutState.IN_PROGRESS,
        from.createdAt(),
        orZero(from.desiredCount()),
        orZero(from.runningCount()),
        orZero(from.failedTasks()));
  }

  private static StoppedTask stopped(Task from) {
    return new StoppedTask(
        from.taskArn(),
        address(from),
        last(from.taskDefinitionArn()),
        ending(orEmpty(from.stopCodeAsString()), orEmpty(from.stoppedReason())),
        orEmpty(from.stoppedReason()),
        from.containers().stream().map(Services::exit).filter(text -> !text.isEmpty()).toList(),
        from.startedAt(),
        from.stoppingAt(),
        from.stoppedAt());
  }

  /// The reason tells of failed checks: `Task failed ELB health checks in (target-group arn:…)`.
  static Ending ending(String code, String reason) {
    if (reason.toLowerCase(Locale.ROOT).contains("failed elb health checks")) {
      return Ending.FAILED_CHECKS;
    }
    return switch (code) {
      case "EssentialContainerExited", "TaskFailedToStart" -> Ending.BY_ITSELF;
      case "UserInitiated", "ServiceSchedulerInitiated", "SpotInterruption", "TerminationNotice" ->
          Ending.STOPPED;
      default -> Ending.OTHER;
    };
  }

  private static String exit(Container container) {
    String how =
        Stream.of(
                container.exitCode() == null ? "" : String.valueOf(container.exitCode()),
                orEmpty(container.reason()))
            .filter(text -> !text.isEmpty())
            .reduce((code, reason) -> code + " " + reason)
            .orElse("");
    return how.isEmpty() ? "" : orEmpty(container.name()) + ": " + how;
  }

  private static @Nullable String address(Task task) {
    return task.attachments().stream()
        .map(Attachment::details)
        .flatMap(List::stream)
        .filter(detail -> "privateIPv4Address".equals(detail.name()))
        .map(KeyValuePair::value)
        .findFirst()
        .orElse(null);
  }

  private static String last(@Nullable String arn) {
    return orEmpty(arn).substring(orEmpty(arn).lastIndexOf('/') + 1);
  }
}
