package lbresponder.testing;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.facts.Evidence;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.Network;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.Wiring;
import org.jspecify.annotations.Nullable;

/// Facts about a load balancer `web` on which all is well, of which each test changes what it is
/// about.
///
/// It has one node in each of two zones, `a` and `b`, and one target group `tg` of three healthy
/// machines: `i-1` and `i-2` in zone `a`, `i-3` in zone `b`, all on port 8080. Traffic and health
/// checks are HTTP. The network lets everything pass, metrics are quiet, nothing was probed, and an
/// alarm on connection errors fired ten minutes after {@link #BEGAN}. Of the traits it has none,
/// and it counts everything.
public final class Situation {
  /// When the incident's window begins: 15 minutes, after an ordinary hour.
  public static final Instant BEGAN = Instant.parse("2026-01-01T12:00:00Z");

  /// Why anything is unknown that a test makes so.
  public static final String UNREAD = "not read";

  /// Why there is nothing that a test takes away.
  public static final String NONE = "no such thing";

  private final SituationIncident incident = new SituationIncident();
  private final SituationLoad load = new SituationLoad();
  private Wiring wiring = SituationWiring.healthy();
  private Fleet fleet = SituationFleet.healthy();
  private Network network = SituationNetwork.open();
  private Evidence evidence = new Evidence(Known.unknown(UNREAD), Known.of(List.of()));

  public Situation() {
    alarmOn(Measure.CONNECTION_ERRORS);
  }

  /// A time, in minutes after {@link #BEGAN}.
  public static Instant minute(double minutes) {
    return BEGAN.plusSeconds(Math.round(minutes * 60));
  }

  public Situation failingOpen() {
    incident.failsOpen = true;
    return this;
  }

  public Situation countingItsOwnChecks() {
    incident.countsOwnChecks = true;
    return this;
  }

  public Situation resettingIdleFlows() {
    incident.resetsIdleFlows = true;
    return this;
  }

  public Situation tellingTimeouts() {
    incident.tellsTimeouts = true;
    return this;
  }

  public Situation filteringWithinSubnets() {
    incident.filtersWithinSubnet = true;
    return this;
  }

  public Situation needingSpareAddresses(int addresses) {
    incident.spareAddresses = addresses;
    return this;
  }

  public Situation withNodesPerZone(int nodes) {
    incident.nodesPerZone = nodes;
    return this;
  }

  /// Of which no alarm reported trouble: somebody asks.
  public Situation asked() {
    incident.watches.clear();
    return this;
  }

  /// With an alarm on all of the load balancer, instead of the one that is there.
  public Situation alarmOn(Measure... measures) {
    incident.watches.clear();
    return alsoAlarmOn(null, null, measures);
  }

  /// With an alarm that is limited to a target group or a zone, instead of the one that is there.
  public Situation alarmOn(@Nullable String group, @Nullable String zone, Measure... measures) {
    incident.watches.clear();
    return alsoAlarmOn(group, zone, measures);
  }

  public Situation alsoAlarmOn(@Nullable String group, @Nullable String zone, Measure... measures) {
    incident.watch(group, zone, measures);
    return this;
  }

  public Situation firstEvaluation() {
    incident.before = null;
    return this;
  }

  /// With one alarm on the sum over target groups, instead of the one that is there.
  public Situation alarmOnTheSum(Measure measure, String... groups) {
    incident.watches.clear();
    incident.watchTheSum(measure, groups);
    return this;
  }

  /// Whose alarms so far are over.
  public Situation alarmIsOver() {
    incident.over = incident.watches.size();
    return this;
  }

  /// Changes metrics.
  public Situation load(Consumer<SituationLoad> change) {
    change.accept(load);
    return this;
  }

  /// So much of something in the incident, of the whole load balancer, in its first minute.
  public Situation counted(Measure measure, double total) {
    return load(metrics -> metrics.minutes(measure, null, total));
  }

  /// As {@link #counted}, of one target group.
  public Situation countedOf(String group, Measure measure, double total) {
    return load(metrics -> metrics.minutes(measure, group, total));
  }

  /// A metric that could not be read.
  public Situation unread(Measure... measures) {
    return load(metrics -> Arrays.asList(measures).forEach(metrics::unread));
  }

