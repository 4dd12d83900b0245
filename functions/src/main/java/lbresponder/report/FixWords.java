package lbresponder.report;

import java.util.List;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;

/// Says what a fix changes, and by what one sees that it worked.
final class FixWords {
  private static final int MOST = 3;

  private final Case current;

  FixWords(Case current) {
    this.current = current;
  }

  /// A sentence for each thing that changes.
  String changes(List<Repair> repairs) {
    long rules = repairs.stream().filter(Repair.OfNetwork.class::isInstance).distinct().count();
    String opened =
        rules == 0
            ? ""
            : "Adds %s that %s what is blocked; those there are stay. "
                .formatted(Phrases.count(rules, "rule"), rules == 1 ? "admits" : "admit");
    return (opened
            + repairs.stream()
                .map(this::change)
                .filter(sentence -> !sentence.isEmpty())
                .distinct()
                .collect(Collectors.joining(" ")))
        .strip();
  }

  private String change(Repair repair) {
    return switch (repair) {
      case Repair.OfNetwork _, Repair.Decide _ -> "";
      case Repair.StartInstances(List<String> ids) -> "Starts %s.".formatted(some(ids));
      case Repair.RestartInstances(List<String> ids, boolean elsewhere) ->
          (elsewhere
                  ? "Stops and starts %s, on other hardware: what is in memory or on local disks is"
                      + " lost."
                  : "Reboots %s: what is in memory is lost.")
              .formatted(some(ids));
      case Repair.SetCapacity capacity ->
          "%s wants %d instances from then on."
              .formatted(capacity.scalingGroup(), capacity.instances());
      case Repair.SetTasks tasks ->
          "Service %s wants %s from then on."
              .formatted(tasks.service(), Phrases.count(tasks.tasks(), "task"));
      case Repair.RollBack back ->
          "Service %s runs %s again.".formatted(back.service(), back.definition());
      case Repair.AdmitInvocation(String function, _) ->
          "The load balancer may invoke %s.".formatted(function);
      case Repair.Deregister(String group, List<Target> targets) ->
          "Takes %s out of %s."
              .formatted(some(targets.stream().map(Target::label).toList()), name(group));
      case Repair.RegisterTargets(String group) ->
          "Registers what you name with %s.".formatted(name(group));
      case Repair.Forward _ -> "Changes weights of one action, and nothing else of it.";
      case Repair.EnableZone(String zone, String subnet, _) ->
          "The load balancer stands in %s too, in %s.".formatted(zone, subnet);
      case Repair.ChangeHealthCheck change ->
          "Changes the health check of %s, for all its targets."
              .formatted(name(change.targetGroup()));
      case Repair.CheckTrafficPort(String group) ->
          "The health check of %s asks on the traffic port.".formatted(name(group));
      case Repair.SendProxyHeader(String group, boolean on) ->
          "%s the proxy protocol's header, to all targets."
              .formatted(name(group) + (on ? " sends" : " no longer sends"));
    };
  }

  private static String some(List<String> names) {
    return names.size() <= MOST
        ? String.join(", ", names)
        : "%s and %d more"
            .formatted(String.join(", ", names.subList(0, MOST)), names.size() - MOST);
  }

  private String name(String group) {
    return current.all().targetGroups().stream()
        .filter(one -> one.id().equals(group))
        .findFirst()
        .map(TargetGroup::name)
        .orElse(group);
  }

  /// What turns well, and after how long; null where nothing tells.
  @Nullable String verify(Verdict.Cause cause) {
    boolean leaving = cause.repairs().stream().anyMatch(Repair.Deregister.class::isInstance);
    if (!cause.targets().isEmpty()) {
      RegisteredTarget first = cause.targets().getFirst();
      String what = Phrases.count(cause.targets().size(), "target");
      return leaving
          ? what + " gone from the group" + within(first.group().deregistrationDelaySeconds())
          : "%s healthy after %s".formatted(what, passing(first.group().healthCheck()));
    }
    return current.facts().incident().alarms().stream()
        .findFirst()
        .map(alarm -> alarm.watched().metric() + " as before from the next minutes on")
        .orElse(null);
  }

  private static String within(Known<Integer> seconds) {
    return seconds.map(delay -> " within %d s (deregistration delay)".formatted(delay)).orElse("");
  }

  private static String passing(HealthCheck check) {
    return "%s every %d s: %d s"
        .formatted(
            Phrases.count(check.healthyThreshold(), "check"),
            check.intervalSeconds(),
            check.healthyThreshold() * check.intervalSeconds());
  }
}
