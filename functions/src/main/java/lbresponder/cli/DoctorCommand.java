package lbresponder.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import lbresponder.aws.Permissions;
import lbresponder.channel.SnsChannel;
import lbresponder.journey.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description =
        "Says which permission or channel is missing, and how to add it. Exits with 0 when nothing"
            + " is.")
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--region", description = "the region to try; default: the SDK's own")
  private String region = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Progress.tell(spec.commandLine().getErr(), "trying each read …");
    boolean fine = true;
    for (Map.Entry<String, String> tried : Permissions.tryEach(region).entrySet()) {
      boolean ok = tried.getValue().isEmpty();
      fine &= ok;
      out.println(
          (ok ? "ok       " : "missing  ") + tried.getKey() + (ok ? "" : ": " + tried.getValue()));
    }
    return channel(out) && fine ? Main.OK : Main.NOTHING_READ;
  }

  private static boolean channel(PrintWriter out) {
    Settings settings;
    try {
      settings = Settings.of(System.getenv());
    } catch (IllegalArgumentException wrong) {
      out.println("missing  channel: " + wrong.getMessage());
      return false;
    }
    if (settings.topicArn().isEmpty()) {
      out.println(
          "unset    LB_RESPONDER_TOPIC_ARN: nothing can be posted; `diagnose` needs no channel");
      return true;
    }
    String why = SnsChannel.to(settings.topicArn().get()).reach();
    out.println(
        (why.isEmpty() ? "ok       " : "missing  ")
            + "sns topic "
            + settings.topicArn().get()
            + why);
    return why.isEmpty();
  }
}
