package lbresponder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import lbresponder.aws.AwsProvider;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.journey.Diagnosing;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;

/// Facts and reports of recorded incidents, for tests that need real ones.
public final class RecordedFacts {
  private static final Provider AWS = new AwsProvider();

  private RecordedFacts() {}

  /// @param name folder and file without ending, e.g. `NoTargets/everything-drains`
  public static Facts of(String name) {
    Path file = Path.of("../events/incidents/" + name + ".txt");
    try {
      RecordedIncident incident = RecordedIncident.read(file);
      Recognised.Alarms alarms = (Recognised.Alarms) AWS.recognise(incident.message());
      return incident.facts(Incident.of(alarms.alarms()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public static Report report(Facts facts) {
    return Diagnosing.report(facts, AWS);
  }
}
