package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;

import java.util.List;
import java.util.Locale;
import lbresponder.facts.Known;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;

/// What a Classic Load Balancer thinks of its instances: the reason is a sentence.
final class ClassicHealth {
  private ClassicHealth() {}

  /// @param checked the port that checks ask on
  /// @return None for an instance that the answer leaves out, as it does with terminated ones: they
  ///   stay registered and are not checked
  static Known<TargetHealth> of(
      String instance, List<InstanceState> states, @Nullable Integer checked) {
    return states.stream()
        .filter(state -> instance.equals(state.instanceId()))
        .findFirst()
        .map(state -> Known.of(health(state, checked)))
        .orElse(
            Known.none(
                "elasticloadbalancing:DescribeInstanceHealth: nothing on "
                    + instance
                    + ", as for terminated instances"));
  }

  private static TargetHealth health(InstanceState from, @Nullable Integer checked) {
    if ("InService".equals(from.state())) {
      return TargetHealth.healthy(checked);
    }
    String description = said(from.description());
    Reason reason = reason(description);
    return new TargetHealth(
        state(orEmpty(from.state()), reason),
        reason,
        Port.UNTOLD,
        said(from.reasonCode()),
        description,
        List.of(),
        checked,
        null);
  }

  /// Classic writes `N/A` where it has nothing to say.
  private static String said(@Nullable String text) {
    return text == null || text.equals("N/A") ? "" : text;
  }

  private static State state(String state, Reason reason) {
    return switch (reason) {
      case NOT_RUNNING, ZONE_NOT_ENABLED, NOT_REGISTERED -> State.UNUSED;
      case REGISTERING, FIRST_CHECKS -> State.INITIAL;
      case DEREGISTERING -> State.DRAINING;
      case PROVIDER_ERROR -> State.UNAVAILABLE;
      default -> state.equals("OutOfService") ? State.UNHEALTHY : State.UNAVAILABLE;
    };
  }

  private static Reason reason(String description) {
    // The documentation and the API differ in their spacing.
    String text = description.toLowerCase(Locale.ROOT).replace(" ", "");
    if (text.contains("stoppedstate") || text.contains("terminatedstate")) {
      return Reason.NOT_RUNNING;
    }
    if (text.contains("notconfiguredtoroutetrafficto")
        || text.contains("disableavailabilityzone")) {
      return Reason.ZONE_NOT_ENABLED;
    }
    if (text.contains("healthythresholdnumber") && text.contains("notpassed")) {
      return Reason.FIRST_CHECKS;
    }
    if (text.contains("unhealthythreshold")) {
      return Reason.CHECK_FAILED;
    }
    if (text.contains("registrationisstillinprogress") || text.contains("pendingstate")) {
      return Reason.REGISTERING;
    }
    if (text.contains("deregistration")) {
      return Reason.DEREGISTERING;
    }
    if (text.contains("notcurrentlyregistered")) {
      return Reason.NOT_REGISTERED;
    }
    return text.contains("transienterror") ? Reason.PROVIDER_ERROR : Reason.OTHER;
  }
}
