package lbresponder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lbresponder.facts.Provider;
import lbresponder.journey.Diagnosing;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;

/// Makes a recorded incident's reports anew.
final class Replay {
  private Replay() {}

  /// @throws Unusable where it is no recorded incident
  static RecordedIncident read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new Unusable(
          file + (Files.isDirectory(file) ? ": is a folder, expected a file" : ": no such file"));
    }
    try {
      return RecordedIncident.read(file);
    } catch (IOException | IllegalArgumentException failure) {
      throw new Unusable(String.valueOf(failure.getMessage()));
    }
  }

  /// As {@link #reports}, for a file that a user names.
  ///
  /// @throws Unusable naming the file as well
  static List<Report> usable(RecordedIncident incident, Path file, Provider provider) {
    try {
      return reports(incident, file, provider);
    } catch (IllegalArgumentException failure) {
      throw new Unusable("%s: %s".formatted(file, failure.getMessage()));
    }
  }

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
