package lbresponder.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lbresponder.aws.AwsProvider;
import lbresponder.aws.Deployed;
import lbresponder.aws.Permissions;
import lbresponder.channel.SlackChannel;
import lbresponder.channel.SnsChannel;
import lbresponder.facts.Known;
import lbresponder.journey.Probers;
import lbresponder.journey.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description =
        "Says which permission, channel or prober is missing, and how to add it. Exits with 0 when"
            + " nothing is, else with 3.")
final class DoctorCommand implements Callable<Integer> {
  private static final Duration LATEST_HEARTBEAT = Duration.ofHours(2);

  @Option(names = "--region", description = "the region to try; default: the SDK's own")
  private String region = "";

  @Option(
      names = "--function",
      description =
          "name of the deployed RespondFunction: its channels, probers and heartbeat are tried,"
              + " instead of what this machine's environment says")
  private String function = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    boolean account =
        switch (Permissions.region(region)) {
          case Known.Value<String>(String where) -> both(account(where), deployed(where));
          case Known.Unknown<String>(String why) -> tell("region", why);
        };
    return account ? Main.OK : Main.NOTHING_READ;
  }

  /// Channels and probers as this machine's environment names them, or the deployed function's.
  private boolean deployed(String where) {
    if (function.isEmpty()) {
      return settings(where, System.getenv());
    }
    return switch (Deployed.environment(where, function)) {
      case Known.Value<Map<String, String>>(Map<String, String> environment) ->
          both(settings(where, environment), heartbeat(where));
      case Known.Unknown<Map<String, String>>(String why) -> tell("function " + function, why);
    };
  }

  private boolean settings(String where, Map<String, String> environment) {
    Settings settings;
    try {
      settings = Settings.of(environment);
    } catch (IllegalArgumentException wrong) {
      return tell("settings", String.valueOf(wrong.getMessage()));
    }
    return both(channel(settings), probers(where, settings));
  }

  private boolean probers(String where, Settings settings) {
    if (settings.probers().isEmpty()) {
      out().println("unset    LB_RESPONDER_PROBERS: targets are not dialled");
      return true;
    }
    Probers probers = Probers.of(settings, new AwsProvider());
    return switch (probers.list(where)) {
      case Known.Unknown<Map<String, String>>(String why) -> tell("probers", why);
      case Known.Value<Map<String, String>>(Map<String, String> all) -> {
        boolean reached = true;
        for (String one : new TreeSet<>(all.values())) {
          reached &= tell("prober " + one, probers.reach(one));
        }
        yield reached;
      }
    };
  }

  private boolean heartbeat(String where) {
    return switch (Deployed.heartbeat(where)) {
      case Known.Unknown<Optional<Instant>>(String why) -> tell("heartbeat", why);
      case Known.Value<Optional<Instant>>(Optional<Instant> last) -> {
        boolean recent =
            last.map(at -> at.isAfter(Instant.now().minus(LATEST_HEARTBEAT))).orElse(false);
        yield tell(
            "heartbeat" + last.map(at -> ", last at " + at).orElse(""),
            recent
                ? ""
                : "none within two hours: look at the rule Heartbeat, the queue Alarms, and the"
                    + " function's log");
      }
    };
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

  private boolean channel(Settings settings) {
    if (!settings.hasChannel()) {
      out()
          .println(
              "unset    LB_RESPONDER_TOPIC_ARN, LB_RESPONDER_SLACK_SECRET: nothing can be posted;"
                  + " `diagnose` needs no channel");
      return true;
    }
    boolean sns =
        settings
            .topicArn()
            .map(topic -> tell("sns topic " + topic, SnsChannel.to(topic).reach()))
            .orElse(true);
    boolean slack =
        settings
            .slack()
            .map(
                one ->
                    tell(
                        "slack token in secret " + one.secret(),
                        SlackChannel.to(one.secret(), one.channel(), one.endpoint(), "").reach()))
            .orElse(true);
    return sns && slack;
  }

  /// Both are tried, whatever the first one finds.
  private static boolean both(boolean one, boolean other) {
    return one && other;
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
