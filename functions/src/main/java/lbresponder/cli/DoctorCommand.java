package lbresponder.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import lbresponder.aws.admin.Deployed;
import lbresponder.aws.admin.Permissions;
import lbresponder.aws.admin.ProberPlaces;
import lbresponder.aws.repair.Grant;
import lbresponder.aws.sdk.Credentials;
import lbresponder.channel.ChatChannel;
import lbresponder.channel.SlackChannel;
import lbresponder.channel.SnsChannel;
import lbresponder.facts.Probers;
import lbresponder.journey.DeployedProbing;
import lbresponder.journey.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "doctor",
    description =
        "Says which permission, channel or prober is missing, and how to add it. Exits with 0 when"
            + " nothing is, else with 3.",
    footer = {
      Help.ENVIRONMENT,
      Help.AWS,
      Help.CHANNELS,
      "  LB_RESPONDER_PROBERS        which prober stands where",
      Help.EXAMPLES,
      "  lb-responder doctor",
      "  lb-responder doctor --region eu-west-1 --function NAME"
    })
final class DoctorCommand implements Callable<Integer> {
  /// A prober that is asleep takes as long to wake.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    try (Progress _ = Progress.begin(spec.commandLine().getErr(), "trying each read")) {
      return examine();
    }
  }

  private int examine() {
    Map<String, String> environment = Environment.read();
    boolean complete =
        Permissions.region(region)
            .fold(
                where -> both(account(where), deployed(where, environment)),
                why -> tell("region", why),
                why -> tell("region", why));
    return complete ? Main.OK : Main.NOTHING_READ;
  }

  /// Channels and probers as this machine's environment names them, or the deployed function's.
  private boolean deployed(String where, Map<String, String> own) {
    if (function.isEmpty()) {
      return settings(where, own);
    }
    String what = "function " + function;
    return Deployed.environment(where, function)
        .fold(
            environment -> both(settings(where, environment), heartbeat(where)),
            why -> tell(what, why),
            why -> tell(what, why));
  }

  private boolean settings(String where, Map<String, String> environment) {
    Settings settings;
    try {
      settings = Setup.settings(environment);
    } catch (IllegalArgumentException wrong) {
      return tell("settings", String.valueOf(wrong.getMessage()));
    }
    return both(channels(settings), probers(where, settings));
  }

  private boolean probers(String where, Settings settings) {
    if (settings.probers().isEmpty()) {
      out().println("unset    LB_RESPONDER_PROBERS: targets are not probed");
      return true;
    }
    Probers probers = Setup.probers(settings);
    return probers
        .places(where)
        .fold(
            byPlace ->
                both(areReached(probers, new TreeSet<>(byPlace.values())), areInPlace(byPlace)),
            why -> tell("probers", why),
            why -> tell("probers", why));
  }

  private boolean areReached(Probers probers, SortedSet<String> all) {
    boolean reached = true;
    for (String prober : all) {
      reached &=
          tell(
              "prober " + prober,
              DeployedProbing.reach(probers, prober, Instant.now().plus(PATIENCE)));
    }
    return reached;
  }

  /// What cannot be read, as another account's, is no fault of the deployment.
  private boolean areInPlace(Map<String, String> byPlace) {
    boolean all = true;
    for (Map.Entry<String, String> entry : new TreeMap<>(byPlace).entrySet()) {
      if (entry.getKey().startsWith("arn:")) {
        String what = "prober %s in the place of %s".formatted(entry.getValue(), entry.getKey());
        all &=
            ProberPlaces.differences(entry.getKey(), entry.getValue())
                .fold(
                    differences ->
                        tell(
                            what,
                            differences.isEmpty()
                                ? ""
                                : differences + ": run `lb-responder plan` and deploy again"),
                    why -> unread(what, why),
                    why -> unread(what, why));
      }
    }
    return all;
  }

  private boolean unread(String what, String why) {
    out().printf("unread   %s: %s%n", what, why);
    return true;
  }

  private boolean heartbeat(String where) {
    return Deployed.heartbeat(where)
        .fold(this::isRecent, why -> tell("heartbeat", why), why -> tell("heartbeat", why));
  }

  private boolean isRecent(Optional<Instant> last) {
    boolean recent =
        last.map(at -> at.isAfter(Instant.now().minus(LATEST_HEARTBEAT))).orElse(false);
    return tell(
        "heartbeat" + last.map(at -> ", last at " + at).orElse(""),
        recent
            ? ""
            : "none within two hours: look at the rule Heartbeat, the queue Alarms, and the"
                + " function's log");
  }

  /// Without credentials every permission would be missing for the same reason.
  private boolean account(String where) {
    String missing = Credentials.missing();
    if (!missing.isEmpty()) {
      return tell("credentials", missing);
    }
    return Permissions.caller(where)
        .fold(
            caller -> {
              tell("credentials of " + caller, "");
              return permissions(where);
            },
            why -> tell("credentials", why),
            why -> tell("credentials", why));
  }

  private boolean permissions(String where) {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, String> tried : Permissions.tryEach(where).entrySet()) {
      if (!tell(tried.getKey(), tried.getValue())) {
        missing.add(tried.getKey());
      }
    }
    if (!missing.isEmpty()) {
      out().printf("to add   %s%n", Grant.statement(missing));
      out().println("         `lb-responder policy` prints the whole policy");
    }
    return missing.isEmpty();
  }

  /// All are tried, whatever the first one shows.
  private boolean channels(Settings settings) {
    if (!settings.hasChannel()) {
      out()
          .println(
              "unset    LB_RESPONDER_TOPIC_ARN, LB_RESPONDER_CHAT_TOPIC_ARN,"
                  + " LB_RESPONDER_SLACK_SECRET: nothing can be posted; `diagnose` needs no"
                  + " channel");
      return true;
    }
    boolean sns =
        settings
            .topicArn()
            .map(topic -> tell("sns topic " + topic, SnsChannel.to(topic).reach()))
            .orElse(true);
    boolean chat =
        settings
            .chatTopicArn()
            .map(topic -> tell("chat topic " + topic, ChatChannel.to(topic).reach()))
            .orElse(true);
    boolean slack = settings.slack().map(this::slack).orElse(true);
    return sns && chat && slack;
  }

  private boolean slack(Settings.Slack slack) {
    return tell(
        "slack token in secret " + slack.secret(),
        SlackChannel.to(slack.secret(), slack.channel(), slack.endpoint(), "").reach());
  }

  /// Both are tried, whatever the first one finds.
  private static boolean both(boolean first, boolean second) {
    return first && second;
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
