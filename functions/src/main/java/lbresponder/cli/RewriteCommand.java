package lbresponder.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lbresponder.aws.AwsProvider;
import lbresponder.facts.AlarmReader;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Recognised;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "rewrite",
    description =
        "Rewrites the facts of recorded incidents in today's form, in full; all else stays.")
final class RewriteCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "incident files, or folders of them")
  private List<Path> paths = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    AlarmReader alarms = new AwsProvider();
    long rewritten =
        paths.stream().flatMap(RewriteCommand::files).filter(file -> rewrite(file, alarms)).count();
    spec.commandLine().getErr().println("%d incidents rewritten".formatted(rewritten));
    return Main.OK;
  }

  private static Stream<Path> files(Path path) {
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
    } catch (IOException failure) {
      throw new Unusable(path + ": cannot be listed: " + failure.getMessage());
    }
  }

  /// Rewrites one file in place.
  ///
  /// @param alarms reads the incident's event
  /// @return false where the facts are a difference from a world, which is today's form already
  static boolean rewrite(Path file, AlarmReader alarms) {
    try {
      RecordedIncident old = RecordedIncident.read(file);
      if (old.world().isPresent()) {
        return false;
      }
      Facts facts = old.facts(file, incident(alarms.recognise(old.message(file)), file));
      RecordedIncident rewritten =
          new RecordedIncident(old.situation(), old.event(), FactsJson.write(facts), old.report());
      Files.writeString(file, rewritten.write());
      return true;
    } catch (IOException | IllegalArgumentException failure) {
      throw new Unusable("%s: %s".formatted(file, failure.getMessage()));
    }
  }

  private static Incident incident(Recognised recognised, Path file) {
    return switch (recognised) {
      case Recognised.Alarms alarms -> Incident.of(alarms.alarms().subList(0, 1));
      case Recognised.Silenced silenced -> incident(silenced.what(), file);
      case Recognised.Composite _, Recognised.NotOurs _, Recognised.Unreadable _ ->
          throw new Unusable("%s: no alarm of a load balancer: %s".formatted(file, recognised));
    };
  }
}
