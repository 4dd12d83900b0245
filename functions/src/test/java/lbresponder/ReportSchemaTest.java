package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lbresponder.IncidentsTest.Replayed;
import lbresponder.aws.AwsProvider;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.testing.ReportSchema;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The schema that the jar and the release hold is that of the JSON which is written. With
/// `-Dupdate` the schema is rewritten instead.
class ReportSchemaTest {
  private static final Path SCHEMA = Path.of("src/main/resources/lbresponder/report.schema.json");
  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void theSchemaIsThatOfTheReport() throws IOException {
    String schema = ReportSchema.of(Report.class, false).toPrettyString() + "\n";
    if (System.getProperty("update") != null) {
      Files.writeString(SCHEMA, schema);
    } else {
      assertThat(Files.readString(SCHEMA)).isEqualTo(schema);
    }
  }

  /// Whoever reads the JSON has nothing else to go by.
  @Test
  void everyFieldIsDescribed() {
    JsonNode schema = ReportSchema.of(Report.class, false);
    List<JsonNode> types = new ArrayList<>(List.of(schema));
    schema.path("$defs").forEach(types::add);
    assertThat(types).hasSizeGreaterThan(10);
    for (JsonNode type : types) {
      type.path("properties")
          .properties()
          .forEach(
              field ->
                  assertThat(field.getValue().path("description").asText())
                      .as("what the record of %s says of %s", type.path("required"), field.getKey())
                      .isNotEmpty());
    }
  }

  @Test
  @Tag("all-incidents")
  void everyReportFollowsItAndHasNoFieldBesides() throws IOException {
    Schema strict = schema(ReportSchema.of(Report.class, true));
    Schema published = schema(MAPPER.readTree(SCHEMA.toFile()));
    for (Replayed one : IncidentsTest.replayed()) {
      JsonNode json =
          MAPPER.readTree(ReportJson.write(Report.of(one.diagnosis(), new AwsProvider())));
      assertThat(strict.validate(json)).as("%s", one.file()).isEmpty();
      assertThat(published.validate(json)).as("%s", one.file()).isEmpty();
    }
  }

  private static Schema schema(JsonNode schema) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
  }
}
