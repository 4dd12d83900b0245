package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final Incident INCIDENT = Samples.incident();

  @Test
  void anyWorldWithItsDifferenceIsTheFacts() throws IOException {
    for (Path file : Samples.incidents()) {
      Facts facts = RecordedIncident.read(file).facts(INCIDENT);
      ObjectNode full = FactsJson.object(FactsJson.write(facts), "facts");
      for (Path world : Samples.worlds()) {
        ObjectNode base = FactsJson.object(Files.readString(world), "world");
        ObjectNode again = WorldPatch.apply(base, Differences.between(base, full));
        assertThat(again).as("%s from %s", file, world).isEqualTo(full);
      }
    }
  }

  @Test
  void recordedIncidentsTellAsLittleAsTheyCan() throws IOException {
    for (Path file : Samples.incidents()) {
      RecordedIncident incident = RecordedIncident.read(file);
      Facts facts = incident.facts(INCIDENT);
      assertThat(Differences.rewritten(incident, facts, incident.report()))
          .as("%s", file)
          .isEqualTo(incident);
    }
  }

  @Test
  void worldsAreWrittenAsFactsAre() throws IOException {
    for (Path world : Samples.worlds()) {
      String text = Files.readString(world);
      assertThat(FactsJson.write(FactsJson.read(text, INCIDENT))).as("%s", world).isEqualTo(text);
    }
  }
}
