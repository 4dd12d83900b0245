package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The incidents that come with the jar; that they are in it is in {@link
/// lbresponder.CommandLineIT}.
class DemoTest {
  private static final Path LIST = Path.of("src/main/resources/lbresponder/demo/list.txt");
  private static final Path EVENTS = Path.of("../events");

  @Test
  void eachHasAReportAndASituationOfOneLine() throws IOException {
    List<Demo> all = Demo.of(LIST, EVENTS, _ -> true);
    assertThat(all).hasSizeBetween(10, 15);
    assertThat(all).extracting(Demo::name).doesNotHaveDuplicates();
    for (Demo demo : all) {
      assertThat(demo.incident().situation()).hasSizeLessThan(110).doesNotContain("Not: ");
      assertThat(Replay.reports(demo.incident(), Path.of(demo.name()), Setup.provider()))
          .as(demo.name())
          .singleElement()
          .satisfies(report -> assertThat(report.summary()).isNotBlank());
    }
  }

  /// What is found in the sources is found in the jar too.
  @Test
  void theBuildTakesWhatTheListNamesAndNoMore() throws IOException {
    List<String> taken =
        Pattern.compile("<include>((?:incidents/|worlds/|)[\\w/-]+\\.(?:txt|json))</include>")
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .map(found -> found.group(1))
            .toList();
    List<String> needed =
        Stream.concat(
                Files.readAllLines(LIST).stream().map(line -> line.split(" +", 2)[1]),
                Demo.of(LIST, EVENTS, _ -> true).stream()
                    .flatMap(demo -> demo.incident().references().keySet().stream()))
            .distinct()
            .toList();
    assertThat(taken).containsExactlyInAnyOrderElementsOf(needed);
  }
}
