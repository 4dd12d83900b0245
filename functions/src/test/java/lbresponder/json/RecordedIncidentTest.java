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
        "{\"provider\":\"aws\",\"readAt\":\"2026-01-02T17:00:00Z\",\"fleet\":{\"instances\":[]}}");
  }

  private RecordedIncident read(String text) throws IOException {
    return RecordedIncident.read(Files.writeString(file, text));
  }

  @Test
  void aDifferenceIsTakenFromItsWorld() throws IOException {
    RecordedIncident incident = read(DIFFERENCE);
    Facts facts = incident.facts(INCIDENT);
    assertThat(facts.readAt()).isEqualTo(Instant.parse("2026-01-02T17:01:00Z"));
    assertThat(facts.fleet().instances()).isEqualTo(Known.unknown("AccessDenied"));
    assertThat(incident.message()).isEqualTo("{\"the\":\"alarm\"}");
    assertThat(incident.world()).contains("worlds/one.json");
  }

  @Test
  void withoutAWorldTheFactsStandInFull() {
    RecordedIncident incident = RecordedIncident.parse(IN_FULL, "one");
    Facts facts = incident.facts(INCIDENT);
    assertThat(facts.fleet().instances()).isEqualTo(Known.unknown("not recorded"));
    assertThat(incident.message()).isEqualTo("{\"an\":\"alarm\"}");
    assertThat(incident.world()).isEmpty();
  }

  @Test
  void factsNameTheirProvider() {
    String facts = FactsJson.write(RecordedIncident.parse(IN_FULL, "one").facts(INCIDENT));
    assertThat(facts).startsWith("{\n  \"provider\": \"aws\"");
    assertThat(new RecordedIncident("", "", facts, "").facts(INCIDENT).readAt())
        .isEqualTo(Instant.parse("2026-01-02T17:00:00Z"));
    RecordedIncident other =
        new RecordedIncident("", "", facts.replace("\"aws\"", "\"other\""), "");
    assertThatThrownBy(() -> other.facts(INCIDENT))
        .hasMessage("facts.provider: found `other`, expected `aws`, whose alarm the event is");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    assertThatThrownBy(() -> read(DIFFERENCE.replace("one.json", "two.json")))
        .hasMessage(file + ": no folder above it holds worlds/two.json");
    assertThatThrownBy(() -> RecordedIncident.parse(DIFFERENCE, "one").message())
        .hasMessage("references: found [], expected also alarm.json");
    RecordedIncident wrong = read(DIFFERENCE.replace("fleet", "fleets"));
    assertThatThrownBy(() -> wrong.facts(INCIDENT))
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
