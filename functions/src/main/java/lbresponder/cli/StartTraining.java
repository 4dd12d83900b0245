package lbresponder.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import lbresponder.aws.Rehearsal;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Provider;
import lbresponder.journey.Diagnosing;
import lbresponder.journey.Probing;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.report.text.ReportText;

/// The run from which Java learns what a start needs (`-XX:AOTCacheOutput`): the help, the replay
/// of the incidents it is given, and a diagnosis of an AWS that is not there. Prints nothing, opens
/// no connection, looks for no credentials.
final class StartTraining {
  private StartTraining() {}

  /// @param arguments `live`, for commands that read an account, or `recorded`; then recorded
  ///   incidents, or folders of them
  public static void main(String[] arguments) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    for (List<String> words :
        List.of(List.of("--help"), List.of("--version"), List.of("replay", "--help"))) {
      Main.run(nowhere, nowhere, words.toArray(String[]::new));
    }
    for (String incident : List.of(arguments).subList(1, arguments.length)) {
      Main.run(nowhere, nowhere, "replay", incident);
      Main.run(nowhere, nowhere, "replay", "--json", incident);
      Main.run(nowhere, nowhere, "replay", "--check", incident);
    }
    if (arguments[0].equals("live")) {
      rehearse(nowhere);
    }
  }

  private static void rehearse(PrintWriter nowhere) {
    Provider provider = Rehearsal.provider();
    Diagnosing diagnosing = new Diagnosing(provider, Probing.NONE, Clock.systemUTC());
    for (Incident incident : Events.incidents(Rehearsal.alarm(), "rehearsal", provider)) {
      Facts facts = diagnosing.gather(incident, Instant.now().plusSeconds(30));
      Report report = diagnosing.conclude(facts, Instant.now()).report();
      nowhere.print(ReportText.write(report));
      nowhere.print(ReportJson.write(report));
    }
  }
}
