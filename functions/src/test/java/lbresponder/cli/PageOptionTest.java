package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class PageOptionTest {
  private static final String STOPPED = "../events/incidents/TargetStopped/only-one-of-three.txt";
  private static final String TITLE = "<title>✗ web: ";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void aReportIsWrittenAsAPageAndNothingIsPrinted() throws IOException {
    Path file = folder.resolve("page.html");
    assertThat(run("report", "--html", file.toString(), STOPPED)).isZero();
    assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>\n<html ").contains(TITLE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void orPrintedAsOne() {
    assertThat(run("report", "--html", "-", STOPPED)).isZero();
    assertThat(out.toString()).startsWith("<!DOCTYPE html>").contains(TITLE).endsWith("</html>\n");
  }

  @Test
  void whatIsThereIsOverwrittenOnlyByForce() throws IOException {
    Path file = Files.writeString(folder.resolve("page.html"), "mine");
    assertThat(run("report", "--html", file.toString(), STOPPED)).isEqualTo(2);
    assertThat(file).hasContent("mine");
    assertThat(err.toString()).contains("is there already", "--force");
    assertThat(run("report", "--html", file.toString(), "--force", STOPPED)).isZero();
    assertThat(Files.readString(file)).contains(TITLE);
  }

  /// What appears while the facts are read is nobody's to overwrite either.
  @Test
  void orWhatCameMeanwhile() throws IOException {
    Path file = folder.resolve("page.html");
    NewFile made = new NewFile(file, false);
    made.requireWritable();
    Files.writeString(file, "mine");
    assertThat(catchThrowable(() -> made.write("page"))).isInstanceOf(Unusable.class);
    assertThat(file).hasContent("mine");
  }

  static boolean hasFullDevice() {
    return Files.exists(Path.of("/dev/full"));
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aFullDiskIsNoticed() {
    assertThat(run("report", "--html", "/dev/full", "--force", STOPPED)).isEqualTo(3);
    assertThat(err.toString()).startsWith("/dev/full: cannot be written: ");
  }
}
