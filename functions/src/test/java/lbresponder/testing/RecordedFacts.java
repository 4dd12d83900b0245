package lbresponder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
  /// Where they are, a folder for each cause.
  public static final Path INCIDENTS = Path.of("../events/incidents");

  private static final Provider AWS = new AwsProvider();

  private RecordedFacts() {}

  /// Every recorded incident's file, in the order of their names.
  public static List<Path> files() {
    try (Stream<Path> all = Files.walk(INCIDENTS)) {
      return all.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The name of a file, as {@link #of} takes it.
  public static String name(Path file) {
    return INCIDENTS.relativize(file).toString().replaceFirst("\\.txt$", "");
  }

  /// @param name folder and file without ending, e.g. `NoTargets/everything-drains`
  public static Facts of(String name) {
    Path file = INCIDENTS.resolve(name + ".txt");
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
