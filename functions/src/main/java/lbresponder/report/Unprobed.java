package lbresponder.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lbresponder.facts.Connection;
import lbresponder.facts.Evidence;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.message.Untrusted;

/// What probing left out: the load balancer's place, and ports that nobody tried.
final class Unprobed {
  private static final int NAMED = 3;

  private Unprobed() {}

  /// One line for each reason.
  static List<String> lines(Evidence evidence) {
    List<String> lines = new ArrayList<>();
    if (evidence.displaced() != null) {
      lines.add("could not probe from where the load balancer stands: " + evidence.displaced());
    }
    Map<String, TreeSet<String>> byReason = new LinkedHashMap<>();
    for (ProbeResult probe : evidence.probes().orElse(List.of())) {
      if (probe.purpose() == Purpose.TRAFFIC || probe.purpose() == Purpose.HEALTH_CHECK) {
        String why = why(probe);
        if (!why.isEmpty()) {
          byReason.computeIfAbsent(why, _ -> new TreeSet<>()).add(named(probe));
        }
      }
    }
    byReason.forEach((why, ports) -> lines.add("could not probe %s: %s".formatted(of(ports), why)));
    return lines.stream().map(line -> Untrusted.clean(line, 600)).toList();
  }

  /// Empty where it was tried.
  private static String why(ProbeResult probe) {
    return probe.attempts().stream().allMatch(Connection.NotDialled.class::isInstance)
            && probe.attempts().getFirst() instanceof Connection.NotDialled(String why)
        ? why
        : "";
  }

  private static String named(ProbeResult probe) {
    return probe.target().endsWith(":" + probe.port())
        ? probe.target()
        : "%s (port %d)".formatted(probe.target(), probe.port());
  }

  private static String of(Set<String> ports) {
    String first = String.join(", ", ports.stream().limit(NAMED).toList());
    return ports.size() <= NAMED ? first : "%s and %,d more".formatted(first, ports.size() - NAMED);
  }
}
