package lbresponder.facts;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One alarm about one load balancer. An alarm that watches several load balancers becomes several
/// of these.
///
/// @param arn the alarm's unique id; empty where the message did not carry one
/// @param description free text by whoever made the alarm, untrusted
/// @param changedAt when it came into this state
/// @param evaluatedFrom start of the first datapoint that led to this state; null where the message
///   does not say
/// @param reason the provider's sentence on why it is in this state, untrusted
/// @param previousState the state before; null on the alarm's first evaluation
/// @param previousSince when it came into the state before; null where the message does not say
/// @param watches what it watches on this load balancer, the metric that fails first; never empty
/// @param threshold what the one metric that it watches was compared with; null where it computes
///   from several, or the message does not say
public record Alarm(
    String name,
    String arn,
    String description,
    State state,
    Instant changedAt,
    @Nullable Instant evaluatedFrom,
    String reason,
    @Nullable State previousState,
    @Nullable Instant previousSince,
    LoadBalancerId loadBalancer,
    List<Watch> watches,
    @Nullable Double threshold) {

  public Alarm {
    if (watches.isEmpty()) {
      throw new IllegalArgumentException("alarm " + name + " watches no metric");
    }
    watches = List.copyOf(watches);
  }

  public enum State {
    OK,
    ALARM,
    INSUFFICIENT_DATA
  }

  /// One metric that the alarm watches.
  ///
  /// @param namespace and `metric`: as the provider names them
  /// @param targetGroup id of the target group it is limited to; null: all of the load balancer
  /// @param zone the zone it is limited to; null: all
  /// @param statistic as the provider names it, e.g. `Sum`
  /// @param periodSeconds length of one datapoint
  public record Watch(
      Measure measure,
      String namespace,
      String metric,
      @Nullable String targetGroup,
      @Nullable String zone,
      String statistic,
      int periodSeconds) {}

  /// The metric that fails: what the report names and draws.
  public Watch watched() {
    return watches.getFirst();
  }

  /// What it watches of that measure: an expression may add up several target groups.
  public List<Watch> watchesOfTheSame() {
    return watches.stream().filter(watch -> watch.measure() == watched().measure()).toList();
  }
}
