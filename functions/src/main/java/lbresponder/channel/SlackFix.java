package lbresponder.channel;

import com.slack.api.model.block.element.BlockElement;
import java.util.List;
import lbresponder.report.Report.CausePart;
import lbresponder.report.text.Sentences;

/// The fix of a cause as Slack shows it: the commands, what takes them back, and by what one sees
/// that they worked; where there are none, what to do.
final class SlackFix {
  private static final int LONGEST_UNDO = 300;

  private SlackFix() {}

  static void add(CausePart cause, List<BlockElement> parts) {
    if (cause.fix().isEmpty()) {
      parts.add(SlackText.line(SlackText.bold("Do "), SlackText.text(cause.advice())));
      return;
    }
    parts.add(SlackText.line(SlackText.bold("Fix "), SlackText.text(Sentences.tried(cause))));
    parts.add(SlackText.code(commands(cause.fix())));
    String undo = undo(cause);
    parts.add(SlackText.line(SlackText.bold("Undo "), SlackText.text(undo)));
    if (cause.verify() != null) {
      parts.add(SlackText.line(SlackText.bold("Verify "), SlackText.text(cause.verify())));
    }
  }

  private static String undo(CausePart cause) {
    if (cause.undo().isEmpty()) {
      return Sentences.NO_UNDO;
    }
    String first = cause.undo().getFirst();
    return cause.undo().size() == 1 && first.length() <= LONGEST_UNDO ? first : "in the thread";
  }

  /// Whole commands only: half of one might do something else.
  static String commands(List<String> all) {
    StringBuilder commands = new StringBuilder();
    for (String command : all) {
      if (commands.length() + command.length() + 1 > SlackText.MOST_TEXT) {
        return commands + "# and more: the report has all of it";
      }
      commands.append(command).append('\n');
    }
    return commands.toString().stripTrailing();
  }
}
