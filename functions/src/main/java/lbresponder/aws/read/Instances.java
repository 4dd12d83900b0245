package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.InstanceIpv6Address;
import software.amazon.awssdk.services.ec2.model.Reservation;
import software.amazon.awssdk.services.ec2.model.Tag;

/// Reads the instances behind targets.
final class Instances {
  static final String ACTION = "ec2:DescribeInstances";

  /// Values in one filter.
  private static final int CHUNK = 200;

  /// EC2 writes into the reason when the state changed: `User initiated (2026-01-02 16:58:01 GMT)`.
  private static final Pattern MOMENT =
      Pattern.compile(
          "\\((\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))"
              + " ((?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d) (?:GMT|UTC)\\)");

  private Instances() {}

  /// What a network holds, as far as it fits one page.
  static List<Instance> inNetwork(Ec2Client ec2, String network) {
    return instances(
            ec2.describeInstances(
                    call -> call.filters(filter("vpc-id", List.of(network))).maxResults(1000))
                .reservations())
        .toList();
  }

  /// By filter, not by parameter: one id that does not exist would fail the whole call. Instances
  /// that are not returned do not exist.
  static List<Instance> byId(Ec2Client ec2, List<String> ids) {
    List<Instance> found = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += CHUNK) {
      List<String> chunk = ids.subList(i, Math.min(ids.size(), i + CHUNK));
      ec2
          .describeInstancesPaginator(
              call -> call.filters(filter("instance-id", chunk)).maxResults(1000))
          .stream()
          .forEach(page -> instances(page.reservations()).forEach(found::add));
    }
    return found;
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static Stream<Instance> instances(List<Reservation> reservations) {
    return reservations.stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instances::instance);
  }

  private static Instance instance(software.amazon.awssdk.services.ec2.model.Instance from) {
    return new Instance(
        from.instanceId(),
        state(from.state() == null ? "" : orEmpty(from.state().nameAsString())),
        orEmpty(from.stateTransitionReason()),
        moment(orEmpty(from.stateTransitionReason())),
        from.launchTime(),
        from.placement() == null ? "" : orEmpty(from.placement().availabilityZone()),
        orEmpty(from.subnetId()),
        orEmpty(from.privateIpAddress()),
        from.tags().stream()
            .filter(tag -> "aws:autoscaling:groupName".equals(tag.key()))
            .map(Tag::value)
            .findFirst()
            .orElse(null),
        from.securityGroups().stream().map(GroupIdentifier::groupId).toList(),
        from.instanceTypeAsString(),
        stoppedOnRequest(
            from.stateReason() == null ? "" : orEmpty(from.stateReason().code()),
            orEmpty(from.stateTransitionReason())),
        ipv6(from));
  }

  /// A target group for IPv6 takes the primary one of its first interface, which stays the same as
  /// long as that exists.
  static @Nullable String ipv6(software.amazon.awssdk.services.ec2.model.Instance from) {
    return from.networkInterfaces().stream()
        .filter(carrier -> carrier.attachment() != null)
        .filter(carrier -> Objects.equals(carrier.attachment().deviceIndex(), 0))
        .flatMap(carrier -> carrier.ipv6Addresses().stream())
        .min(Comparator.comparing(address -> !Boolean.TRUE.equals(address.isPrimaryIpv6())))
        .map(InstanceIpv6Address::ipv6Address)
        .orElse(null);
  }

  /// @param code e.g. `Client.UserInitiatedShutdown`, `Client.InstanceInitiatedShutdown`,
  ///   `Server.SpotInstanceShutdown`; empty where it runs
  /// @param transition e.g. `User initiated (2026-01-02 16:57:31 GMT)`
  static @Nullable Boolean stoppedOnRequest(String code, String transition) {
    if (code.startsWith("Client.UserInitiated") || transition.startsWith("User initiated")) {
      return true;
    }
    boolean byItself =
        code.startsWith("Server.")
            || transition.startsWith("Server.")
            || code.startsWith("Client.InstanceInitiated");
    return byItself ? Boolean.FALSE : null;
  }

  /// Whether it saves up credits to use its processors above a base rate.
  static boolean isBurstable(@Nullable String size) {
    return size != null && size.matches("t\\d\\w*\\..*");
  }

  private static @Nullable Instant moment(String reason) {
    Matcher found = MOMENT.matcher(reason);
    return found.find() ? Instant.parse(found.group(1) + "T" + found.group(2) + "Z") : null;
  }

  private static Instance.State state(String name) {
    return switch (name) {
      case "pending" -> Instance.State.PENDING;
      case "running" -> Instance.State.RUNNING;
      case "stopping" -> Instance.State.STOPPING;
      case "stopped" -> Instance.State.STOPPED;
      case "shutting-down" -> Instance.State.SHUTTING_DOWN;
      case "terminated" -> Instance.State.TERMINATED;
      default -> Instance.State.OTHER;
    };
  }

  /// The ids registered in groups of machines, as far as the groups could be read.
  static Set<String> registered(Known<List<TargetGroup>> groups) {
    return groups.orElse(List.of()).stream()
        .filter(group -> group.targetType() == TargetGroup.TargetType.MACHINE)
        .flatMap(group -> group.targets().orElse(List.of()).stream())
        .map(Target::id)
        .filter(id -> id.startsWith("i-"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
