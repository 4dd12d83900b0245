package lbresponder.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents tell to type can be typed.
class NamedCommandsTest {
  /// At the begin of a line of code or of a code span, after variables and a prompt.
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)(?:^|`)(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:\\.{1,2}/)?lb-responder ((?!—)[^`\n]+)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");
  private static final Pattern EXECUTION = Pattern.compile("exec:exec@([a-z-]+)");
  private static final Pattern ID = Pattern.compile("<id>([a-z-]+)</id>");

  static Stream<String> commands() {
    return Documents.all().stream()
        // What once was is told of there.
        .filter(document -> !document.equals("CHANGELOG.md"))
        .flatMap(document -> Documents.found(COMMAND, document))
        .map(found -> found.group(1))
        // What may be typed, and not what is.
        .filter(command -> !command.contains("[-hV]"))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theCommandAndItsOptionsAreThere(String command) {
    String[] words = words(command).toArray(String[]::new);
    assertThatCode(() -> Main.commandLine().parseArgs(words)).doesNotThrowAnyException();
  }

  /// Those of the command itself: not of a comment, of another command, or for the shell.
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    for (String word :
        WORD.matcher(command)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .toList()) {
      if (word.matches("#|[|<>].*|&&|;")) {
        break;
      }
      words.add(word);
    }
    return words;
  }

  @Test
  void whatMavenIsToldToRunIsInAPom() {
    List<String> named =
        Documents.all().stream()
            .flatMap(document -> Documents.found(EXECUTION, document))
            .map(found -> found.group(1))
            .distinct()
            .toList();
    assertThat(named).contains("benchmark");
    assertThat(
            Documents.files()
                .map(Path::toString)
                .filter(name -> name.endsWith("pom.xml"))
                .flatMap(pom -> Documents.found(ID, pom))
                .map(found -> found.group(1)))
        .containsAll(named);
  }
}
