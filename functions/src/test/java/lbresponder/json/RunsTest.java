package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          []                                          | []
          [[00:00,1]]                                 | [[00:00,1]]
          [[00:00,1],[00:01,2]]                       | [[00:00,1],[00:01,2]]
          [[00:00,1],[00:01,1]]                       | [[00:00,00:02,1]]
          [[00:00,1],[00:01,1],[00:02,2],[00:03,2]]   | [[00:00,00:02,1],[00:02,00:04,2]]
          [[00:00,1],[00:05,1]]                       | [[00:00,1],[00:05,1]]
          [[00:00,1],[00:05,1],[00:10,1]]             | [[00:00,00:15,1,300]]
          [[00:00,1],[00:00,1],[00:00,1]]             | [[00:00,1],[00:00,1],[00:00,1]]
          [[00:03,1],[00:02,1],[00:01,1]]             | [[00:03,1],[00:02,1],[00:01,1]]
          [[00:00,1],[00:05,1],[00:10,1],[00:15,1],[00:16,1]] | [[00:00,00:15,1,300],[00:15,00:17,1]]
          [[00:00,1],[00:05,1],[00:10,1],[00:20,1],[00:21,1]] | [[00:00,00:15,1,300],[00:20,00:22,1]]
          """)
  void equalPointsInARowAreOne(String points, String runs) {
    ObjectNode facts = load(points);
    Runs.join(facts);
    assertThat(facts.toString()).isEqualTo(load(runs).toString());
    Runs.split(facts);
    assertThat(facts.toString()).isEqualTo(load(points).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          [[00:02,00:02,1]]
          [[00:02,00:00,1]]
          [[00:00,00:05,1,0]]
          [["soon",00:05,1]]
          [[00:00,00:05]]
          [[00:00,00:05,1,60,7]]
          ["none"]
          """)
  void whatIsNoRunIsLeftForReadingToName(String points) {
    ObjectNode facts = load(points);
    Runs.split(facts);
    assertThat(facts.toString()).isEqualTo(load(points).toString());
  }

  private static ObjectNode load(String points) {
    String times = points.replaceAll("(\\d\\d:\\d\\d)", "\"2026-01-02T$1:00Z\"");
    return FactsJson.object(
        "{\"load\":{\"periodSeconds\":60,\"series\":[{\"points\":%s}]}}".formatted(times), "test");
  }
}
