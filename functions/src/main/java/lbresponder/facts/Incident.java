package lbresponder.facts;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// One load balancer in trouble: the alarms on it belong together.
///
/// @param id the same for every copy of the same alarm transition, so that a repeat can be
///   recognised
/// @param since when the first of its alarms changed state
/// @param alarms empty where somebody asked without an alarm
public record Incident(String id, LoadBalancerId loadBalancer, Instant since, List<Alarm> alarms) {

  public Incident {
    alarms = List.copyOf(alarms);
  }

  /// Somebody asks, without an alarm.
  public static Incident asked(LoadBalancerId loadBalancer, Instant now) {
    UUID digest =
        UUID.nameUUIDFromBytes((loadBalancer.arn() + " " + now).getBytes(StandardCharsets.UTF_8));
    return new Incident(
        loadBalancer.provider() + "-" + digest.toString().substring(0, 13),
        loadBalancer,
        now,
        List.of());
  }

  /// The incident that a set of alarms make.
  ///
  /// @param alarms at least one, all of one load balancer
  public static Incident of(List<Alarm> alarms) {
    Alarm first =
        alarms.stream()
            .min(Comparator.comparing(Alarm::changedAt))
            .orElseThrow(() -> new IllegalArgumentException("an incident needs an alarm"));
    String transition = first.loadBalancer().arn() + " " + first.arn() + " " + first.changedAt();
    UUID digest = UUID.nameUUIDFromBytes(transition.getBytes(StandardCharsets.UTF_8));
    String id = first.loadBalancer().provider() + "-" + digest.toString().substring(0, 13);
    return new Incident(id, first.loadBalancer(), first.changedAt(), alarms);
  }
}
