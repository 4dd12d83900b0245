package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lbresponder.message.Nearest;
import lbresponder.report.Report;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description =
        "Prints the report of a recorded incident, or lists those that there are. No account, no"
            + " network.",
    footer = {
      Help.EXAMPLES,
      "  lb-responder demo",
      "  lb-responder demo security-group --why NoRoute",
      "  lb-responder demo security-group --html page.html"
    })
final class DemoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "NAME", arity = "0..1", description = "the incident; without: a list")
  private @Nullable String name;

  @Mixin private View view = new View();

  @Mixin private PageOption page = new PageOption();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    page.requireUsable(view.option());
    if (name == null && page.isAskedFor()) {
      throw new Unusable("--html: expected the NAME of a demo with it");
    }
    if (name == null) {
      list();
    } else {
      print(named(name));
    }
    return Main.OK;
  }

  private static Demo named(String name) {
    return Demo.named(name).orElseThrow(() -> unknown(name));
  }

  private static Unusable unknown(String name) {
    List<String> names = Demo.all().stream().map(Demo::name).toList();
    return new Unusable(
        "there is no demo %s%s".formatted(name, Nearest.questionOrAll(name, names)));
  }

  private void list() {
    PrintWriter out = spec.commandLine().getOut();
    Demo.all().forEach(demo -> out.printf("%-15s %s%n", demo.name(), demo.incident().situation()));
  }

  private void print(Demo demo) {
    PrintWriter out = spec.commandLine().getOut();
    List<Report> reports = Replay.reports(demo.incident(), Path.of(demo.name()), Setup.provider());
    if (!page.isPrinted()) {
      out.print(reports.stream().map(view::text).collect(Collectors.joining("\n")));
    }
    page.write(reports, out);
  }
}
