package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `lb-responder`: exits with 0 when a report was made, whatever it says, 1 when `replay --check`
/// found a difference, 2 on unusable arguments or input, 3 when nothing could be read.
@Command(
    name = "lb-responder",
    mixinStandardHelpOptions = true,
    version = "lb-responder 0.1.0",
    description =
        "Answers load balancer alarms with cause, proof and fix. Changes nothing in the account.",
    subcommands = {
      ReplayCommand.class,
      DiagnoseCommand.class,
      RespondCommand.class,
      RecordCommand.class,
      DoctorCommand.class
    })
public final class Main implements Runnable {
  static final int OK = 0;
  static final int DIFFERS = 1;
  static final int UNUSABLE = 2;
  static final int NOTHING_READ = 3;

  @Spec private CommandSpec spec;

  /// Says what there is, where no command is named.
  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = run(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /// Runs a command.
  ///
  /// @return the exit code
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (failure, line, _) -> {
              if (failure instanceof Unusable) {
                line.getErr().println(failure.getMessage());
                return UNUSABLE;
              }
              throw failure;
            })
        .execute(arguments);
  }
}