  /// What this kind of load balancer does not count.
  public Situation notCounting(Measure... measures) {
    incident.counted.removeAll(Arrays.asList(measures));
    return load(metrics -> Arrays.asList(measures).forEach(metrics::remove));
  }

  public Situation wiring(UnaryOperator<Wiring> change) {
    wiring = change.apply(wiring);
    return this;
  }

  public Situation loadBalancer(UnaryOperator<LoadBalancer> change) {
    return wiring(read -> read.withLoadBalancer(read.loadBalancer().map(change)));
  }

  public Situation listeners(Listener... listeners) {
    return wiring(read -> read.withListeners(Known.of(List.of(listeners))));
  }

  /// Changes each target group there is so far.
  public Situation groups(UnaryOperator<TargetGroup> change) {
    return wiring(
        read ->
            read.withTargetGroups(
                read.targetGroups().map(all -> all.stream().map(change).toList())));
  }

  /// Changes one target group.
  public Situation group(String id, UnaryOperator<TargetGroup> change) {
    return groups(group -> group.id().equals(id) ? change.apply(group) : group);
  }

  /// Adds a target group, to which no listener sends.
  public Situation group(TargetGroup more) {
    return wiring(
        read ->
            read.withTargetGroups(
                read.targetGroups()
                    .map(all -> Stream.concat(all.stream(), Stream.of(more)).toList())));
  }

  /// The targets of `tg`.
  public Situation targets(Target... targets) {
    return group("tg", group -> group.withTargets(Known.of(List.of(targets))));
  }

  /// Changes a target wherever it is registered.
  public Situation target(String id, UnaryOperator<Target> change) {
    return groups(group -> SituationWiring.mapTarget(group, id, change));
  }

  public Situation health(String id, TargetHealth health) {
    return target(id, target -> target.withHealth(Known.of(health)));
  }

  /// Its checks fail.
  public Situation failing(TargetHealth.Reason reason, String... ids) {
    for (String id : ids) {
      health(id, SituationWiring.failing(reason));
    }
    return this;
  }

  /// Its checks are answered with a status that does not pass.
  public Situation answering(int status, String... ids) {
    for (String id : ids) {
      health(id, SituationWiring.answering(status));
    }
    return this;
  }

  public Situation inState(TargetHealth.State state, String... ids) {
    for (String id : ids) {
      health(id, SituationWiring.inState(state));
    }
    return this;
  }

  public Situation healthUnread(String... ids) {
    for (String id : ids) {
      target(id, target -> target.withHealth(Known.unknown(UNREAD)));
    }
    return this;
  }

  public Situation fleet(UnaryOperator<Fleet> change) {
    fleet = change.apply(fleet);
    return this;
  }

  /// Changes a machine.
  public Situation machine(String id, UnaryOperator<Instance> change) {
    return fleet(read -> SituationFleet.mapMachine(read, id, change));
  }

  public Situation network(UnaryOperator<Network> change) {
    network = change.apply(network);
    return this;
  }

  /// Nothing reacted or spoke: somebody probed, and no target is among what he probed.
  public Situation probedNothing() {
    evidence = evidence.withProbes(Known.of(List.of()));
    return this;
  }

  public Situation probe(ProbeResult probe) {
    List<ProbeResult> before = evidence.probes().orElse(List.of());
    evidence =
        evidence.withProbes(Known.of(Stream.concat(before.stream(), Stream.of(probe)).toList()));
    return this;
  }

  /// As the load balancer sends traffic, to port 8080.
  ///
  /// @param tries as in {@link SituationProbes#tries}
  public Situation probe(String id, Vantage from, String tries) {
    return probe(SituationProbes.probe(id, Purpose.TRAFFIC, from, tries));
  }

  /// From where the load balancer stands, to port 8080.
  public Situation probe(String id, Purpose purpose, String tries) {
    return probe(SituationProbes.probe(id, purpose, Vantage.LOAD_BALANCER, tries));
  }

  public Facts facts() {
    return new Facts(incident.read(), minute(15), wiring, load.read(), fleet, network, evidence);
  }

  public Verdict examine(Check check) {
    return check.examine(Case.of(facts()));
  }

  /// What every check of the runbook makes of it together.
  public Diagnosis diagnose() {
    return Runbook.diagnose(facts());
  }
}
