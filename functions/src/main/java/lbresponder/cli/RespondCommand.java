package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lbresponder.aws.prober.LambdaProbers;
import lbresponder.journey.AlarmHandler;
import lbresponder.journey.Limits;
import lbresponder.journey.Outcome;
import lbresponder.journey.Outcome.Event;
import lbresponder.journey.Outcome.Kind;
import lbresponder.journey.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "respond",
    description =
        "Does what the function does: answers the event in the channels that the environment"
            + " configures. Exits with 2 when it is no alarm, with 3 when nothing could be posted.",
    footer = {
      Help.ENVIRONMENT,
      Help.AWS,
      Help.CHANNELS,
      Help.MEMBERS,
      Help.EXAMPLES,
      "  lb-responder respond --event alarm.json",
      "  LB_RESPONDER_TOPIC_ARN=arn:… lb-responder respond --event - < alarm.json"
    })
final class RespondCommand implements Callable<Integer> {
  @Option(names = "--event", required = true, description = "the alarm event; - for standard input")
  private Path event;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String message = Events.read(event);
    Settings settings = Setup.settings();
    if (!settings.hasChannel()) {
      throw new Unusable(
          "no channel is configured: set LB_RESPONDER_TOPIC_ARN, LB_RESPONDER_CHAT_TOPIC_ARN or"
              + " LB_RESPONDER_SLACK_SECRET");
    }
    PrintWriter err = spec.commandLine().getErr();
    try (Progress _ = Progress.begin(err, "answering")) {
      return respond(message, settings, err);
    }
  }

  private static int respond(String message, Settings settings, PrintWriter err) {
    Setup.requireCredentials();
    AlarmHandler handler =
        AlarmHandler.of(settings, List.of(Setup.aws(settings)), LambdaProbers::of);
    Outcome outcome = handler.respond(message, Instant.now().plus(Limits.DIAGNOSE));
    Stream.concat(
            outcome.events().stream(), handler.finish(Instant.now().plus(Limits.PICTURES)).stream())
        .forEach(noted -> err.println(noted.kind() + ": " + noted.detail()));
    return outcome.done() ? code(outcome) : Main.NOTHING_READ;
  }

  /// Input that is no alarm of ours is unusable here, although the function lets it go.
  private static int code(Outcome outcome) {
    boolean usable =
        outcome.events().stream()
            .map(Event::kind)
            .anyMatch(kind -> kind != Kind.NOT_OURS && kind != Kind.UNREADABLE);
    return usable ? Main.OK : Main.UNUSABLE;
  }
}
