package lbresponder;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import lbresponder.facts.Dial;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Network;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;

/// Facts with less in them than there was.
final class Hiding {
  private static final String WHY = "test:Hidden: AccessDenied (the role needs this action)";

  private Hiding() {}

  /// Each fact replaced by an unknown, one at a time.
  static List<Facts> eachFactOf(Facts facts) {
    List<Facts> all = new ArrayList<>();
    all.add(facts.withLoadBalancer(unknown()));
    all.add(facts.withListeners(unknown()));
    all.add(facts.withTargetGroups(unknown()));
    all.add(facts.withInstances(unknown()));
    all.add(facts.withLoad(unknown()));
    all.add(facts.withDials(unknown()));
    eachDial(facts, all);
    all.add(
        facts.withLoadBalancer(facts.loadBalancer().map(one -> one.with(unknown(), unknown()))));
    all.add(
        facts.withListeners(
            facts
                .listeners()
                .map(some -> some.stream().map(one -> one.withRules(unknown())).toList())));
    all.add(everyGroup(facts, one -> one.withAttributes(unknown())));
    all.add(everyGroup(facts, one -> one.withTargets(unknown())));
    all.add(everyGroup(facts, one -> one.withTargets(one.targets().map(Hiding::withoutHealth))));
    eachSeries(facts, all);
    eachOfFleet(facts, all);
    eachOfNetwork(facts, all);
    return all;
  }

  private static void eachOfFleet(Facts facts, List<Facts> all) {
    Fleet it = facts.fleet();
    all.add(
        facts.withFleet(new Fleet(unknown(), it.scalingGroups(), it.services(), it.functions())));
    all.add(
        facts.withFleet(new Fleet(it.statusChecks(), unknown(), it.services(), it.functions())));
    all.add(
        facts.withFleet(
            new Fleet(it.statusChecks(), it.scalingGroups(), unknown(), it.functions())));
    all.add(
        facts.withFleet(
            new Fleet(it.statusChecks(), it.scalingGroups(), it.services(), unknown())));
  }

  private static void eachOfNetwork(Facts facts, List<Facts> all) {
    for (int i = 0; i < 6; i++) {
      Network it = facts.network();
      all.add(
          facts.withNetwork(
              new Network(
                  i == 0 ? unknown() : it.securityGroups(),
                  i == 1 ? unknown() : it.networkAcls(),
                  i == 2 ? unknown() : it.routeTables(),
                  i == 3 ? unknown() : it.subnets(),
                  i == 4 ? unknown() : it.interfaces(),
                  i == 5 ? unknown() : it.prefixLists())));
    }
  }

  private static void eachDial(Facts facts, List<Facts> all) {
    List<Dial> dials = facts.dials().orElse(List.of());
    for (Dial hidden : dials) {
      all.add(
          facts.withDials(Known.of(dials.stream().filter(one -> !one.equals(hidden)).toList())));
    }
  }

  private static void eachSeries(Facts facts, List<Facts> all) {
    Load load = facts.load() instanceof Known.Value<Load>(Load read) ? read : null;
    if (load == null) {
      return;
    }
    for (int i = 0; i < load.series().size(); i++) {
      List<Load.Series> series = new ArrayList<>(load.series());
      Load.Series one = series.get(i);
      series.set(
          i,
          new Load.Series(
              one.measure(),
              one.metric(),
              one.targetGroup(),
              one.zone(),
              one.statistic(),
              one.zeroWhenAbsent(),
              unknown()));
      all.add(
          facts.withLoad(
              Known.of(
                  new Load(
                      load.incident(),
                      load.baseline(),
                      load.periodSeconds(),
                      load.settled(),
                      series))));
    }
  }

  private static List<Target> withoutHealth(List<Target> targets) {
    return targets.stream()
        .map(one -> new Target(one.id(), one.port(), one.zone(), Known.unknown(WHY)))
        .toList();
  }

  private static Facts everyGroup(Facts facts, UnaryOperator<TargetGroup> change) {
    return facts.withTargetGroups(
        facts.targetGroups().map(groups -> groups.stream().map(change).toList()));
  }

  /// The same facts, every list the other way round.
  static Facts reversed(Facts facts) {
    Facts turned =
        everyGroup(facts, one -> one.withTargets(one.targets().map(List::reversed)))
            .withListeners(facts.listeners().map(List::reversed))
            .withInstances(facts.instances().map(List::reversed))
            .withDials(facts.dials().map(List::reversed))
            .withLoadBalancer(
                facts
                    .loadBalancer()
                    .map((LoadBalancer one) -> one.withZones(one.zones().reversed())));
    return turned.withTargetGroups(turned.targetGroups().map(List::reversed));
  }

  private static <T> Known<T> unknown() {
    return Known.unknown(WHY);
  }
}
