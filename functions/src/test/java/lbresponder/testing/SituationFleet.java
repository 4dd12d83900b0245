package lbresponder.testing;

import static lbresponder.testing.Situation.minute;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import lbresponder.facts.Fleet;
import lbresponder.facts.Host;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.ScalingGroup.Activity;
import lbresponder.facts.ScalingGroup.Kind;
import lbresponder.facts.ScalingGroup.Outcome;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Deployment;
import lbresponder.facts.Service.Ending;
import lbresponder.facts.Service.StoppedTask;
import lbresponder.facts.StatusCheck;
import org.jspecify.annotations.Nullable;

/// What keeps the targets of a {@link Situation}: three machines that run, which nobody keeps.
public final class SituationFleet {
  private SituationFleet() {}

  static Fleet healthy() {
    return new Fleet(
        Known.of(
            List.of(
                machine("i-1", "a", "targets-a", "10.0.11.1"),
                machine("i-2", "a", "targets-a", "10.0.11.2"),
                machine("i-3", "b", "targets-b", "10.0.12.3"))),
        Known.of(List.of()),
        Known.of(List.of()),
        Known.of(List.of()),
        Known.of(List.of()),
        Known.of(List.of()),
        Known.of(List.of()),
        Known.of(List.of()));
  }

  /// One that runs.
  public static Instance machine(String id, String zone, String subnet, String address) {
    return new Instance(
        id,
        Instance.State.RUNNING,
        "",
        null,
        minute(-600),
        zone,
        subnet,
        address,
        null,
        List.of("sg-targets"));
  }

  static Fleet mapMachine(Fleet fleet, String id, UnaryOperator<Instance> change) {
    return fleet.withInstances(
        fleet
            .instances()
            .map(
                all ->
                    all.stream()
                        .map(machine -> machine.id().equals(id) ? change.apply(machine) : machine)
                        .toList()));
  }

  /// @param at null: it runs, or it is not known when it stopped
  public static UnaryOperator<Instance> state(Instance.State state, @Nullable Instant at) {
    return machine -> machine.withState(state).withStoppedAt(at);
  }

  /// Stopped in this minute.
  public static UnaryOperator<Instance> stopped(double minute) {
    return state(Instance.State.STOPPED, minute(minute));
  }

  /// Kept by a scaling group; null: by none.
  public static UnaryOperator<Instance> keptBy(@Nullable String scalingGroup) {
    return machine -> machine.withScalingGroup(scalingGroup);
  }

  /// A machine under addresses, which is in this state.
  public static Host host(String id, Instance.State state, String... addresses) {
    return new Host(
        state(state, null).apply(machine(id, "a", "targets-a", "10.0.11.9")), List.of(addresses));
  }

  public static StatusCheck statusCheck(
      String instance, StatusCheck.Subject of, StatusCheck.State state) {
    return new StatusCheck(instance, of, state, null);
  }

  /// @param instances how many it has, of the desired ones
  public static ScalingGroup scalingGroup(
      int instances, int desired, int maximum, Activity... activities) {
    return new ScalingGroup(
        "asg",
        1,
        desired,
        maximum,
        true,
        60,
        true,
        List.of("i-1", "i-2", "i-3").subList(0, instances),
        Known.of(List.of(activities)));
  }

  public static ScalingGroup suspended(ScalingGroup group) {
    return new ScalingGroup(
        group.name(),
        group.minimum(),
        group.desired(),
        group.maximum(),
        group.usesLoadBalancerHealth(),
        group.graceSeconds(),
        false,
        group.instances(),
        group.activities());
  }

  public static Activity activity(double minute, Kind kind, Outcome outcome) {
    return new Activity(minute(minute), null, kind, outcome, null, "", "a reason", "a message");
  }

  /// One that registers with `tg`, and runs `app:1`.
  ///
  /// @param running of three
  public static Service service(int running, int graceSeconds, StoppedTask... stopped) {
    return service(running, graceSeconds, List.of(deployment("app:1", false, -600)), stopped);
  }

  /// As {@link #service(int, int, StoppedTask...)}, with other deployments.
  public static Service service(
      int running, int graceSeconds, List<Deployment> deployments, StoppedTask... stopped) {
    return new Service(
        "service-1",
        "app",
        "cluster",
        3,
        running,
        0,
        graceSeconds,
        List.of("tg"),
        deployments,
        Known.of(List.of(stopped)));
  }

  /// @param started in which minute
  public static Deployment deployment(String definition, boolean rollingOut, double started) {
    return new Deployment("deployment-1", definition, rollingOut, minute(started), 3, 3, 0);
  }

  /// A service of three tasks begins to roll out a new release a minute before the incident.
  public static Fleet rollingOut(Fleet fleet) {
    return fleet.withServices(
        Known.of(List.of(service(3, 0, List.of(deployment("app:2", true, -1))))));
  }

  /// Of `app:1`.
  ///
  /// @param started in which minute; NaN: it never ran
  /// @param stopped in which minute
  public static StoppedTask task(Ending ending, double started, double stopped) {
    return new StoppedTask(
        "task-1",
        null,
        "app:1",
        ending,
        "a reason",
        List.of("app: 1"),
        Double.isNaN(started) ? null : minute(started),
        null,
        minute(stopped));
  }
}
