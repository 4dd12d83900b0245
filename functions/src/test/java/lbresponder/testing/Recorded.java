package lbresponder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lbresponder.aws.AwsProvider;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.facts.Recognised;
import lbresponder.facts.Repair;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;

/// AWS as a recorded incident left it: recognises and words as AWS does, and gathers what was
/// recorded.
public final class Recorded implements Provider {
  private static final Path INCIDENTS = Path.of("../events/incidents");

  private final AwsProvider aws = new AwsProvider();
  private final RecordedIncident incident;
  private final List<Instant> deadlines = new ArrayList<>();

  /// @param file below `events/incidents`
  public Recorded(String file) {
    try {
      incident = RecordedIncident.read(INCIDENTS.resolve(file));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The deadline of each gathering.
  public List<Instant> deadlines() {
    return List.copyOf(deadlines);
  }

  @Override
  public Recognised recognise(String message) {
    return aws.recognise(message);
  }

  @Override
  public Facts gather(Incident about, Instant deadline) {
    deadlines.add(deadline);
    return FactsJson.read(incident.facts(), about);
  }

  @Override
  public List<String> word(Repair repair, Facts facts) {
    return aws.word(repair, facts);
  }

  @Override
  public List<Link> links(Incident about) {
    return aws.links(about);
  }
}
