package lbresponder.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
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

  /// `x` stands for nine equal points, `y` for ten, one in each minute.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          1 2 3 4               | [[00:00,[1,2,3,4]]]
          1 2 3                 | [[00:00,1],[00:01,2],[00:02,3]]
          1 2 3 3               | [[00:00,1],[00:01,2],[00:02,00:04,3]]
          1 1 2 2 1 1 0.5       | [[00:00,[1,1,2,2,1,1,0.5]]]
          1 2 3 4 - 5           | [[00:00,[1,2,3,4]],[00:05,5]]
          1 2 3 - 4             | [[00:00,1],[00:01,2],[00:02,3],[00:04,4]]
          1 2 x 3               | [[00:00,[1,2,9,9,9,9,9,9,9,9,9,3]]]
          1 2 3 4 y             | [[00:00,[1,2,3,4]],[00:04,00:14,9]]
          1 2 3 y               | [[00:00,1],[00:01,2],[00:02,3],[00:03,00:13,9]]
          y 1 2 3 4             | [[00:00,00:10,9],[00:10,[1,2,3,4]]]
          """)
  void valuesThatKeepChangingAreAList(String values, String runs) {
    String minutes = values.replace("x", "9 ".repeat(9)).replace("y", "9 ".repeat(10));
    ObjectNode facts = load(oneInEachMinute(minutes, ""));
    Runs.join(facts);
    assertThat(facts.toString()).isEqualTo(load(runs).toString());
    Runs.split(facts);
    assertThat(facts.toString()).isEqualTo(load(oneInEachMinute(minutes, "")).toString());
  }

  /// Metrics are numbers with decimals, which most do not need.
  @Test
  void wholeNumbersAreListedWithoutDecimals() {
    ObjectNode facts = load(oneInEachMinute("1 2 3 4", ".0"));
    Runs.join(facts);
    assertThat(facts.toString()).isEqualTo(load("[[00:00,[1,2,3,4]]]").toString());
  }

  private static String oneInEachMinute(String values, String decimals) {
    List<String> points = new ArrayList<>();
    int minute = 0;
    for (String value : values.strip().split(" +", -1)) {
      if (!value.equals("-")) {
        points.add("[00:%02d,%s%s]".formatted(minute, value, decimals));
      }
      minute++;
    }
    return points.toString();
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
          [["soon",[1,2,3]]]
          [[00:00,{"a":1}]]
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
