package lbresponder.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lbresponder.aws.AwsProvider;
import lbresponder.check.Runbook;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Recognised;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;
import lbresponder.report.ReportText;

/// Replays all recorded incidents, and diagnoses a large load balancer.
final class ReplayBenchmark {
  private static final AwsProvider AWS = new AwsProvider();

  private record Case(String event, String facts) {}

  private ReplayBenchmark() {}

  static void run() throws IOException {
    List<Case> cases = cases();
    for (int i = 0; i < 30; i++) {
      replay(cases);
    }
    double nanos = Benchmarks.median(15, () -> Benchmarks.timed(() -> replay(cases)));
    double perSecond = cases.size() / (nanos / 1e9);
    Benchmarks.print(
        "replay, event and facts read anew, incidents per second", perSecond, "1/s", 500);
    System.out.println("  (of a rate a ratio of 1.00 or more is met)");
    Facts large = large(cases.getFirst());
    for (int i = 0; i < 30; i++) {
      Runbook.diagnose(large);
    }
    double diagnosis =
        Benchmarks.median(15, () -> Benchmarks.timed(() -> Runbook.diagnose(large))) / 1e6;
    Benchmarks.print("diagnosis with 1,000 targets", diagnosis, "ms", 100);
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    Benchmarks.print("peak of the heap", peak / 1048576.0, "MiB", 256);
  }

  private static void replay(List<Case> cases) {
    for (Case one : cases) {
      Facts facts = FactsJson.read(one.facts(), incident(one));
      ReportText.write(Report.of(facts, Runbook.diagnose(facts), AWS));
    }
  }

  private static Incident incident(Case one) {
    return Incident.of(((Recognised.Alarms) AWS.recognise(one.event())).alarms().subList(0, 1));
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("../events/incidents"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".txt")).sorted().toList()) {
        RecordedIncident incident = RecordedIncident.read(file);
        cases.add(new Case(incident.message(file), incident.facts()));
      }
    }
    return cases;
  }

  /// A recorded incident with its first group grown to 1,000 targets.
  private static Facts large(Case one) {
    Facts facts = FactsJson.read(one.facts(), incident(one));
    return facts.withTargetGroups(
        facts.targetGroups().map(groups -> groups.stream().map(ReplayBenchmark::grown).toList()));
  }

  private static TargetGroup grown(TargetGroup group) {
    List<Target> some = group.targets().orElse(List.of());
    return group.withTargets(
        Known.of(
            IntStream.range(0, 1000)
                .mapToObj(
                    i -> {
                      Target like = some.get(i % some.size());
                      return new Target(
                          "i-%017x".formatted(i), like.port(), like.zone(), like.health());
                    })
                .toList()));
  }
}
