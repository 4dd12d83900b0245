package lbresponder.testing;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.facts.Alarm;
import lbresponder.facts.Incident;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Measure;
import lbresponder.facts.PortRange;
import lbresponder.facts.Traits;
import org.jspecify.annotations.Nullable;

/// The load balancer of a {@link Situation} as its alarms tell of it.
final class SituationIncident {
  final Set<Measure> counted = EnumSet.allOf(Measure.class);
  final List<Alarm.Watch> watches = new ArrayList<>();
  private final List<Alarm.Watch> sum = new ArrayList<>();

  /// So many of the watches, the first ones, are quiet again.
  int over;

  /// The alarms' state before; null: they were never evaluated.
  Alarm.@Nullable State before = Alarm.State.OK;

  boolean failsOpen;
  boolean countsOwnChecks;
  boolean resetsIdleFlows;
  boolean tellsTimeouts;
  boolean filtersWithinSubnet;
  int spareAddresses;
  int nodesPerZone = 1;

  void watch(@Nullable String group, @Nullable String zone, Measure... measures) {
    for (Measure measure : measures) {
      watches.add(new Alarm.Watch(measure, "test", measure.name(), group, zone, "Sum", 60));
    }
  }

  /// One alarm on the sum over these target groups.
  void watchTheSum(Measure measure, String... groups) {
    for (String group : groups) {
      sum.add(new Alarm.Watch(measure, "test", measure.name(), group, null, "Sum", 60));
    }
  }

  Incident read() {
    LoadBalancerId id =
        new LoadBalancerId("test", "test", SituationNetwork.ACCOUNT, "", "web", "lb-1", traits());
    List<Alarm> alarms = new ArrayList<>();
    for (Alarm.Watch watch : watches) {
      alarms.add(
          alarm(id, alarms.size() < over ? Alarm.State.OK : Alarm.State.ALARM, List.of(watch)));
    }
    if (!sum.isEmpty()) {
      alarms.add(alarm(id, Alarm.State.ALARM, sum));
    }
    return new Incident("test-1", id, Situation.minute(10), alarms);
  }

  private Traits traits() {
    return new Traits(
        failsOpen,
        countsOwnChecks,
        resetsIdleFlows,
        tellsTimeouts,
        filtersWithinSubnet,
        new PortRange(1024, 65535),
        spareAddresses,
        nodesPerZone,
        null,
        counted);
  }

  private Alarm alarm(LoadBalancerId id, Alarm.State state, List<Alarm.Watch> watches) {
    return new Alarm(
        "alarm", "", "", state, Situation.minute(10), null, "", before, null, id, watches, null);
  }
}
