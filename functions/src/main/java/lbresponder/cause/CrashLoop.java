package lbresponder.cause;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Findings;
import lbresponder.diagnosis.Symptom;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.Case;
import lbresponder.evidence.Phrases;
import lbresponder.facts.Repair;
import lbresponder.facts.Service;
import lbresponder.facts.Service.Deployment;
import lbresponder.facts.Service.Ending;
import lbresponder.facts.Service.StoppedTask;

/// The service's tasks end by themselves and are started again, over and over.
final class CrashLoop extends Check {
  private static final int REPEATED = 3;

  /// A task that ended longer ago may have been the last.
  private static final Duration RECENT = Duration.ofMinutes(15);

  CrashLoop() {
    super(
        "The service's tasks keep ending by themselves",
        "Read the log of a stopped task: the exit code says how it ended, 137 mostly that it"
            + " used more memory than it may.",
        Symptom.REFUSED,
        Symptom.RESET,
        Symptom.TIMEOUT,
        Symptom.SILENT,
        Symptom.NO_TARGET,
        Symptom.UNHEALTHY);
  }

  @Override
  public Verdict examine(Case current) {
    Findings findings = new Findings().missing(current.rollouts().unread());
    for (Service service : current.rollouts().services()) {
      current.rollouts().stoppedLately(service).stream()
          .filter(task -> task.ending() == Ending.BY_ITSELF)
          .collect(Collectors.groupingBy(StoppedTask::definition))
          .values()
          .stream()
          .filter(ended -> ended.size() > 1)
          .forEach(ended -> findings.cause(cause(current, service, ended)));
    }
    return findings.orRuledOut("no service's tasks end by themselves");
  }

  private static Verdict.Cause cause(Case current, Service service, List<StoppedTask> ended) {
    boolean goesOn =
        ended.size() >= REPEATED
            && ended.getFirst().stopped().isAfter(current.facts().readAt().minus(RECENT))
            && service.running() < service.desired();
    String definition = ended.getFirst().definition();
    return Verdict.Cause.of(
            goesOn ? Confidence.PROVEN : Confidence.POSSIBLE,
            service.name(),
            "%s of %s ended by themselves since %s: %s"
                .formatted(
                    Phrases.count(ended.size(), "task"),
                    definition,
                    ended.getLast().stopped(),
                    mostCommonExit(ended)),
            "%s runs %d of the %d tasks it wants"
                .formatted(service.name(), service.running(), service.desired()))
        .about(
            current.rollouts().targets(service).stream()
                .filter(target -> !target.takesTraffic())
                .toList())
        .repairedBy(rollBack(service, definition))
        .since(ended.getLast().stopped());
  }

  private static String mostCommonExit(List<StoppedTask> ended) {
    Map<String, Long> exits =
        ended.stream()
            .map(task -> task.exits().isEmpty() ? task.reason() : String.join("; ", task.exits()))
            .collect(Collectors.groupingBy(exit -> exit, Collectors.counting()));
    return exits.entrySet().stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse("");
  }

  /// Only to what still runs beside it.
  private static List<Repair> rollBack(Service service, String broken) {
    return service.deployments().stream()
        .filter(deployment -> !deployment.definition().equals(broken) && deployment.running() > 0)
        .map(Deployment::definition)
        .findFirst()
        .<List<Repair>>map(
            good -> List.of(new Repair.RollBack(service.cluster(), service.name(), good)))
        .orElse(List.of());
  }
}
