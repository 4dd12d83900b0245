package lbresponder.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The manual page has what the command line has, and no line that roff would take for something
/// else.
class ManPageTest {
  private static final String PAGE = ManPage.write("1.2.3");

  private static String plain() {
    return PAGE.replace("\\-", "-").replace("\\fB", "").replace("\\fR", "");
  }

  @Test
  void itNamesEveryCommandAndOption() {
    for (CommandHelp command : CommandHelp.all()) {
      assertThat(plain()).contains(".SS \"" + command.name() + "\"\n");
      for (CommandHelp.Argument argument : command.arguments()) {
        assertThat(plain()).as(command.name()).contains(".TP\n" + argument.label() + "\n");
      }
    }
  }

  @Test
  void itNamesEveryExitCodeAndVariable() {
    assertThat(ManPage.variables()).isNotEmpty();
    Stream.concat(
            CommandHelp.exitCodes().keySet().stream().map(String::strip),
            ManPage.variables().keySet().stream())
        .forEach(name -> assertThat(plain()).contains(".TP\n" + name + "\n"));
    assertThat(PAGE).contains("lb\\-responder 1.2.3").matches("(?s)\\p{ASCII}*");
  }

  /// A point at the begin of a line that is no macro would be lost with its line.
  @Test
  void itUsesTheMacrosOfManualPagesAlone() {
    Set<String> macros = new TreeSet<>();
    PAGE.lines()
        .filter(line -> line.startsWith(".") || line.startsWith("'"))
        .forEach(line -> macros.add(line.split(" ", 2)[0]));
    assertThat(macros).isSubsetOf(List.of(".TH", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi"));
  }
}
