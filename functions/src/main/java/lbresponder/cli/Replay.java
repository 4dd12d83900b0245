package lbresponder.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.journey.Diagnosing;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;

/// Makes a recorded incident's reports anew.
final class Replay {
  private Replay() {}

  /// @param file where the incident was read from
  /// @return one report for each load balancer the event is about; the recorded facts are taken for
  ///   each
  /// @throws IllegalArgumentException naming the field, what was found and what was expected
  /// @throws IOException if a file that it refers to cannot be found or read
  static List<Report> reports(RecordedIncident incident, Path file, Provider provider)
      throws IOException {
    Optional<String> recorded = incident.provider(file);
    List<Report> reports = new ArrayList<>();
    for (Incident about : Events.incidents(incident.message(file), file.toString(), provider)) {
      String recognised = about.loadBalancer().provider();
      if (!recorded.orElse(recognised).equals(recognised)) {
        throw new IllegalArgumentException(
            "facts.provider: found `%s`, expected `%s`, whose alarm the event is"
                .formatted(recorded.get(), recognised));
      }
      reports.add(Diagnosing.report(incident.facts(file, about), provider));
    }
    return reports;
  }
}
