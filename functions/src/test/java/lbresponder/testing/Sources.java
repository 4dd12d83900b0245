package lbresponder.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The sources as text, for tests of their structure.
///
/// @param path below the root package, e.g. `network/Paths.java`
/// @param text all of it
public record Sources(Path path, String text) {
  private static final Path ROOT = Path.of("src/main/java/lbresponder");
  private static final Path TESTS = Path.of("src/test/java/lbresponder");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern QUALIFIED =
      Pattern.compile(
          "\\b((?:java|javax|lbresponder|com|org|software|io)(?:\\.[a-z0-9]+)+)\\.[A-Z]");

  public static List<Sources> all() {
    return in(ROOT);
  }

  /// Those of the tests.
  public static List<Sources> ofTests() {
    return in(TESTS);
  }

  private static List<Sources> in(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(file -> new Sources(root.relativize(file), read(file)))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// The package under the root, with its room: `aws.read`; empty for the root itself.
  public String room() {
    Path folder = path.getParent();
    return folder == null ? "" : folder.toString().replace('/', '.');
  }

  /// The package under the root: `aws`; empty for the root itself.
  public String topPackage() {
    return room().replaceFirst("\\..*", "");
  }

  /// Without comments.
  public String code() {
    return text.replaceAll("(?m)^\\s*//.*$", "").replaceAll("(?m) // .*$", "");
  }

  /// Every package whose types it names.
  public Set<String> packagesUsed() {
    Set<String> used = new TreeSet<>();
    Matcher imports = IMPORT.matcher(text);
    while (imports.find()) {
      used.add(imports.group(1).replaceFirst("\\.[A-Z].*", ""));
    }
    Matcher qualified = QUALIFIED.matcher(code().replaceAll("\"[^\"\n]*\"", ""));
    while (qualified.find()) {
      used.add(qualified.group(1));
    }
    return used;
  }
}
