package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lbresponder.cause.Runbook;
import lbresponder.docs.Documents;
import lbresponder.report.ReportJson;
import lbresponder.report.text.Screen;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

/// What the README shows is what the code does, and it stays a page to be read.
class ReadmeTest {
  private static final String README = "README.md";
  private static final int MOST_LINES = 120;

  /// Of the message in Slack the README shows the begin, the page of channels all.
  private static final int SLACK_LINES = 4;

  private static final String EXAMPLE = "SecurityGroupBlocks/the-rule-was-revoked";
  private static final int JSON_LINES = 43;

  private static final Pattern REPORT =
      Pattern.compile("<!-- (report events/incidents/(\\S+)\\.txt) -->");

  @Test
  void theReportShownIsThatOfARecordedIncident() {
    Matcher shown = REPORT.matcher(Documents.read(README));
    assertThat(shown.find()).as("a report is shown").isTrue();
    Documents.hold(
        README,
        shown.group(1),
        Documents.fenced(
            Screen.write(
                RecordedFacts.report(RecordedFacts.of(shown.group(2))), Screen.USUAL_WIDTH)));
  }

  @Test
  void theSlackMessageShownIsTheTestedOne() throws IOException {
    String picture =
        Files.readString(Path.of("src/test/resources/lbresponder/channel/slack-message.txt"));
    List<String> lines = picture.substring(0, picture.indexOf("\nin the thread:")).lines().toList();
    Documents.hold("docs/channels.md", "slack", folded(lines));
    Documents.hold(README, "slack", folded(lines.subList(0, SLACK_LINES)));
  }

  @Test
  void theExampleOfAReportIsThatOfTheIncident() {
    String json = ReportJson.pretty(RecordedFacts.report(RecordedFacts.of(EXAMPLE)));
    String begin = json.lines().limit(JSON_LINES).collect(Collectors.joining("\n", "", "\n  …\n"));
    Documents.hold("docs/report.md", "json", folded(begin.lines().toList()));
  }

  private static String folded(List<String> lines) {
    return Documents.fenced(
        lines.stream()
            .map(line -> line.isEmpty() ? "\n" : Documents.folded(line, "  "))
            .collect(Collectors.joining()));
  }

  @Test
  void itCountsTheCauses() {
    assertThat(Documents.read(README)).contains("\n%d [causes]".formatted(Runbook.CHECKS.size()));
  }

  @Test
  void itIsShort() {
    assertThat(Documents.read(README).lines().count()).isLessThanOrEqualTo(MOST_LINES);
  }
}
