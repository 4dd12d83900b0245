package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Check;
import lbresponder.report.text.Screen;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

/// What the README shows is what the code does. With `-Dupdate` the README is rewritten instead.
class ReadmeTest {
  private static final Path ROOT = Path.of("..");
  private static final Path README = ROOT.resolve("README.md");
  private static final Pattern REPORT =
      Pattern.compile(
          "<!-- report events/incidents/(\\S+)\\.txt -->\n```\n(.*?)```\n<!-- end -->",
          Pattern.DOTALL);
  private static final Pattern SLACK =
      Pattern.compile("<!-- slack -->\n```\n(.*?)```\n<!-- end -->", Pattern.DOTALL);
  private static final Pattern CAUSES =
      Pattern.compile("<!-- causes -->\n(.*?)<!-- end -->", Pattern.DOTALL);

  @Test
  void theReportShownIsThatOfARecordedIncident() throws IOException {
    Matcher shown = find(REPORT);
    hold(
        shown,
        2,
        Screen.write(RecordedFacts.report(RecordedFacts.of(shown.group(1))), Screen.USUAL_WIDTH));
  }

  @Test
  void theSlackMessageShownIsTheTestedOne() throws IOException {
    String picture =
        Files.readString(Path.of("src/test/resources/lbresponder/channel/slack-message.txt"));
    hold(find(SLACK), 1, picture.substring(0, picture.indexOf("\nin the thread:")));
  }

  @Test
  void theTableOfCausesIsTheRunbook() throws IOException {
    String table =
        Runbook.CHECKS.stream()
            .map(ReadmeTest::row)
            .collect(Collectors.joining("", "| cause | says | what to do |\n|---|---|---|\n", ""));
    hold(find(CAUSES), 1, table);
  }

  private static String row(Check check) {
    return "| `%s` | %s | %s |\n".formatted(check.id(), check.title(), check.advice());
  }

  private static Matcher find(Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(Files.readString(README));
    assertThat(matcher.find()).as("README.md has a block %s", pattern).isTrue();
    return matcher;
  }

  private static void hold(Matcher shown, int group, String expected) throws IOException {
    if (System.getProperty("update") != null) {
      String text = Files.readString(README);
      Files.writeString(
          README,
          text.substring(0, shown.start(group)) + expected + text.substring(shown.end(group)));
    } else {
      assertThat(shown.group(group)).isEqualTo(expected);
    }
  }
}
