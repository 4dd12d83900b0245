package lbresponder.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lbresponder.aws.AwsProvider;
import lbresponder.cause.Runbook;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.journey.Diagnosing;
import lbresponder.json.RecordedIncident;
import lbresponder.report.text.ReportText;
import lbresponder.report.text.Screen;
import lbresponder.testing.RecordedFacts;

/// Replays all recorded incidents, and diagnoses a large load balancer.
final class ReplayBenchmark {
  private static final Provider AWS = new AwsProvider();

  private ReplayBenchmark() {}

  static void run() throws IOException {
    List<RecordedIncident> recordings = recordings();
    for (int i = 0; i < 30; i++) {
      replay(recordings);
    }
    double nanos = Benchmarks.median(15, () -> Benchmarks.timed(() -> replay(recordings)));
    Benchmarks.print(
        "replay, event and facts read anew, incidents per second",
        recordings.size() / (nanos / 1e9),
        "1/s",
        500);
    System.out.println("  (of a rate a ratio of 1.00 or more is met)");
    peak();
    large(recordings);
    growth();
    once(recordings);
    rows(recordings);
  }

  /// Of the first screen, in a terminal of 80 columns.
  private static void rows(List<RecordedIncident> recordings) {
    List<Long> rows =
        recordings.stream()
            .map(one -> Diagnosing.report(facts(one), AWS))
            .map(report -> Screen.write(report, Screen.USUAL_WIDTH).lines().count())
            .sorted()
            .toList();
    Benchmarks.print("rows of a report, median", rows.get(rows.size() / 2), "rows", 24);
    Benchmarks.print("rows of a report, 95 in 100", rows.get(rows.size() * 95 / 100), "rows", 40);
  }

  /// Of the heap, until now.
  private static void peak() {
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    Benchmarks.print("peak of the heap", peak / 1048576.0, "MiB", 256);
  }

  private static void replay(List<RecordedIncident> recordings) {
    for (RecordedIncident recording : recordings) {
      ReportText.write(Diagnosing.report(facts(recording), AWS));
    }
  }

  private static List<RecordedIncident> recordings() throws IOException {
    List<RecordedIncident> recordings = new ArrayList<>();
    for (Path file : RecordedFacts.files()) {
      recordings.add(RecordedIncident.read(file));
    }
    return recordings;
  }

  private static Facts facts(RecordedIncident recording) {
    Recognised.Alarms alarms = (Recognised.Alarms) AWS.recognise(recording.message());
    return recording.facts(Incident.of(alarms.alarms().subList(0, 1)));
  }

  /// Every recorded incident with its first group grown to 1,000 machines, the slowest of them.
  private static void large(List<RecordedIncident> recordings) {
    double slowest = 0;
    for (RecordedIncident recording : recordings) {
      slowest = Math.max(slowest, diagnosis(LargeFacts.grown(facts(recording), 1000)));
    }
    Benchmarks.print("diagnosis with 1,000 targets, the slowest incident", slowest, "ms", 100);
  }

  /// What ten times the targets take, of an incident in which every path is looked at: each time
  /// beside ten diagnoses of the smaller, as the speed of a shared machine changes within seconds.
  private static void growth() {
    String closed = "SecurityGroupBlocks/the-rule-was-revoked";
    Facts thousand = LargeFacts.of(closed, 1000, 3);
    Facts tenThousand = LargeFacts.of(closed, 10_000, 3);
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < 41; i++) {
      double ten = Benchmarks.timed(() -> diagnoses(thousand, 10));
      times.add(10 * Benchmarks.timed(() -> diagnoses(tenThousand, 1)) / ten);
    }
    double median = times.subList(10, 41).stream().sorted().toList().get(15);
    Benchmarks.print("diagnosis of 10,000 targets, to that of 1,000", median, "times", 11);
  }

  private static void diagnoses(Facts facts, int times) {
    for (int i = 0; i < times; i++) {
      Runbook.diagnose(facts);
    }
  }

  private static double diagnosis(Facts facts) {
    diagnoses(facts, 3);
    return Benchmarks.median(9, () -> Benchmarks.timed(() -> Runbook.diagnose(facts))) / 1e6;
  }

  /// How often one diagnosis works out what many checks ask for, the most over all incidents.
  private static void once(List<RecordedIncident> recordings) {
    Map<String, Integer> most = new TreeMap<>();
    for (RecordedIncident recording : recordings) {
      Runbook.diagnose(facts(recording))
          .current()
          .computed()
          .forEach((what, times) -> most.merge(what, times, Math::max));
    }
    System.out.println(
        "  worked out in one diagnosis: "
            + most.entrySet().stream()
                .map(what -> what.getKey() + " " + what.getValue() + "x")
                .collect(Collectors.joining(", ")));
  }
}
