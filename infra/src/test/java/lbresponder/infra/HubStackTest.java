package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Template;
import software.amazon.event.ruler.Ruler;

class HubStackTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Path FUNCTIONS = HubApp.functions();

  @TempDir private static Path folder;
  private static JsonNode template = MAPPER.createObjectNode();

  @BeforeAll
  static void synthesise() throws IOException {
    Path jar = folder.resolve("respond.jar");
    new JarOutputStream(Files.newOutputStream(jar)).close();
    App app = HubApp.app();
    Template synthesised = Template.fromStack(new HubStack(app, "Hub", FUNCTIONS, jar));
    template = MAPPER.valueToTree(synthesised.toJSON());
  }

  /// AWS's own matcher holds the pattern against every sample: what the function recognises, and
  /// nothing else, passes.
  @Test
  void theRuleLetsOurAlarmsThroughAndNothingElse() throws Exception {
    JsonNode pattern = only("AWS::Events::Rule").path("EventPattern");
    Set<String> recognised = new HashSet<>();
    read(FUNCTIONS.resolve("src/main/resources/lbresponder/metrics.json"))
        .path("recognised")
        .forEach(one -> recognised.add(one.path("namespace").asText() + one.path("name").asText()));
    int passed = 0;
    for (Path file : samples()) {
      JsonNode event = read(file);
      boolean passes = Ruler.matchesRule(event.toString(), pattern.toString());
      assertThat(passes).as("%s", file).isEqualTo(isOurs(event, recognised));
      passed += passes ? 1 : 0;
    }
    assertThat(passed).isGreaterThan(15);
  }

  private static boolean isOurs(JsonNode event, Set<String> recognised) {
    String state = event.path("detail").path("state").path("value").asText();
    if (!event.path("detail-type").asText().equals("CloudWatch Alarm State Change")
        || !List.of("ALARM", "OK").contains(state)) {
      return false;
    }
    for (JsonNode entry : event.path("detail").path("configuration").path("metrics")) {
      JsonNode metric = entry.path("metricStat").path("metric");
      if (recognised.contains(metric.path("namespace").asText() + metric.path("name").asText())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void nothingIsLost() {
    JsonNode function = only("AWS::Lambda::Function");
    List<JsonNode> alarms =
        resources("AWS::SQS::Queue").stream().filter(one -> one.has("RedrivePolicy")).toList();
    assertThat(alarms).hasSize(1);
    assertThat(alarms.getFirst().path("VisibilityTimeout").asInt())
        .isEqualTo(6 * function.path("Timeout").asInt());
    assertThat(alarms.getFirst().path("RedrivePolicy").path("maxReceiveCount").asInt())
        .isEqualTo(5);
    assertThat(only("AWS::Events::Rule").path("Targets").path(0).has("DeadLetterConfig")).isTrue();
    JsonNode source = only("AWS::Lambda::EventSourceMapping");
    assertThat(source.path("FunctionResponseTypes").toString()).contains("ReportBatchItemFailures");
  }

  @Test
  void nobodyElseMayWriteIntoTheQueue() {
    for (JsonNode policy : resources("AWS::SQS::QueuePolicy")) {
      for (JsonNode statement : policy.path("PolicyDocument").path("Statement")) {
        if (statement.path("Effect").asText().equals("Allow")) {
          assertThat(statement.path("Condition").toString())
              .containsAnyOf("aws:SourceArn", "aws:SourceAccount");
        }
      }
    }
  }

  /// Reading is allowed action by action, and nothing that changes what the stack did not make.
  @Test
  void theFunctionMayOnlyRead() throws IOException {
    Set<String> everywhere = new HashSet<>();
    for (JsonNode policy : resources("AWS::IAM::Policy")) {
      for (JsonNode statement : policy.path("PolicyDocument").path("Statement")) {
        if (statement.path("Resource").asText().equals("*")) {
          assertThat(statement.path("Condition").toString()).contains("aws:RequestedRegion");
          statement.path("Action").forEach(action -> everywhere.add(action.asText()));
        }
      }
    }
    Set<String> listed = new HashSet<>();
    read(FUNCTIONS.resolve("src/main/resources/lbresponder/permissions.json"))
        .path("gather")
        .forEach(action -> listed.add(action.asText()));
    assertThat(everywhere).isEqualTo(listed);
    assertThat(everywhere).allMatch(action -> action.matches("[a-z0-9]+:(Describe|Get)[A-Za-z]+"));
  }

  @Test
  void theFunctionStartsFromASnapshot() {
    JsonNode function = only("AWS::Lambda::Function");
    assertThat(function.path("Runtime").asText()).isEqualTo("java25");
    assertThat(function.path("SnapStart").path("ApplyOn").asText()).isEqualTo("PublishedVersions");
    assertThat(only("AWS::Lambda::EventSourceMapping").path("FunctionName").toString())
        .contains("Live");
  }

  private static List<JsonNode> resources(String type) {
    List<JsonNode> found = new ArrayList<>();
    for (Map.Entry<String, JsonNode> one : template.path("Resources").properties()) {
      if (one.getValue().path("Type").asText().equals(type)) {
        found.add(one.getValue().path("Properties"));
      }
    }
    return found;
  }

  private static JsonNode only(String type) {
    List<JsonNode> found = resources(type);
    assertThat(found).as(type).hasSize(1);
    return found.getFirst();
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(FUNCTIONS.resolve("../events"))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static JsonNode read(Path file) throws IOException {
    return MAPPER.readTree(file.toFile());
  }
}
