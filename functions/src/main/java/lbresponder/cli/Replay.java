package lbresponder.cli;

import java.nio.file.Path;
import java.util.List;
import lbresponder.facts.Provider;
import lbresponder.journey.Diagnosing;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;

/// Makes a recorded incident's reports anew.
final class Replay {
  private Replay() {}

  /// @param file where the incident was read from, for errors
  /// @return one report for each load balancer the event is about; the recorded facts are taken for
  ///   each
  /// @throws IllegalArgumentException naming the field, what was found and what was expected
  static List<Report> reports(RecordedIncident incident, Path file, Provider provider) {
    return Events.incidents(incident.message(), file.toString(), provider).stream()
        .map(about -> Diagnosing.report(incident.facts(about), provider))
        .toList();
  }
}
