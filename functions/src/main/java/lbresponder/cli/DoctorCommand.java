package lbresponder.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lbresponder.aws.Permissions;
import lbresponder.channel.SnsChannel;
import lbresponder.facts.Known;
import lbresponder.journey.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description =
        "Says which permission or channel is missing, and how to add it. Exits with 0 when nothing"
            + " is, else with 3.")
final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--region", description = "the region to try; default: the SDK's own")
  private String region = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean account =
        switch (Permissions.region(region)) {
          case Known.Value<String>(String where) -> account(where);
          case Known.Unknown<String>(String why) -> tell("region", why);
        };
    boolean channel = channel();
    return account && channel ? Main.OK : Main.NOTHING_READ;
  }

  /// Without credentials every permission would be missing for the same reason.
  private boolean account(String where) {
    Progress.tell(spec.commandLine().getErr(), "trying each read in %s …".formatted(where));
    return switch (Permissions.caller(where)) {
      case Known.Value<String>(String caller) -> {
        tell("credentials of " + caller, "");
        yield permissions(where);
      }
      case Known.Unknown<String>(String why) -> tell("credentials", why);
    };
  }

  private boolean permissions(String where) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, String> tried : Permissions.tryEach(where).entrySet()) {
      if (!tell(tried.getKey(), tried.getValue())) {
        missing.add(tried.getKey());
      }
    }
    if (!missing.isEmpty()) {
      out()
          .printf(
              "to add   {\"Effect\":\"Allow\",\"Action\":[%s],\"Resource\":\"*\"}%n",
              missing.stream()
                  .map(action -> "\"" + action + "\"")
                  .collect(Collectors.joining(",")));
    }
    return missing.isEmpty();
  }

  private boolean channel() {
    Settings settings;
    try {
      settings = Settings.of(System.getenv());
    } catch (IllegalArgumentException wrong) {
      return tell("channel", String.valueOf(wrong.getMessage()));
    }
    if (settings.topicArn().isEmpty()) {
      out()
          .println(
              "unset    LB_RESPONDER_TOPIC_ARN: nothing can be posted; `diagnose` needs no"
                  + " channel");
      return true;
    }
    String topic = settings.topicArn().get();
    return tell("sns topic " + topic, SnsChannel.to(topic).reach());
  }

  /// @param why what is wrong; empty: nothing
  private boolean tell(String what, String why) {
    out().println(why.isEmpty() ? "ok       " + what : "missing  %s: %s".formatted(what, why));
    return why.isEmpty();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
