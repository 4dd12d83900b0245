package lbresponder.cause;

import static lbresponder.testing.SituationNetwork.admitsGroup;
import static lbresponder.testing.SituationWiring.forward;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.inState;
import static lbresponder.testing.SituationWiring.listener;
import static lbresponder.testing.SituationWiring.target;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.facts.Wiring;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationNetwork;

/// The one target, `inner` on port 80, is a load balancer with the group `sg-inner`, whose group
/// `app` has a healthy target.
final class InnerLoadBalancers {
  private InnerLoadBalancers() {}

  private static final Wiring WELL =
      new Wiring(
          Known.of(
              new LoadBalancer(
                  "inner.example.com",
                  true,
                  "active",
                  "net-1",
                  List.of(new LoadBalancer.Zone("a", "subnet-a")),
                  Known.of(List.of("sg-inner")),
                  Known.of(60),
                  Known.of(Map.of()))),
          Known.of(List.of(listener(80, forward("app", 1)))),
          Known.of(List.of(group("app", target("i-7"), target("i-8")))));

  static Situation behind(Situation situation, UnaryOperator<Wiring> change) {
    Target inner = target("inner").withPort(80);
    return situation
        .targets(inner)
        .group("tg", group -> group.withTargetType(TargetType.LOAD_BALANCER).withPort(80))
        .fleet(
            fleet ->
                fleet.withLoadBalancers(
                    Known.of(List.of(new InnerLoadBalancer("inner", "inner", change.apply(WELL))))))
        .network(
            network ->
                network.withSecurityGroups(
                    network
                        .securityGroups()
                        .map(
                            all ->
                                Stream.concat(
                                        all.stream(),
                                        Stream.of(
                                            new SecurityGroup(
                                                "sg-inner", "", List.of(admitsGroup(80, "sg-lb")))))
                                    .toList())));
  }

  static Situation failing(Situation situation, UnaryOperator<Wiring> change) {
    return behind(situation, change).failing(Reason.CHECK_FAILED, "inner");
  }

  static UnaryOperator<Wiring> loadBalancer(UnaryOperator<LoadBalancer> change) {
    return wiring -> wiring.withLoadBalancer(wiring.loadBalancer().map(change));
  }

  static UnaryOperator<Wiring> listeners(Listener... all) {
    return wiring -> wiring.withListeners(Known.of(List.of(all)));
  }

  static UnaryOperator<Wiring> groups(TargetGroup... all) {
    return wiring -> wiring.withTargetGroups(Known.of(List.of(all)));
  }

  static Target in(State state, String id) {
    return target(id).withHealth(Known.of(inState(state)));
  }

  static Situation rules(Situation situation, SecurityGroup.Rule... rules) {
    return situation.network(SituationNetwork.rules("sg-inner", rules));
  }
}
