package lbresponder.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import lbresponder.journey.Settings;
import lbresponder.message.Nearest;

/// The environment's variables, and what a file says of those that are not set: who uses the
/// command line need not set them for each shell.
final class Environment {
  private static final String FILE = "LB_RESPONDER_CONFIG";

  /// By the SDK's name for each, which it reads beside the environment.
  private static final Map<String, String> SDK =
      Map.of("AWS_PROFILE", "aws.profile", "AWS_REGION", "aws.region");

  private static final List<String> KNOWN =
      Stream.concat(Settings.NAMES.stream(), SDK.keySet().stream()).sorted().toList();

  private Environment() {}

  /// This process' environment, with the file's values where it has none; the SDK is told its own.
  ///
  /// @throws Unusable naming the file and the line that cannot be used
  static Map<String, String> read() {
    Map<String, String> environment = with(System.getenv());
    SDK.forEach(
        (name, property) -> {
          String value = environment.get(name);
          if (value != null
              && System.getenv(name) == null
              && System.getProperty(property) == null) {
            System.setProperty(property, value);
          }
        });
    return environment;
  }

  /// @param environment names the file, or it is `~/.config/lb-responder/config`, which may be
  ///   absent
  static Map<String, String> with(Map<String, String> environment) {
    String named = environment.getOrDefault(FILE, "");
    Path file =
        named.isEmpty()
            ? Path.of(
                environment.getOrDefault("HOME", System.getProperty("user.home")),
                ".config",
                "lb-responder",
                "config")
            : Path.of(named);
    if (named.isEmpty() && !Files.exists(file)) {
      return environment;
    }
    Map<String, String> all = new HashMap<>(values(file));
    all.putAll(environment);
    return Map.copyOf(all);
  }

  private static Map<String, String> values(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException failure) {
      throw new Unusable(
          Files.exists(file)
              ? "%s: cannot be read: %s".formatted(file, failure.getMessage())
              : "%s: no such file (%s)".formatted(file, FILE));
    }
    Map<String, String> values = new HashMap<>();
    for (String key : properties.stringPropertyNames()) {
      if (!KNOWN.contains(key)) {
        throw new Unusable(
            "%s: there is no setting %s%s".formatted(file, key, Nearest.question(key, KNOWN)));
      }
      values.put(key, properties.getProperty(key));
    }
    return values;
  }
}
