package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.StatusCheck.Subject;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.EbsStatusDetails;
import software.amazon.awssdk.services.ec2.model.EbsStatusSummary;
import software.amazon.awssdk.services.ec2.model.InstanceStatus;
import software.amazon.awssdk.services.ec2.model.InstanceStatusDetails;
import software.amazon.awssdk.services.ec2.model.InstanceStatusSummary;

/// Reads EC2's own checks of instances.
final class StatusChecks {
  static final String ACTION = "ec2:DescribeInstanceStatus";

  /// DescribeInstanceStatus takes so many.
  static final int MOST = 100;

  private StatusChecks() {}

  static List<StatusCheck> of(Ec2Client ec2, Collection<String> ids) {
    return ec2
        .describeInstanceStatus(call -> call.instanceIds(ids).includeAllInstances(true))
        .instanceStatuses()
        .stream()
        .flatMap(StatusChecks::checks)
        .toList();
  }

  /// Only instances of recent kinds have their volumes checked.
  private static Stream<StatusCheck> checks(InstanceStatus from) {
    String id = from.instanceId();
    return Stream.concat(
        Stream.of(
            check(id, Subject.MACHINE, from.instanceStatus()),
            check(id, Subject.HOST, from.systemStatus())),
        Stream.ofNullable(from.attachedEbsStatus())
            .filter(volumes -> !"not-applicable".equals(volumes.statusAsString()))
            .map(volumes -> check(id, volumes)));
  }

  private static StatusCheck check(
      String instance, Subject of, @Nullable InstanceStatusSummary summary) {
    return summary == null
        ? new StatusCheck(instance, of, StatusCheck.State.NOT_TOLD, null)
        : new StatusCheck(
            instance,
            of,
            state(orEmpty(summary.statusAsString())),
            first(summary.details().stream().map(InstanceStatusDetails::impairedSince)));
  }

  private static StatusCheck check(String instance, EbsStatusSummary summary) {
    return new StatusCheck(
        instance,
        Subject.VOLUMES,
        state(orEmpty(summary.statusAsString())),
        first(summary.details().stream().map(EbsStatusDetails::impairedSince)));
  }

  private static @Nullable Instant first(Stream<@Nullable Instant> since) {
    return since.filter(Objects::nonNull).findFirst().orElse(null);
  }

  private static StatusCheck.State state(String text) {
    return switch (text) {
      case "ok" -> StatusCheck.State.OK;
      case "impaired" -> StatusCheck.State.IMPAIRED;
      default -> StatusCheck.State.NOT_TOLD;
    };
  }
}
