package lbresponder.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import lbresponder.message.Untrusted;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `lb-responder`: exits with 0 when a report was made, whatever it says, 1 when `replay --check`
/// found a difference, 2 on unusable arguments or input, 3 when nothing could be read, nothing
/// could be delivered, what was made could not be written out, or `doctor` misses something.
@Command(
    name = "lb-responder",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Answers load balancer alarms with cause, proof and fix. Changes nothing in the account.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:it was done: a report was made, whatever it says",
      "1:replay --check found a difference",
      "2:unusable arguments or input",
      "3:nothing could be read, written or posted; doctor: something is missing"
    },
    footer = {
      Help.ENVIRONMENT,
      Help.AWS,
      "  The help of each command names the others.",
      Help.EXAMPLES,
      "  lb-responder demo               what it does, without an account",
      "  lb-responder diagnose web       a load balancer, by its name, ARN or DNS name",
      "  lb-responder help diagnose"
    },
    subcommands = {
      DemoCommand.class,
      DiagnoseCommand.class,
      ReplayCommand.class,
      ReportCommand.class,
      RespondCommand.class,
      RecordCommand.class,
      DoctorCommand.class,
      PolicyCommand.class,
      PlanCommand.class,
      HelpCommand.class
    })
public final class Main implements Runnable {
  static final int OK = 0;
  static final int DIFFERS = 1;
  static final int UNUSABLE = 2;
  static final int NOTHING_READ = 3;

  private static final String LOGGING = "log4j2.configurationFile";

  @Spec private CommandSpec spec;

  /// Says what there is, where no command is named.
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing, one of "
            + String.join(", ", spec.commandLine().getSubcommands().keySet()));
  }

  public static void main(String[] arguments) {
    // Standard output belongs to the report, however the jar is started.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "log4j2-cli.xml");
    }
    Output stream = new Output(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(stream, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, arguments);
    out.flush();
    if (!stream.failure().isEmpty()) {
      // Who reads no further, as `head` does, has all that was wanted.
      if (!stream.failure().equals("Broken pipe")) {
        err.println("the output could not be written: " + stream.failure());
      }
      code = NOTHING_READ;
    }
    err.flush();
    System.exit(code);
  }

  /// Runs a command.
  ///
  /// @return the exit code
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine()
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler((wrong, _) -> unusable(wrong))
        .setExecutionExceptionHandler((failure, line, _) -> failed(failure, line))
        .execute(arguments);
  }

  /// Every command with its options: what the documents and the manual page are made of.
  public static CommandLine commandLine() {
    CommandLine completion = new CommandLine(new GenerateCompletion()).setCommandName("completion");
    return new CommandLine(new Main()).addSubcommand("completion", completion);
  }

  private static int unusable(ParameterException wrong) {
    CommandLine line = wrong.getCommandLine();
    line.getErr()
        .printf(
            "%s (see %s --help)%n",
            Untrusted.clean(Mistyped.message(wrong), 500), line.getCommandSpec().qualifiedName());
    return UNUSABLE;
  }

  /// Never 1, which says that a replay differs.
  private static int failed(Exception failure, CommandLine line) {
    if (failure instanceof Unusable unusable) {
      line.getErr().println(unusable.getMessage());
      unusable.below().forEach(line.getErr()::println);
      return UNUSABLE;
    }
    if (failure instanceof NothingRead) {
      line.getErr().println(failure.getMessage());
      return NOTHING_READ;
    }
    line.getErr().println("lb-responder failed, which is a fault of its own:");
    failure.printStackTrace(line.getErr());
    return NOTHING_READ;
  }
}
