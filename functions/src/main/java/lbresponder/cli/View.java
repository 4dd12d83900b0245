package lbresponder.cli;

import java.io.Console;
import java.util.Optional;
import lbresponder.message.Nearest;
import lbresponder.report.Report;
import lbresponder.report.text.ReportText;
import lbresponder.report.text.Screen;
import lbresponder.report.text.Why;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// How much of a report is printed, and how: as wide as the terminal and in colour where there is
/// one, else 80 columns of plain text.
final class View {
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String PLAIN = "\u001b[0m";

  @Option(names = "--full", description = "print all that was found, not the first screen alone")
  private boolean full;

  @Option(
      names = "--why",
      paramLabel = "CAUSE",
      description = "print why this cause is, or is not, the answer, e.g. NoRoute")
  private @Nullable String why;

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  /// @throws Unusable where no such cause is known
  String text(Report report) {
    if (why != null) {
      String asked = why;
      return Why.of(report, asked, width()).orElseThrow(() -> unknown(asked, report));
    }
    String text = full ? ReportText.write(report) : Screen.write(report, width());
    return isTerminal() && System.getenv("NO_COLOR") == null ? coloured(text) : text;
  }

  /// The option that asks for other than the first screen; null: none does.
  @Nullable String option() {
    return why != null ? "--why" : full ? "--full" : null;
  }

  private static Unusable unknown(String why, Report report) {
    return new Unusable(
        "--why: found `%s`%s".formatted(why, Nearest.questionOrAll(why, Why.ids(report))));
  }

  private int width() {
    return isTerminal() ? spec.usageMessage().autoWidth(true).width() : Screen.USUAL_WIDTH;
  }

  /// Whether input and output both are one.
  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  /// Marks only: what they stand for is said in words too.
  private static String coloured(String text) {
    return text.replace("✗", RED + "✗" + PLAIN)
        .replace("✓", GREEN + "✓" + PLAIN)
        .replace("±", YELLOW + "±" + PLAIN);
  }
}
