package lbresponder.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.facts.Facts;
import lbresponder.facts.Repair;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Deployment;
import lbresponder.facts.Service.StoppedTask;

/// The service's tasks end by themselves and are started again, over and over.
final class CrashLoop implements Check {
  private static final int REPEATED = 3;

  /// A task that ended longer ago may have been the last.
  private static final Duration RECENT = Duration.ofMinutes(15);

  /// How ECS says that nobody told the task to end.
  private static final Set<String> BY_THEMSELVES =
      Set.of("EssentialContainerExited", "TaskFailedToStart");

  @Override
  public String title() {
    return "The service's tasks keep ending by themselves";
  }

  @Override
  public String advice() {
    return "Read the log of a stopped task: the exit code says how it ended, 137 mostly that it"
        + " used more memory than it may.";
  }

  @Override
  public Set<Symptom> shows() {
    return EnumSet.of(Symptom.REFUSED, Symptom.RESET, Symptom.NO_TARGET, Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Facts facts) {
    List<Verdict.Cause> causes = new ArrayList<>();
    for (Service service : facts.fleet().services().orElse(List.of())) {
      Rollouts.stoppedLately(service, facts).stream()
          .filter(task -> BY_THEMSELVES.contains(task.code()))
          .collect(Collectors.groupingBy(StoppedTask::definition))
          .values()
          .stream()
          .filter(ended -> ended.size() > 1)
          .forEach(ended -> causes.add(accuse(facts, service, ended)));
    }
    if (!causes.isEmpty()) {
      return Merge.of(causes);
    }
    List<String> missing = Rollouts.unread(facts);
    return missing.isEmpty()
        ? new Verdict.RuledOut("no service's tasks end by themselves")
        : new Verdict.Unknown(String.join("; ", missing));
  }

  private static Verdict.Cause accuse(Facts facts, Service service, List<StoppedTask> ended) {
    boolean goesOn =
        ended.size() >= REPEATED
            && ended.getFirst().stopped().isAfter(facts.readAt().minus(RECENT))
            && service.running() < service.desired();
    Map<String, Long> exits =
        ended.stream()
            .map(task -> task.exits().isEmpty() ? task.reason() : String.join("; ", task.exits()))
            .collect(Collectors.groupingBy(how -> how, Collectors.counting()));
    String how =
        exits.entrySet().stream()
            .max(
                Map.Entry.<String, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .orElse("");
    String definition = ended.getFirst().definition();
    return new Verdict.Cause(
        goesOn ? Confidence.PROVEN : Confidence.POSSIBLE,
        service.name(),
        Rollouts.members(service, facts).stream().filter(one -> !one.takesTraffic()).toList(),
        List.of(
            "%s of %s ended by themselves since %s: %s"
                .formatted(
                    Words.count(ended.size(), "task"), definition, ended.getLast().stopped(), how),
            "%s runs %d of the %d tasks it wants"
                .formatted(service.name(), service.running(), service.desired())),
        rollBack(service, definition));
  }

  /// Only to what still runs beside it.
  private static List<Repair> rollBack(Service service, String broken) {
    return service.deployments().stream()
        .filter(one -> !one.definition().equals(broken) && one.running() > 0)
        .map(Deployment::definition)
        .findFirst()
        .<List<Repair>>map(
            good -> List.of(new Repair.RollBack(service.cluster(), service.name(), good)))
        .orElse(List.of());
  }
}
