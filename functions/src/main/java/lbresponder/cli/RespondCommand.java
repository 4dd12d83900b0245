package lbresponder.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import lbresponder.aws.AwsProvider;
import lbresponder.journey.Journey;
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
            + " configures. Exits with 2 when it is no alarm, with 3 when nobody could be told.")
final class RespondCommand implements Callable<Integer> {
  @Option(names = "--event", required = true, description = "the alarm event; - for standard input")
  private Path event;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    String message = Events.read(event);
    Settings settings = settings();
    if (!settings.hasChannel()) {
      throw new Unusable(
          "no channel is configured: set LB_RESPONDER_TOPIC_ARN or LB_RESPONDER_SLACK_SECRET");
    }
    Progress.tell(spec.commandLine().getErr(), "answering …");
    Outcome outcome =
        Journey.of(settings, AwsProvider.preparedFor(null, settings.accounts()))
            .respond(message, Instant.now().plus(DiagnoseCommand.LIMIT));
    outcome
        .events()
        .forEach(one -> spec.commandLine().getErr().println(one.kind() + ": " + one.detail()));
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

  private static Settings settings() {
    try {
      return Settings.of(System.getenv());
    } catch (IllegalArgumentException wrong) {
      throw new Unusable(String.valueOf(wrong.getMessage()));
    }
  }
}
