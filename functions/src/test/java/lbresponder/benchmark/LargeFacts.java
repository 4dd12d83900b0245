package lbresponder.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Subnet;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.testing.RecordedFacts;

/// A recorded incident grown to a large load balancer.
final class LargeFacts {
  private LargeFacts() {}

  /// @param incident as {@link RecordedFacts#of} takes it
  /// @param targets in the first group, each a machine like those that were there
  /// @param zones of the load balancer, with a node in each
  static Facts of(String incident, int targets, int zones) {
    Facts facts = grown(RecordedFacts.of(incident), targets);
    return facts.withWiring(
        facts
            .wiring()
            .withLoadBalancer(facts.wiring().loadBalancer().map(known -> inZones(known, zones))));
  }

  /// The facts with the first group's targets, and the machines behind them, repeated.
  static Facts grown(Facts facts, int targets) {
    if (facts.targetGroups().isEmpty()
        || facts.targetGroups().getFirst().targets().orElse(List.of()).isEmpty()) {
      return facts;
    }
    TargetGroup group = facts.targetGroups().getFirst();
    List<Target> likes = group.targets().orElse(List.of());
    List<Target> all =
        IntStream.range(0, targets)
            .mapToObj(i -> likes.get(i % likes.size()).withId(id(i)))
            .toList();
    Facts many =
        facts.mapTargetGroups(
            one -> one.id().equals(group.id()) ? one.withTargets(Known.of(all)) : one);
    return many.withFleet(
            many.fleet()
                .withInstances(many.fleet().instances().map(some -> repeated(some, targets))))
        .withNetwork(
            many.network()
                .withSubnets(
                    many.network()
                        .subnets()
                        .map(some -> some.stream().map(LargeFacts::widened).toList())));
  }

  /// Room for all of them in each subnet.
  private static Subnet widened(Subnet subnet) {
    return new Subnet(
        subnet.id(),
        subnet.zone(),
        subnet.network(),
        subnet.owner(),
        List.of("10.0.0.0/16"),
        subnet.freeAddresses());
  }

  private static String id(int number) {
    return "i-%017x".formatted(number);
  }

  private static List<Instance> repeated(List<Instance> likes, int targets) {
    return likes.isEmpty()
        ? likes
        : IntStream.range(0, targets)
            .mapToObj(i -> machine(likes.get(i % likes.size()), i))
            .toList();
  }

  private static Instance machine(Instance like, int number) {
    return like.withId(id(number))
        .withAddress("10.0.%d.%d".formatted(number / 250, number % 250 + 1));
  }

  private static LoadBalancer inZones(LoadBalancer loadBalancer, int zones) {
    List<LoadBalancer.Zone> all = new ArrayList<>(loadBalancer.zones());
    while (all.size() < zones) {
      all.add(new LoadBalancer.Zone("zone-" + all.size(), all.getLast().subnet()));
    }
    return loadBalancer.withZones(all);
  }
}
