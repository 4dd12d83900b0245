package lbresponder.evidence;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lbresponder.facts.Connection;
import lbresponder.facts.Connection.Answered;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.ProbeResult;

/// What a target answered a probe that asked what the health check asks.
public final class CheckAnswers {
  private CheckAnswers() {}

  /// Whether it gave what the check accepts, in time.
  public static boolean passes(RegisteredTarget target, Probes probes) {
    HealthCheck check = target.group().healthCheck();
    return probes.asChecked(target).stream()
        .anyMatch(
            probe ->
                Probes.any(
                    probe,
                    result ->
                        result instanceof Answered answer
                            && check.accepts(answer.status())
                            && !isLate(answer, check)));
  }

  /// Whether it answered with an error of the application's own, every time.
  public static boolean areServerErrors(ProbeResult probe) {
    return Probes.all(probe, result -> result instanceof Answered answer && answer.status() >= 500);
  }

  /// Whether it answered every time with a status that the check does not accept, and that is no
  /// server error.
  public static boolean areRefusals(ProbeResult probe, HealthCheck check) {
    return Probes.all(
        probe,
        result ->
            result instanceof Answered answer
                && answer.status() < 500
                && !check.accepts(answer.status()));
  }

  /// Whether it answered every time, and too late for the check.
  public static boolean areLate(ProbeResult probe, HealthCheck check) {
    return Probes.all(probe, result -> isLate(result, check));
  }

  private static boolean isLate(Connection result, HealthCheck check) {
    return result instanceof Answered answer && answer.millis() > check.timeoutSeconds() * 1000L;
  }

  /// The statuses it answered, the lowest first.
  public static SortedSet<Integer> statuses(ProbeResult probe) {
    SortedSet<Integer> statuses = new TreeSet<>();
    List<Connection> results = probe.attempts();
    for (Connection result : results) {
      if (result instanceof Answered answer) {
        statuses.add(answer.status());
      }
    }
    return statuses;
  }
}
