package lbresponder.docs;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.cli.Main;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// What the help of a command says, taken apart: the page and the manual show the same.
///
/// @param name without that of the program
/// @param arguments positional ones first; what every command has is left out
/// @param examples a line each
record CommandHelp(
    String name,
    String synopsis,
    String description,
    List<Argument> arguments,
    List<String> examples) {
  private static final List<String> EVERYWHERE = List.of("--help", "--version");

  /// @param label names and value as they are typed
  record Argument(String label, String text) {}

  /// In the order of the program's own help.
  static List<CommandHelp> all() {
    List<String> inherited = program().examples();
    return Main.commandLine().getSubcommands().values().stream()
        .map(CommandHelp::of)
        .map(command -> command.examples.equals(inherited) ? command.withoutExamples() : command)
        .toList();
  }

  private CommandHelp withoutExamples() {
    return new CommandHelp(name, synopsis, description, arguments, List.of());
  }

  static CommandHelp program() {
    return of(Main.commandLine());
  }

  /// What each exit code means.
  static Map<String, String> exitCodes() {
    return Main.commandLine().getCommandSpec().usageMessage().exitCodeList();
  }

  private static CommandHelp of(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    Stream<Argument> positional =
        spec.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(parameter -> new Argument(parameter.paramLabel(), text(parameter)));
    Stream<Argument> options =
        spec.options().stream()
            .filter(option -> !option.hidden() && !EVERYWHERE.contains(option.longestName()))
            .map(option -> new Argument(label(option), text(option)));
    return new CommandHelp(
        spec.name(),
        new Help(spec, Help.defaultColorScheme(Ansi.OFF))
            .synopsis(0)
            .replaceAll("\\s+", " ")
            .strip(),
        plain(spec.usageMessage().description()),
        Stream.concat(positional, options).toList(),
        examples(spec));
  }

  private static String label(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + "=" + option.paramLabel();
  }

  private static String text(ArgSpec argument) {
    @Nullable String preset = argument.defaultValue();
    boolean needed = argument.isOption() && argument.required() && argument.group() == null;
    String text = plain(argument.description());
    return Character.toUpperCase(text.charAt(0))
        + text.substring(1)
        + (text.endsWith(".") ? "" : ".")
        + (preset == null || preset.isEmpty() ? "" : " Default: " + preset + ".")
        + (needed ? " Required." : "");
  }

  /// The help is a format.
  private static String plain(String... lines) {
    return String.format(String.join(" ", lines)).replaceAll("\\s+", " ").strip();
  }

  private static List<String> examples(CommandSpec spec) {
    return Arrays.stream(spec.usageMessage().footer())
        .flatMap(line -> String.format(line).lines())
        .dropWhile(line -> !line.equals("Examples:"))
        .skip(1)
        .map(String::strip)
        .collect(Collectors.toList());
  }
}
