package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedIncidentTest {
  private static final Incident INCIDENT = Samples.incident();

  private static final String DIFFERENCE =
      """
      Somebody read one minute later, and what runs there was not told.
      -- event --
      @alarm.json
      -- facts --
      @worlds/one.json
      {"readAt":"2026-01-02T17:01:00Z","fleet":{"instances":{"unknown":"AccessDenied"}}}
      -- report --
      All is well.
      """;

  private static final String IN_FULL =
      """
      Somebody looked.
      -- event --
      {"an":"alarm"}
      -- facts --
      {"readAt":"2026-01-02T17:00:00Z"}
      -- report --
      """;

  @TempDir private Path events;

  private Path file;

  @BeforeEach
  void anIncidentInItsFolder() throws IOException {
    file = events.resolve("incidents/nothing/one.txt");
    Files.createDirectories(file.getParent());
    Files.createDirectories(events.resolve("worlds"));
    Files.writeString(events.resolve("alarm.json"), "{\"the\":\"alarm\"}");
    Files.writeString(
        events.resolve("worlds/one.json"),
        "{\"provider\":\"other\",\"readAt\":\"2026-01-02T17:00:00Z\",\"fleet\":{\"instances\":[]}}");
  }

  @Test
  void aDifferenceIsTakenFromItsWorld() throws IOException {
    RecordedIncident incident = RecordedIncident.parse(DIFFERENCE, "one");
    Facts facts = incident.facts(file, INCIDENT);
    assertThat(facts.readAt()).isEqualTo(Instant.parse("2026-01-02T17:01:00Z"));
    assertThat(facts.fleet().instances()).isEqualTo(Known.unknown("AccessDenied"));
    assertThat(incident.message(file)).isEqualTo("{\"the\":\"alarm\"}");
    assertThat(incident.world()).contains("worlds/one.json");
    assertThat(incident.provider(file)).contains("other");
  }

  @Test
  void withoutAWorldTheFactsStandInFull() throws IOException {
    RecordedIncident incident = RecordedIncident.parse(IN_FULL, "one");
    Facts facts = incident.facts(file, INCIDENT);
    assertThat(facts.fleet().instances()).isEqualTo(Known.unknown("not recorded"));
    assertThat(incident.message(file)).isEqualTo("{\"an\":\"alarm\"}");
    assertThat(incident.world()).isEmpty();
    assertThat(incident.provider(file)).isEmpty();
  }

  @Test
  void factsNameTheirProvider() throws IOException {
    String facts = FactsJson.write(RecordedIncident.parse(IN_FULL, "one").facts(file, INCIDENT));
    assertThat(facts).startsWith("{\n  \"provider\": \"aws\"");
    assertThat(new RecordedIncident("", "", facts, "").provider(file)).contains("aws");
  }

  @Test
  void whatIsMissingIsNamed() {
    RecordedIncident astray =
        RecordedIncident.parse(DIFFERENCE.replace("one.json", "two.json"), "");
    assertThatThrownBy(() -> astray.facts(file, INCIDENT))
        .hasMessage(file + ": no folder above it holds worlds/two.json");
    RecordedIncident wrong = RecordedIncident.parse(DIFFERENCE.replace("fleet", "fleets"), "");
    assertThatThrownBy(() -> wrong.facts(file, INCIDENT))
        .hasMessageStartingWith("facts: found `fleets`, expected one of");
    assertThatThrownBy(
            () -> RecordedIncident.parse(DIFFERENCE.replace("-- report", "-"), "one.txt"))
        .hasMessage("one.txt: no line `-- report --` where one is expected");
  }

  @Test
  void everyRecordedIncidentIsWrittenAsItWasRead() throws IOException {
    for (Path each : Samples.incidents()) {
      assertThat(RecordedIncident.read(each).write()).isEqualTo(Files.readString(each));
    }
  }
}
