package lbresponder.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Provider;
import lbresponder.json.RecordedIncident;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.report.text.RecordedReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = "Replays recorded incidents: facts in, report out. No account, no network.",
    footer = {
      Help.EXAMPLES,
      "  lb-responder replay incident.txt",
      "  lb-responder replay --json events/incidents | jq .summary",
      "  lb-responder replay --check events/incidents"
    })
final class ReplayCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PATH",
      description = "incident files, or folders of them")
  private List<Path> paths = new ArrayList<>();

  @Option(
      names = "--json",
      description = "print reports as JSON, one line for each load balancer of each incident")
  private boolean json;

  @Option(
      names = "--check",
      description =
          "print only where a report differs from the recorded one; exit 1 if any does. Of what was"
              + " ruled out or could not be told, the causes that the recorded report lists are"
              + " compared")
  private boolean check;

  @Mixin private View view = new View();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (check && json) {
      throw new Unusable("--json: not with --check, which prints differences as text");
    }
    Provider provider = Setup.provider();
    List<Path> files = paths.stream().flatMap(ReplayCommand::files).toList();
    int differing = 0;
    for (Path file : files) {
      RecordedIncident incident = Replay.read(file);
      List<Report> reports = Replay.usable(incident, file, provider);
      if (check) {
        differing += differs(file, incident, reports) ? 1 : 0;
      } else {
        print(file, incident, reports, files.size() > 1);
      }
    }
    PrintWriter err = spec.commandLine().getErr();
    if (check) {
      err.println("%d incidents replayed, %d differ".formatted(files.size(), differing));
    }
    return differing == 0 ? Main.OK : Main.DIFFERS;
  }

  private void print(Path file, RecordedIncident incident, List<Report> reports, boolean several) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      reports.forEach(report -> out.print(ReportJson.write(report) + "\n"));
      return;
    }
    if (several) {
      out.print("=== %s%n%s%n%n".formatted(file, incident.situation()));
    }
    out.print(joined(reports.stream().map(view::text)));
    if (several) {
      out.print("\n");
    }
  }

  private static String joined(Stream<String> texts) {
    return texts.collect(Collectors.joining("\n"));
  }

  private boolean differs(Path file, RecordedIncident incident, List<Report> reports) {
    String made =
        joined(reports.stream().map(report -> RecordedReport.again(report, incident.report())));
    if (made.equals(incident.report())) {
      return false;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println("--- " + file + " (recorded)");
    err.println("+++ replayed");
    Difference.between(incident.report(), made).forEach(err::println);
    return true;
  }

  private static Stream<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return Stream.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new Unusable(path + ": no such file or folder");
    }
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> found =
          all.filter(file -> file.toString().endsWith(".txt") && Files.isRegularFile(file))
              .sorted()
              .toList();
      if (found.isEmpty()) {
        throw new Unusable(path + ": holds no recorded incident (*.txt)");
      }
      return found.stream();
    } catch (IOException failure) {
      throw new Unusable(path + ": cannot be listed: " + failure.getMessage());
    }
  }
}
