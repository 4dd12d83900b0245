package lbresponder.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The manual page, `lb-responder(1)`: commands and options from the program's own help, variables
/// and files from the page of the command line. In roff with the macros of man(7).
final class ManPage {
  /// Where the variables are explained.
  static final String SOURCE = "docs/command-line.md";

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (.*) \\|$");
  private static final Pattern MARKUP = Pattern.compile("`([^`]+)`|\\[([^\\]]+)\\]\\([^)]+\\)");

  /// Of the source; escapes come on top.
  private static final int COLUMNS = 66;

  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  /// @param arguments the file to write, and the version that it is of
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, write(arguments[1]));
  }

  static String write(String version) {
    ManPage page = new ManPage();
    CommandHelp program = CommandHelp.program();
    page.macro("TH", "LB-RESPONDER", "1", "", "lb-responder " + version, "");
    page.section("NAME");
    page.line("lb\\-responder \\- answers load balancer alarms with cause, proof and fix");
    page.section("SYNOPSIS");
    page.text(program.synopsis());
    page.section("DESCRIPTION");
    page.text(program.description());
    page.text("Every command takes --help and --version.");
    page.section("COMMANDS");
    CommandHelp.all().forEach(page::command);
    page.section("EXIT STATUS");
    CommandHelp.exitCodes().forEach((code, means) -> page.item(code.strip(), means + "."));
    page.section("ENVIRONMENT");
    variables().forEach(page::item);
    page.section("FILES");
    page.item(
        "~/.config/lb-responder/config",
        "What the environment does not say, a line for each: NAME=VALUE. LB_RESPONDER_CONFIG names"
            + " another file. The environment wins.");
    page.section("EXAMPLES");
    page.listed(program.examples());
    return page.page.toString();
  }

  /// The variables that the page of the command line lists, and what each means, as plain text.
  static Map<String, String> variables() {
    Map<String, String> variables = new LinkedHashMap<>();
    Documents.found(ROW, SOURCE)
        .forEach(
            row ->
                variables.put(
                    row.group(1),
                    MARKUP
                        .matcher(row.group(2))
                        .replaceAll(
                            found ->
                                Matcher.quoteReplacement(
                                    found.group(1) == null ? found.group(2) : found.group(1)))));
    return variables;
  }

  private void command(CommandHelp command) {
    macro("SS", command.name());
    text(command.synopsis());
    line(".PP");
    text(command.description());
    command.arguments().forEach(argument -> item(argument.label(), argument.text()));
    if (!command.examples().isEmpty()) {
      line(".PP");
      listed(command.examples());
    }
  }

  private void listed(List<String> lines) {
    line(".nf");
    lines.forEach(this::verbatim);
    line(".fi");
  }

  private void item(String label, String text) {
    line(".TP");
    line("\\fB" + escaped(label) + "\\fR");
    text(text);
  }

  private void section(String title) {
    macro("SH", title);
  }

  private void macro(String name, String... arguments) {
    StringBuilder line = new StringBuilder("." + name);
    for (String argument : arguments) {
      line.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    line(line.toString());
  }

  private void text(String text) {
    Documents.folded(text, "", COLUMNS).lines().forEach(this::verbatim);
  }

  /// A point or an apostrophe at the begin of a line would be a macro.
  private void verbatim(String text) {
    String escaped = escaped(text);
    line(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  /// Letters beyond ASCII by number, so that it reads the same whatever the reader's encoding.
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '\\' -> escaped.append("\\e");
                case '-' -> escaped.append("\\-");
                case '~' -> escaped.append("\\(ti");
                case '^' -> escaped.append("\\(ha");
                case '`' -> escaped.append("\\(ga");
                case '\'' -> escaped.append("\\(aq");
                default -> {
                  if (point < 128) {
                    escaped.appendCodePoint(point);
                  } else {
                    escaped.append("\\[u%04X]".formatted(point));
                  }
                }
              }
            });
    return escaped.toString();
  }
}
