package lbresponder.cli;

import java.util.Collection;
import java.util.List;
import lbresponder.message.Nearest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is wrong with the arguments, and what was probably meant.
final class Mistyped {
  private Mistyped() {}

  static String message(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
        ? unmatched(unmatched.getUnmatched(), wrong.getCommandLine().getCommandSpec())
        : String.valueOf(wrong.getMessage()).replace("Error: ", "");
  }

  private static String unmatched(List<String> words, CommandSpec command) {
    String word = words.getFirst();
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
