package lbresponder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lbresponder.report.Report;
import org.junit.jupiter.api.Test;

/// What the pages list is what the resources list.
class ListsTest {
  private static final String RESOURCES = "functions/src/main/resources/lbresponder/";
  private static final Pattern ACTION = Pattern.compile("\\| `([a-z0-9]+:[A-Za-z]+)` \\| \\S");

  private static JsonNode resource(String name) throws IOException {
    return new JsonMapper().readTree(Documents.file(RESOURCES + name).toFile());
  }

  @Test
  void everyPermissionIsListedWithItsReason() throws IOException {
    List<String> permissions = new ArrayList<>();
    resource("permissions.json")
        .forEach(actions -> actions.forEach(action -> permissions.add(action.asText())));
    assertThat(
            Documents.found(ACTION, "docs/permissions-and-cost.md").map(action -> action.group(1)))
        .containsExactlyInAnyOrderElementsOf(permissions);
  }

  @Test
  void everyMetricIsListed() throws IOException {
    JsonNode metrics = resource("metrics.json");
    Documents.hold("docs/alarms.md", "metrics", lines(metrics.path("recognised")));
    Documents.hold("docs/alarms.md", "context", lines(metrics.path("context")));
  }

  @Test
  void everyFieldOfAReportIsListed() {
    List<String> fields =
        Stream.of(Report.class, Report.CausePart.class)
            .flatMap(part -> Stream.of(part.getRecordComponents()))
            .map(field -> "`" + field.getName() + "`")
            .toList();
    assertThat(Documents.read("docs/report.md")).contains(fields);
  }

  private static String lines(JsonNode metrics) {
    Map<String, List<String>> byNamespace = new TreeMap<>();
    StreamSupport.stream(metrics.spliterator(), false)
        .forEach(
            metric ->
                byNamespace
                    .computeIfAbsent(metric.path("namespace").asText(), _ -> new ArrayList<>())
                    .add("`" + metric.path("name").asText() + "`"));
    return byNamespace.entrySet().stream()
        .map(
            entry ->
                Documents.folded(
                    "- **%s**: %s".formatted(entry.getKey(), String.join(", ", entry.getValue())),
                    "  "))
        .collect(Collectors.joining());
  }
}
