package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the documents name is there: types, files, folders.
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][A-Za-z]+)`");
  private static final Pattern PLACE =
      Pattern.compile("`?((?:functions|events|infra|tools)/[\\w./-]*[\\w-])");

  /// A name that stands for one to be chosen.
  private static final Set<String> EXAMPLES = Set.of("TheCause");

  @ParameterizedTest
  @ValueSource(strings = {"ARCHITECTURE.md", "CONTRIBUTING.md", "docs/add-a-cause.md"})
  void theTypesAreThere(String document) throws IOException {
    Set<String> types = types();
    List<String> missing =
        named(TYPE, document).filter(name -> !types.contains(name)).distinct().toList();
    assertThat(missing).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "README.md",
        "SECURITY.md",
        "docs/add-a-cause.md",
        "docs/deploy.md"
      })
  void theFilesAreThere(String document) throws IOException {
    List<String> missing =
        named(PLACE, document)
            .filter(name -> EXAMPLES.stream().noneMatch(name::contains))
            .filter(
                name -> !name.contains("target/") && !name.startsWith("infra/lb-responder.json"))
            .filter(name -> !Files.exists(ROOT.resolve(name)))
            .distinct()
            .toList();
    assertThat(missing).isEmpty();
  }

  private static Stream<String> named(Pattern pattern, String document) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map((MatchResult found) -> found.group(1));
  }

  /// The simple names of all types, main and test, nested ones too.
  private static Set<String> types() throws IOException {
    Pattern declared = Pattern.compile("\\b(?:class|record|interface|enum) ([A-Z]\\w+)");
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> declared.matcher(read(file)).results())
          .map(found -> found.group(1))
          .collect(Collectors.toSet());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
