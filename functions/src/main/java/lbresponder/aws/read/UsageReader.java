package lbresponder.aws.read;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.aws.read.MetricData.Asked;
import lbresponder.facts.Instance;
import lbresponder.facts.Usage;
import lbresponder.facts.Usage.Holder;
import lbresponder.facts.Usage.Resource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.ecs.model.Service;

/// Reads how much of their resources services, scaling groups and failing instances used. One
/// metric tells of a whole group, and each asked for costs. What an instance's memory holds EC2
/// does not see.
final class UsageReader {
  private static final String EC2 = "AWS/EC2";
  private static final String CPU = "CPUUtilization";
  private static final String CREDITS = "CPUCreditBalance";
  private static final String AVERAGE = "Average";
  private static final String MINIMUM = "Minimum";

  /// So many metrics at most are what is left of an alarm's price.
  private static final int MOST = 4;

  private static final int MOST_INSTANCES = 2;

  private UsageReader() {}

  /// What to ask, and of what it tells.
  record Wanted(String of, Holder holder, Resource resource, Asked asked) {}

  /// @param names of scaling groups, and whether their instances save up credits
  static List<Wanted> ofScalingGroups(Map<String, Boolean> names) {
    return names.entrySet().stream()
        .flatMap(
            group ->
                of(
                    group.getKey(),
                    Holder.SCALING_GROUP,
                    MetricData.dimension("AutoScalingGroupName", group.getKey()),
                    group.getValue()))
        .limit(MOST - 1)
        .toList();
  }

  /// @param failing instances that do not take traffic
  /// @param others of the same target groups, which do; one is asked for where nothing else tells
  ///   how busy the rest are
  /// @param already so many are asked for elsewhere
  static List<Wanted> of(
      List<Service> services, List<Instance> failing, List<Instance> others, int already) {
    boolean alone = failing.size() == 1 && failing.getFirst().scalingGroup() == null;
    return Stream.of(
            services.stream().flatMap(UsageReader::ofService),
            failing.stream().limit(MOST_INSTANCES).flatMap(UsageReader::ofMachine),
            others.stream().limit(alone ? 1 : 0).flatMap(machine -> ofMachine(machine).limit(1)))
        .flatMap(wanted -> wanted)
        .limit(MOST - already)
        .toList();
  }

  private static Stream<Wanted> ofMachine(Instance machine) {
    return of(
        machine.id(),
        Holder.MACHINE,
        MetricData.dimension("InstanceId", machine.id()),
        Instances.isBurstable(machine.size()));
  }

  private static Stream<Wanted> of(
      String id, Holder holder, Dimension dimension, boolean burstable) {
    List<Dimension> only = List.of(dimension);
    Wanted cpu = new Wanted(id, holder, Resource.CPU, new Asked(EC2, CPU, AVERAGE, only));
    return burstable
        ? Stream.of(
            cpu,
            new Wanted(id, holder, Resource.CPU_CREDITS, new Asked(EC2, CREDITS, MINIMUM, only)))
        : Stream.of(cpu);
  }

  private static Stream<Wanted> ofService(Service service) {
    String cluster = service.clusterArn();
    List<Dimension> dimensions =
        List.of(
            MetricData.dimension("ClusterName", cluster.substring(cluster.lastIndexOf('/') + 1)),
            MetricData.dimension("ServiceName", service.serviceName()));
    return Stream.of(Resource.CPU, Resource.MEMORY)
        .map(
            resource ->
                new Wanted(
                    service.serviceArn(),
                    Holder.SERVICE,
                    resource,
                    new Asked(
                        "AWS/ECS",
                        resource == Resource.CPU ? CPU : "MemoryUtilization",
                        AVERAGE,
                        dimensions)));
  }

  static List<Usage> read(CloudWatchClient cloudwatch, Times times, List<Wanted> wanted) {
    return wanted.isEmpty()
        ? List.of()
        : usage(
            wanted,
            MetricData.read(cloudwatch, times, wanted.stream().map(Wanted::asked).toList()),
            0);
  }

  /// @param first the place of the first of them among what was asked
  static List<Usage> usage(List<Wanted> wanted, MetricData answers, int first) {
    return IntStream.range(0, wanted.size())
        .mapToObj(i -> usage(wanted.get(i), first + i, answers))
        .toList();
  }

  private static Usage usage(Wanted wanted, int index, MetricData answers) {
    return new Usage(
        wanted.of(),
        wanted.holder(),
        wanted.resource(),
        answers.points(index, "%s of %s".formatted(wanted.asked().name(), wanted.of()), false));
  }
}
