package lbresponder.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import lbresponder.report.Report;
import lbresponder.report.page.Page;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The report as a page beside the printed one, or in its place.
final class PageOption {
  /// Stands for standard output.
  private static final Path STANDARD_OUTPUT = Path.of("-");

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description =
          "write the report as one page to look at, which needs no network; - prints it instead of"
              + " the report")
  private @Nullable Path html;

  @Option(names = "--force", description = "with --html: overwrite the file if there is one")
  private boolean force;

  /// Before anything is read.
  ///
  /// @param otherwise an option that prints as well; null: none is given
  /// @throws Unusable where the page could not be written
  void requireUsable(@Nullable String otherwise) {
    Path file = html;
    if (file == null) {
      if (force) {
        throw new Unusable("--force: expected --html FILE with it");
      }
    } else if (!isPrinted()) {
      new NewFile(file, force).requireWritable();
    } else if (otherwise != null) {
      throw new Unusable("--html -: not with %s, which prints as well".formatted(otherwise));
    }
  }

  boolean isAskedFor() {
    return html != null;
  }

  /// Whether the page is all that is printed.
  boolean isPrinted() {
    return STANDARD_OUTPUT.equals(html);
  }

  /// Nothing where no page is asked for.
  void write(List<Report> reports, PrintWriter out) {
    Path file = html;
    if (file == null) {
      return;
    }
    String page = Page.write(reports);
    if (isPrinted()) {
      out.print(page);
    } else {
      new NewFile(file, force).write(page);
    }
  }
}
