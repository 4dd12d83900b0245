package lbresponder.cli;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.message.Nearest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with the arguments, and what was probably meant.
final class Mistyped {
  /// What `help` says.
  private static final Pattern UNKNOWN = Pattern.compile("Unknown subcommand '(.*)'\\.");

  private Mistyped() {}

  static String message(ParameterException wrong) {
    CommandSpec command = wrong.getCommandLine().getCommandSpec();
    String message = String.valueOf(wrong.getMessage());
    Matcher unknown = UNKNOWN.matcher(message);
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched.getUnmatched().getFirst(), command);
    }
    return unknown.matches()
        ? unmatched(unknown.group(1), command)
        : message.replace("Error: ", "").replace("option option", "option");
  }

  private static String unmatched(String word, CommandSpec command) {
    if (word.startsWith("-")) {
      return "%s has no option %s%s"
          .formatted(
              command.qualifiedName(),
              word,
              Nearest.question(word.replaceFirst("=.*", ""), command.optionsMap().keySet()));
    }
    Collection<String> commands = command.subcommands().keySet();
    if (commands.isEmpty()) {
      return "%s: unexpected `%s`".formatted(command.qualifiedName(), word);
    }
    String question = Nearest.question(word, commands);
    return "there is no command %s%s"
        .formatted(
            word,
            question.isEmpty()
                ? "; a load balancer of that name: lb-responder diagnose " + word
                : question);
  }
}
