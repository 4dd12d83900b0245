package lbresponder.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Template;

/// The hub as it would be deployed, synthesised once for all tests: starting the CDK library takes
/// seconds. Only the code in the function is a stand-in, so that no test waits for the real jar.
final class Hub {
  static final Path FUNCTIONS = Path.of("..", "functions");
  private static final Path WORK = Path.of("target", "hub");
  private static final ObjectMapper JSON = new ObjectMapper();

  static final JsonNode TEMPLATE =
      JSON.valueToTree(Template.fromStack(in(WORK.resolve("cdk.out"))).toJSON());

  private Hub() {}

  /// A new app with the hub as `Hub`, to be written to this folder.
  static HubStack in(Path output) {
    App app = new App(AppSettings.props().outdir(output.toString()).build());
    return new HubStack(app, "Hub", FunctionsModule.read(FUNCTIONS, emptyJar()));
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

  /// The resources of one type: logical id → resource.
  static List<Map.Entry<String, JsonNode>> resources(String type) {
    return TEMPLATE.get("Resources").properties().stream()
        .filter(resource -> resource.getValue().get("Type").textValue().equals(type))
        .toList();
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
