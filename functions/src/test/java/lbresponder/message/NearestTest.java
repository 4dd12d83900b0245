package lbresponder.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> KNOWN =
      List.of("diagnose", "doctor", "replay", "record", "web", "web-api-blue");

  @ParameterizedTest
  @CsvSource({
    "dignose, diagnose", // one left out
    "diagnosse, diagnose", // one added
    "dianogse, diagnose", // swapped
    "DIAGNOSE, diagnose", // another case
    "reply, replay",
    "wbe, web", // swapped: one change in three letters
    "api, web-api-blue", // a part of it
    "doktor, doctor",
  })
  void whatIsNearIsMeant(String word, String meant) {
    assertThat(Nearest.to(word, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"repair", "wxy", "ap", "colour", "xyz-abc"})
  void whatIsFarIsNot(String word) {
    assertThat(Nearest.to(word, KNOWN)).isEmpty();
    assertThat(Nearest.question(word, KNOWN)).isEmpty();
  }

  @Test
  void changesAreCounted() {
    assertThat(Nearest.changes("", "")).isZero();
    assertThat(Nearest.changes("", "abc")).isEqualTo(3);
    assertThat(Nearest.changes("abc", "")).isEqualTo(3);
    assertThat(Nearest.changes("abc", "acb")).isEqualTo(1);
    assertThat(Nearest.changes("abcd", "badc")).isEqualTo(2);
    assertThat(Nearest.changes("kitten", "sitting")).isEqualTo(3);
  }
}
