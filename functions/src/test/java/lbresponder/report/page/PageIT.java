package lbresponder.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lbresponder.report.Report;
import lbresponder.testing.Browser;
import lbresponder.testing.Palette;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages in a real browser: what is seen, on which screens, by whom. With `-Dupdate` the picture of
/// the README is made anew.
class PageIT {
  private static final Path PICTURE = Path.of("../docs/page.png");
  private static final String PICTURED = "SecurityGroupBlocks/the-rule-was-revoked";
  private static final int LARGEST_PICTURE = 150_000;

  /// All that is folded is unfolded.
  private static final String UNFOLD =
      "document.querySelectorAll('details').forEach(one => one.open = true)";

  /// Where everything else begins.
  private static final String REST = "document.querySelector('article').lastElementChild";

  private static final String VIOLATIONS =
      """
      axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.flatMap(
        one => one.nodes.map(node => one.id + ': ' + node.target + ': ' + node.failureSummary)))
      """;

  @TempDir private static Path folder;
  private static Browser browser;
  private static String axe = "";

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    browser = Browser.start(Files.createDirectories(Path.of("target/browser")).toAbsolutePath());
    try (InputStream in =
        Objects.requireNonNull(PageIT.class.getResourceAsStream("/axe.min.js"), "axe-core")) {
      axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  private static Map<String, Report> reports() {
    Report silent = Reports.of("HostSilent/one-host-drops");
    Map<String, Report> reports = new LinkedHashMap<>();
    reports.put("one cause", Reports.of(PICTURED));
    reports.put("probed", silent);
    reports.put("several causes", Reports.of("several/two-walls-one-behind-the-other"));
    reports.put("nothing wrong", Reports.of("nothing/healthy"));
    reports.put("could not look", Reports.of("nothing/nothing-may-be-read"));
    reports.put("a thousand targets", Reports.grown(silent, 1000));
    reports.put("hostile", Reports.hostile(silent));
    return reports;
  }

  @Test
  void everyPageIsWholeOnEveryScreen() throws IOException {
    int looked = 0;
    for (Map.Entry<String, Report> one : reports().entrySet()) {
      Path page = Reports.page(folder, one.getKey(), one.getValue());
      for (int width : List.of(360, 800, 1280)) {
        for (boolean dark : List.of(false, true)) {
          browser.look(width, dark);
          browser.open(page);
          assertSeen(one.getKey(), one.getValue());
          assertFits(one.getKey(), width);
          if (!dark) {
            browser.run(UNFOLD);
            assertFits(one.getKey() + ", unfolded", width);
          }
          assertThat(browser.trouble()).as(one.getKey()).isEmpty();
          looked++;
        }
      }
    }
    assertThat(looked).isEqualTo(7 * 3 * 2);
  }

  /// Text as it is shown: what is folded or hidden is not in it.
  private static void assertSeen(String name, Report report) {
    String seen = browser.run("document.body.innerText").asText();
    assertThat(seen)
        .as(name)
        .contains(report.incident().account().substring(0, 12), "Everything else");
    if (!report.causes().isEmpty()) {
      assertThat(seen).as(name).contains(report.causes().getFirst().title().substring(1, 20));
    }
    if (!report.targets().isEmpty()) {
      assertThat(seen).as(name).contains(report.targets().getFirst().id().substring(0, 10));
    }
    assertThat(seen).as(name).doesNotContain("What this is about\nsummary");
  }

  private static void assertFits(String name, int width) {
    assertThat(browser.run("document.scrollingElement.scrollWidth").asInt())
        .as("%s at %d", name, width)
        .isLessThanOrEqualTo(width);
    assertThat(browser.run("innerWidth").asInt()).isEqualTo(width);
  }

  /// Contrast, names, headings, landmarks, tables: by axe-core's rules, light on a phone and dark
  /// on a desk, with everything unfolded.
  @Test
  void everybodyCanReadIt() throws IOException {
    for (Map.Entry<String, Report> one : reports().entrySet()) {
      Path page =
          Reports.page(
              folder,
              one.getKey(),
              one.getKey().equals("a thousand targets")
                  ? Reports.grown(one.getValue().withTargets(3), 40)
                  : one.getValue());
      for (boolean dark : List.of(false, true)) {
        browser.look(dark ? 1280 : 360, dark);
        browser.open(page);
        browser.run(UNFOLD);
        browser.run(axe + "; 0");
        List<String> violations = new ArrayList<>();
        browser.run(VIOLATIONS).forEach((JsonNode found) -> violations.add(found.asText()));
        assertThat(violations).as("%s, dark: %s", one.getKey(), dark).isEmpty();
      }
    }
  }

  /// The colours are told apart: the page follows what its reader prefers.
  @Test
  void darkIsDark() throws IOException {
    Path page = Reports.page(folder, "colours", Reports.of(PICTURED));
    String paper = "getComputedStyle(document.body).backgroundColor";
    browser.look(800, false);
    browser.open(page);
    assertThat(browser.run(paper).asText()).isEqualTo("rgb(255, 255, 255)");
    browser.look(800, true);
    assertThat(browser.run(paper).asText()).isEqualTo("rgb(18, 22, 27)");
  }

  /// A browser of another day draws letters a little differently: that the picture is there is
  /// held, not its bytes.
  @Test
  void thePictureOfTheReadmeIsThere() throws IOException {
    if (System.getProperty("update") != null) {
      browser.look(1000, false);
      browser.open(Reports.page(folder, "pictured", Reports.of(PICTURED)));
      Files.createDirectories(PICTURE.resolveSibling("."));
      int top = browser.run(REST + ".getBoundingClientRect().top").asInt();
      Files.write(PICTURE, Palette.indexed(Base64.getDecoder().decode(browser.picture(1000, top))));
    }
    assertThat(PICTURE).exists();
    assertThat(Files.size(PICTURE)).isLessThan(LARGEST_PICTURE);
  }
}
