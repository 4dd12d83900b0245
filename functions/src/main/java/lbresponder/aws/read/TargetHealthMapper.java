package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AdministrativeOverride;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/// Maps the SDK's health of targets of Application and Network Load Balancers to the vocabulary.
final class TargetHealthMapper {
  /// `Health checks failed with these codes: [404, 502]`.
  private static final Pattern CODES = Pattern.compile("\\[([\\d, ]+)\\]");

  private TargetHealthMapper() {}

  static List<Target> targets(Kind kind, List<TargetHealthDescription> from) {
    return from.stream().map(described -> target(kind, described)).toList();
  }

  private static Target target(Kind kind, TargetHealthDescription from) {
    TargetDescription target = from.target();
    return new Target(
        target.id(),
        target.port(),
        null,
        // An address outside the load balancer's network may be registered for every zone.
        "all".equals(target.availabilityZone()) ? null : target.availabilityZone(),
        from.targetHealth() == null
            ? Known.unknown("elasticloadbalancing:DescribeTargetHealth: no health in the answer")
            : Known.of(health(kind, from, target)));
  }

  private static TargetHealth health(
      Kind kind, TargetHealthDescription from, TargetDescription target) {
    String description = orEmpty(from.targetHealth().description());
    String code = orEmpty(from.targetHealth().reasonAsString());
    State state = state(orEmpty(from.targetHealth().stateAsString()));
    Reason reason = reason(code, description);
    Integer asked = TargetGroupMapper.port(from.healthCheckPort());
    return new TargetHealth(
        state,
        reason,
        port(kind, state, reason),
        code,
        description,
        codes(description),
        asked == null ? target.port() : asked,
        override(from.administrativeOverride()));
  }

  /// An Application Load Balancer gives a missing answer a reason of its own, `Target.Timeout`:
  /// whatever else fails a check there came back from the target.
  private static Port port(Kind kind, State state, @Nullable Reason reason) {
    if (state == State.HEALTHY || reason == Reason.UNEXPECTED_STATUS) {
      return Port.OPEN;
    }
    return kind == Kind.APPLICATION && reason == Reason.CHECK_FAILED ? Port.REACHED : Port.UNTOLD;
  }

  private static @Nullable String override(@Nullable AdministrativeOverride from) {
    String state = from == null ? "" : orEmpty(from.stateAsString());
    return state.startsWith("zonal_shift") ? state : null;
  }

  private static State state(String text) {
    return switch (text) {
      case "healthy" -> State.HEALTHY;
      case "unhealthy" -> State.UNHEALTHY;
      case "initial" -> State.INITIAL;
      case "unused" -> State.UNUSED;
      case "draining" -> State.DRAINING;
      case "unhealthy.draining" -> State.UNHEALTHY_DRAINING;
      default -> State.UNAVAILABLE;
    };
  }

  private static @Nullable Reason reason(String code, String description) {
    return switch (code) {
      case "" -> null;
      case "Elb.RegistrationInProgress" -> Reason.REGISTERING;
      case "Elb.InitialHealthChecking" -> Reason.FIRST_CHECKS;
      case "Target.ResponseCodeMismatch" -> Reason.UNEXPECTED_STATUS;
      case "Target.Timeout" -> Reason.TIMED_OUT;
      case "Target.FailedHealthChecks" -> Reason.CHECK_FAILED;
      case "Elb.InternalError" -> Reason.PROVIDER_ERROR;
      case "Target.NotRegistered" -> Reason.NOT_REGISTERED;
      case "Target.NotInUse" ->
          description.contains("Availability Zone") ? Reason.ZONE_NOT_ENABLED : Reason.NO_LISTENER;
      case "Target.InvalidState" -> Reason.NOT_RUNNING;
      case "Target.IpUnusable" -> Reason.ADDRESS_UNUSABLE;
      case "Target.DeregistrationInProgress" -> Reason.DEREGISTERING;
      case "Target.HealthCheckDisabled" -> Reason.CHECKS_OFF;
      default -> Reason.OTHER;
    };
  }

  private static List<Integer> codes(String description) {
    Matcher found = CODES.matcher(description);
    if (!found.find()) {
      return List.of();
    }
    return Stream.of(found.group(1).split(",", -1))
        .map(String::strip)
        .filter(code -> code.matches("\\d{1,3}"))
        .map(Integer::valueOf)
        .toList();
  }
}
