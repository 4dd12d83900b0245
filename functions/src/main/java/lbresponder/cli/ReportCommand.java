package lbresponder.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description =
        "Writes the report of a recorded incident as one page to look at. No account, no network.",
    footer = {
      Help.EXAMPLES,
      "  lb-responder report --html page.html incident.txt",
      "  lb-responder report --html - incident.txt | ssh desk 'cat > page.html'"
    })
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "INCIDENT", description = "the file of a recorded incident")
  private Path incident;

  @Mixin private PageOption page = new PageOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (!page.isAskedFor()) {
      throw new ParameterException(
          spec.commandLine(), "--html FILE is missing; as text: lb-responder replay " + incident);
    }
    page.requireUsable(null);
    page.write(
        Replay.usable(Replay.read(incident), incident, Setup.provider()),
        spec.commandLine().getOut());
    return Main.OK;
  }
}
