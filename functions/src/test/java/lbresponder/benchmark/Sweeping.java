package lbresponder.benchmark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import lbresponder.json.FactsJson;
import lbresponder.probe.Guard;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;

/// A prober as a process of its own: a request on standard input; how long it took, how long it
/// could have taken, its peak memory in MiB, how many attempts it made, and how the first of each
/// ended.
final class Sweeping {
  private Sweeping() {}

  public static void main(String[] arguments) throws Exception {
    String request = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    ProbeRequest asked = FactsJson.read(request, ProbeRequest.class);
    ProbeAnswer answer = new Sweep(Guard.within("10.99.0.0/16", false)).run(asked);
    long attempts = answer.results().stream().mapToLong(result -> result.attempts().size()).sum();
    Map<String, Integer> outcomes = new TreeMap<>();
    answer
        .results()
        .forEach(
            result ->
                outcomes.merge(
                    result.attempts().getFirst().getClass().getSimpleName(), 1, Integer::sum));
    System.out.printf(
        "%d %d %.0f %d %s%n",
        answer.millis(), answer.boundMillis(), Sweeping.peakMebibytes("self"), attempts, outcomes);
  }

  /// The most memory a process has had at once.
  static double peakMebibytes(String process) throws Exception {
    for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }
}
