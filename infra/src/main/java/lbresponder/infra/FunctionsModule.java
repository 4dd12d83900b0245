package lbresponder.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What the stacks need of the `functions` module.
///
/// @param respondJar the code of RespondFunction
/// @param probeJar the code of ProbeFunction
/// @param gatherActions the IAM actions, each by its full name, that gathering facts needs
/// @param recognised the metrics whose alarms are answered
record FunctionsModule(
    Path respondJar, Path probeJar, List<String> gatherActions, List<RecognisedMetric> recognised) {
  private static final Path RESOURCES = Path.of("src", "main", "resources", "lbresponder");

  /// No wildcard: it would also allow what AWS adds under it later.
  private static final Pattern ACTION = Pattern.compile("[a-z0-9-]+:[A-Za-z0-9]+");

  /// Reads the module in this folder, which must have been packaged.
  ///
  /// @throws UnusableInput where a file is missing or does not hold what it should
  static FunctionsModule read(Path folder) {
    return read(
        folder,
        folder.resolve(Path.of("target", "respond.jar")),
        folder.resolve(Path.of("target", "probe.jar")));
  }

  /// The same with the code taken from elsewhere.
  static FunctionsModule read(Path folder, Path respondJar, Path probeJar) {
    for (Path jar : List.of(respondJar, probeJar)) {
      if (!Files.isRegularFile(jar)) {
        throw new UnusableInput(
            "%s is missing: run `mvn package` in the project's root first".formatted(jar));
      }
    }
    Path permissions = folder.resolve(RESOURCES).resolve("permissions.json");
    Path metrics = folder.resolve(RESOURCES).resolve("metrics.json");
    return new FunctionsModule(
        respondJar, probeJar, gatherActions(permissions), recognised(metrics));
  }

  private static List<String> gatherActions(Path file) {
    List<String> actions = new ArrayList<>();
    for (JsonNode entry : entries(file, "gather")) {
      if (!entry.isTextual() || !ACTION.matcher(entry.textValue()).matches()) {
        throw new UnusableInput(
            "%s: `gather` has %s, expected an action in full, such as \"ec2:DescribeInstances\""
                .formatted(file, entry));
      }
      actions.add(entry.textValue());
    }
    return List.copyOf(actions);
  }

  private static List<RecognisedMetric> recognised(Path file) {
    List<RecognisedMetric> metrics = new ArrayList<>();
    for (JsonNode entry : entries(file, "recognised")) {
      metrics.add(new RecognisedMetric(text(file, entry, "namespace"), text(file, entry, "name")));
    }
    return List.copyOf(metrics);
  }

  private static String text(Path file, JsonNode entry, String field) {
    if (!entry.path(field).isTextual()) {
      throw new UnusableInput(
          "%s: `recognised` has %s, expected an object with a text `%s`"
              .formatted(file, entry, field));
    }
    return entry.path(field).textValue();
  }

  private static JsonNode entries(Path file, String field) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableInput("%s is missing".formatted(file));
    }
    JsonNode found;
    try {
      found = new ObjectMapper().readTree(file.toFile()).path(field);
    } catch (IOException e) {
      throw new UnusableInput("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
    if (!found.isArray() || found.isEmpty()) {
      throw new UnusableInput(
          "%s: `%s` is %s, expected a list with at least one entry"
              .formatted(file, field, found.isMissingNode() ? "missing" : found));
    }
    return found;
  }
}
