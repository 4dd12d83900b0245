package lbresponder;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lbresponder.aws.Rehearsal;
import lbresponder.channel.Rendering;
import lbresponder.journey.AlarmHandler;
import lbresponder.journey.Outcome;
import lbresponder.journey.Outcome.Kind;
import lbresponder.journey.Probing;

/// The whole work of an answer, done before the function's snapshot is taken: classes are loaded
/// and the paths are hot when the first alarm comes. It answers alarms of an AWS that is not there
/// and renders what would be posted: nothing of it stays, no socket, no credential, and nothing
/// random.
final class Warmup {
  private static final String CLASSIC =
      Rehearsal.alarm()
          .replace("AWS/ApplicationELB", "AWS/ELB")
          .replace("TargetConnectionErrorCount", "BackendConnectionErrors")
          .replaceAll(
              "\"dimensions\": \\{[^}]*\\}",
              "\"dimensions\": {\"LoadBalancerName\": \"rehearsal\"}");

  private Warmup() {}

  /// @param limit after this, no further alarm is begun
  /// @return how many alarms were answered
  /// @throws IllegalStateException where one was not
  static int run(Duration limit) {
    AlarmHandler handler =
        new AlarmHandler(
            Rehearsal.provider(), List.of(new Rendering()), Clock.systemUTC(), Probing.NONE);
    Instant end = Instant.now().plus(limit);
    int answered = 0;
    do {
      for (String alarm : List.of(Rehearsal.alarm(), CLASSIC)) {
        Outcome outcome = handler.respond(alarm, Instant.now().plusSeconds(10));
        if (outcome.events().stream().noneMatch(event -> event.kind() == Kind.ANSWERED)) {
          throw new IllegalStateException("the rehearsal failed: " + outcome);
        }
        answered++;
      }
    } while (Instant.now().isBefore(end));
    return answered;
  }
}
