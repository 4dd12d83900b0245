package lbresponder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.journey.Settings;
import org.junit.jupiter.api.Test;

/// The page of the command line has every command, option, exit code and variable that there is.
class CommandLinePageTest {
  private static final Pattern PART = Pattern.compile("<!-- command ([a-z-]+) -->");
  private static final Pattern VARIABLE =
      Pattern.compile("\\b(LB_RESPONDER(?:_[A-Z]+)+|NO_COLOR)\\b");

  @Test
  void everyCommandHasItsPart() {
    assertThat(Documents.found(PART, ManPage.SOURCE).map(part -> part.group(1)))
        .containsExactlyInAnyOrderElementsOf(
            CommandHelp.all().stream().map(CommandHelp::name).toList());
  }

  @Test
  void thePartsSayWhatTheHelpSays() {
    CommandHelp.all()
        .forEach(
            command ->
                Documents.hold(ManPage.SOURCE, "command " + command.name(), markdown(command)));
  }

  private static String markdown(CommandHelp command) {
    String arguments =
        command.arguments().stream()
            .map(
                argument ->
                    Documents.folded(
                        "- `%s` %s".formatted(argument.label(), argument.text()), "  "))
            .collect(Collectors.joining());
    String examples = Documents.fenced(String.join("\n", command.examples()) + "\n");
    return "\n"
        + Documents.folded(command.description(), "")
        + "\n"
        + Documents.fenced(Documents.folded(command.synopsis(), "    "))
        + "\n"
        + (arguments.isEmpty() ? "" : arguments + "\n")
        + (command.examples().isEmpty() ? "" : examples + "\n");
  }

  @Test
  void everyExitCodeIsListed() {
    String rows =
        CommandHelp.exitCodes().entrySet().stream()
            .map(code -> "| %s | %s |\n".formatted(code.getKey().strip(), code.getValue()))
            .collect(Collectors.joining("", "| code | means |\n|---|---|\n", ""));
    Documents.hold(ManPage.SOURCE, "exit codes", rows);
  }

  /// And none that nothing reads.
  @Test
  void everyVariableIsListed() {
    Set<String> read =
        Stream.concat(Documents.files().map(Path::toString), Stream.of("lb-responder"))
            .filter(name -> name.equals("lb-responder") || name.contains("/src/main/java/"))
            .flatMap(name -> Documents.found(VARIABLE, name))
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(read).containsAll(Settings.NAMES);
    assertThat(ManPage.variables().keySet())
        .containsAll(read)
        .allSatisfy(
            name -> assertThat(read.contains(name) || !VARIABLE.matcher(name).matches()).isTrue());
  }
}
