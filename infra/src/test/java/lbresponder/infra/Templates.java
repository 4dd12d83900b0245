package lbresponder.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;

/// The templates of the example organisation, synthesised once for all tests: starting the CDK
/// library takes seconds. Only the functions' code is an empty jar, so that no test waits for the
/// real ones.
final class Templates {
  static final Path FUNCTIONS = Path.of("..", "functions");
  static final Path ORGANISATION = Path.of("config", "organisation.json");
  static final Path ONE_ACCOUNT = Path.of("config", "one-account.json");
  private static final Path WORK = Path.of("target", "templates");
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Every stack's template, by the stack's name.
  static final Map<String, JsonNode> STACKS = synthesised(ORGANISATION);

  static final JsonNode HUB = STACKS.getOrDefault("LbResponder", JSON.nullNode());

  private Templates() {}

  /// A new app with every stack, to be written to this folder.
  static App app(Path output, Path configuration) {
    App app = new App(AppSettings.props().outdir(output.toString()).build());
    LbResponderApp.stacks(app, ConfigurationReader.read(configuration), module());
    return app;
  }

  static FunctionsModule module() {
    return FunctionsModule.read(FUNCTIONS, emptyJar(), emptyJar());
  }

  static Map<String, JsonNode> synthesised(Path configuration) {
    Path output = WORK.resolve(configuration.getFileName().toString());
    app(output, configuration).synth();
    Map<String, JsonNode> stacks = new TreeMap<>();
    try (Stream<Path> files = Files.list(output)) {
      files
          .filter(file -> file.toString().endsWith(".template.json"))
          .forEach(
              file ->
                  stacks.put(
                      file.getFileName().toString().replace(".template.json", ""), read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stacks;
  }

  private static Path emptyJar() {
    try {
      Path jar = Files.createDirectories(WORK).resolve("empty.jar");
      new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A file of the functions module's resources, parsed here anew: what the tests expect is not
  /// taken from the code they test.
  static JsonNode resource(String name) {
    return read(FUNCTIONS.resolve(Path.of("src", "main", "resources", "lbresponder", name)));
  }

  /// The hub's resources of one type: logical id → resource.
  static List<Map.Entry<String, JsonNode>> resources(String type) {
    return resources(HUB, type);
  }

  static List<Map.Entry<String, JsonNode>> resources(JsonNode template, String type) {
    return template.get("Resources").properties().stream()
        .filter(resource -> resource.getValue().get("Type").textValue().equals(type))
        .toList();
  }

  /// Of every stack.
  static List<Map.Entry<String, JsonNode>> everywhere(String type) {
    return STACKS.values().stream().flatMap(stack -> resources(stack, type).stream()).toList();
  }

  /// The resource of this type whose logical id starts with the name it has in the stack.
  static JsonNode properties(String type, String name) {
    return resource(type, name).getValue().get("Properties");
  }

  static String id(String type, String name) {
    return resource(type, name).getKey();
  }

  private static Map.Entry<String, JsonNode> resource(String type, String name) {
    List<Map.Entry<String, JsonNode>> found =
        resources(type).stream().filter(resource -> resource.getKey().startsWith(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError("expected one %s %s, found %s".formatted(type, name, found));
    }
    return found.getFirst();
  }

  /// The values of a JSON list, or the one value that CloudFormation lets stand without a list.
  static Stream<JsonNode> values(JsonNode oneOrMore) {
    return oneOrMore.isArray()
        ? StreamSupport.stream(oneOrMore.spliterator(), false)
        : Stream.of(oneOrMore);
  }
}
