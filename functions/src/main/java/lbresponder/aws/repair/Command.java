package lbresponder.aws.repair;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One command of the AWS CLI, ready for a POSIX shell.
///
/// @param text as far as it is written
record Command(String text) {
  private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /// What the CLI reads as it stands within `Key=Value,Key=Value`.
  private static final Pattern PLAIN_IN_SHORTHAND = Pattern.compile("[A-Za-z0-9_@%+=:./?&<>*~-]+");

  /// @param operation service and operation, e.g. `elbv2 set-subnets`
  Command(String region, String operation) {
    this("aws " + operation + " --region " + quoted(region));
  }

  /// A value that begins like an option is tied to its name, or the CLI would take it for one.
  Command with(String option, String value) {
    String separator = value.startsWith("-") ? "=" : " ";
    return new Command(text + " --" + option + separator + quoted(value));
  }

  Command with(String option, List<String> values) {
    return new Command(
        text
            + " --"
            + option
            + " "
            + values.stream().map(Command::quoted).collect(Collectors.joining(" ")));
  }

  private static String quoted(String value) {
    return NEEDS_NO_QUOTES.matcher(value).matches()
        ? value
        : "'" + value.replace("'", "'\\''") + "'";
  }

  /// A value within `Key=Value,Key=Value`: there a comma would begin the next key, and a bracket a
  /// list.
  static String inShorthand(String value) {
    return PLAIN_IN_SHORTHAND.matcher(value).matches()
        ? value
        : '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public String toString() {
    return text;
  }
}
