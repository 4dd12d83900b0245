package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class PageOptionTest {
  private static final String STOPPED = "../events/incidents/TargetStopped/only-one-of-three.txt";
  private static final String TITLE = "<title>✗ web: ";

  @TempDir private Path folder;

  @Test
  void aReportIsWrittenAsAPageAndNothingIsPrinted() throws IOException {
    Path file = folder.resolve("page.html");
    assertThat(Ran.run("report", "--html", file.toString(), STOPPED)).isEqualTo(new Ran(0, "", ""));
    assertThat(Files.readString(file)).startsWith("<!DOCTYPE html>\n<html ").contains(TITLE);
  }

  @Test
  void orPrintedAsOne() {
    Ran ran = Ran.run("report", "--html", "-", STOPPED);
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("<!DOCTYPE html>").contains(TITLE).endsWith("</html>\n");
  }

  @Test
  void whatIsThereIsOverwrittenOnlyByForce() throws IOException {
    Path file = Files.writeString(folder.resolve("page.html"), "mine");
    Ran refused = Ran.run("report", "--html", file.toString(), STOPPED);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(file).hasContent("mine");
    assertThat(refused.err()).contains("is there already", "--force");
    assertThat(Ran.run("report", "--html", file.toString(), "--force", STOPPED).code()).isZero();
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
    Ran ran = Ran.run("report", "--html", "/dev/full", "--force", STOPPED);
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).startsWith("/dev/full: cannot be written: ");
  }
}
