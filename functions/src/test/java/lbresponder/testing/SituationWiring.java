package lbresponder.testing;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Listener.WeightedTargetGroup;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Protocol;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.facts.Wiring;
import org.jspecify.annotations.Nullable;

/// The load balancer of a {@link Situation}, its listeners, target groups and targets.
public final class SituationWiring {
  private SituationWiring() {}

  static Wiring healthy() {
    LoadBalancer loadBalancer =
        new LoadBalancer(
            "web.example.com",
            false,
            "active",
            "net-1",
            List.of(new LoadBalancer.Zone("a", "subnet-a"), new LoadBalancer.Zone("b", "subnet-b")),
            Known.of(List.of("sg-lb")),
            Known.of(60),
            Known.of(Map.of()));
    return new Wiring(
        Known.of(loadBalancer),
        Known.of(List.of(listener(80, forward("tg", 1)))),
        Known.of(List.of(group("tg", target("i-1"), target("i-2"), target("i-3")))));
  }

  /// HTTP, without rules.
  public static Listener listener(int port, Listener.Action action) {
    return new Listener("listener-" + port, port, Protocol.HTTP, action, Known.of(List.of()));
  }

  /// With one rule before the default action.
  public static Listener listener(int port, Listener.Action rule, Listener.Action otherwise) {
    return listener(port, otherwise)
        .withRules(Known.of(List.of(new Listener.Rule("rule-1", 10, List.of(), rule))));
  }

  public static Listener.Action forward(String group, int weight) {
    return new Listener.Forward(List.of(new WeightedTargetGroup(group, weight)));
  }

  public static Listener.Action forward(String group, int weight, String other, int otherWeight) {
    return new Listener.Forward(
        List.of(
            new WeightedTargetGroup(group, weight), new WeightedTargetGroup(other, otherWeight)));
  }

  /// HTTP, of machines, which every node sends to.
  public static TargetGroup group(String id, Target... targets) {
    return new TargetGroup(
        id,
        id,
        TargetType.MACHINE,
        Protocol.HTTP,
        null,
        8080,
        "net-1",
        List.of("lb-1"),
        new HealthCheck(true, Protocol.HTTP, null, "/health", "200", 10, 5, 2, 2),
        Known.of(true),
        Known.none(Situation.NONE),
        Known.none(Situation.NONE),
        Known.of(false),
        Known.of(300),
        Known.of(List.of(targets)));
  }

  /// A healthy one on port 8080.
  public static Target target(String id) {
    return new Target(id, 8080, null, null, Known.of(TargetHealth.healthy(null)));
  }

  /// One without a port, as a function is.
  public static Target withoutPort(String id) {
    return new Target(id, null, null, null, Known.of(TargetHealth.healthy(null)));
  }

  /// Lets the health check of a group ask for something else.
  public static UnaryOperator<TargetGroup> checking(
      @Nullable String path, @Nullable String matcher) {
    return group ->
        group.withHealthCheck(
            new HealthCheck(
                true, Protocol.HTTP, group.healthCheck().port(), path, matcher, 10, 5, 2, 2));
  }

  static TargetGroup mapTarget(TargetGroup group, String id, UnaryOperator<Target> change) {
    return group.withTargets(
        group
            .targets()
            .map(
                all ->
                    all.stream()
                        .map(target -> target.id().equals(id) ? change.apply(target) : target)
                        .toList()));
  }

  /// Unhealthy or, where the reason is one of a target that is not checked, unused.
  public static TargetHealth failing(Reason reason) {
    return switch (reason) {
      case NOT_REGISTERED, NO_LISTENER, ZONE_NOT_ENABLED, NOT_RUNNING, ADDRESS_UNUSABLE ->
          health(State.UNUSED, reason, Port.UNTOLD);
      case UNEXPECTED_STATUS -> health(State.UNHEALTHY, reason, Port.OPEN);
      default -> health(State.UNHEALTHY, reason, Port.UNTOLD);
    };
  }

  public static TargetHealth answering(Integer... statuses) {
    return new TargetHealth(
        State.UNHEALTHY,
        Reason.UNEXPECTED_STATUS,
        Port.OPEN,
        "",
        "",
        List.of(statuses),
        null,
        null);
  }

  /// With the reason that belongs to the state.
  public static TargetHealth inState(State state) {
    return switch (state) {
      case HEALTHY -> TargetHealth.healthy(null);
      case UNHEALTHY -> failing(Reason.TIMED_OUT);
      case INITIAL -> health(state, Reason.FIRST_CHECKS, Port.UNTOLD);
      case UNUSED -> failing(Reason.NO_LISTENER);
      case DRAINING -> health(state, Reason.DEREGISTERING, Port.UNTOLD);
      case UNHEALTHY_DRAINING -> health(state, Reason.TIMED_OUT, Port.UNTOLD);
      case UNAVAILABLE -> health(state, Reason.CHECKS_OFF, Port.UNTOLD);
    };
  }

  public static TargetHealth health(State state, Reason reason, Port port) {
    return new TargetHealth(state, reason, port, reason.name(), "", List.of(), null, null);
  }
}
