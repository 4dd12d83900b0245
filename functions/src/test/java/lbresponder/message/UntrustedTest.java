package lbresponder.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UntrustedTest {

  @Test
  void oneLineOfVisibleCharacters() {
    assertThat(Untrusted.clean("", 10)).isEmpty();
    assertThat(Untrusted.clean(" web\r\n\tdown ", 20)).isEqualTo("web down");
    assertThat(Untrusted.clean("Ä <&> 漢字 😀", 20)).isEqualTo("Ä <&> 漢字 😀");
  }

  /// Control, bidi, zero-width, line and paragraph separators, a lone surrogate, private use, tags.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0000",
        "\u001b",
        "\u007f",
        "\u0085",
        "\u00ad",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ud800",
        "\ue000",
        "\udb40\udc41"
      })
  void whatHidesOrReordersTextBecomesASpace(String unseen) {
    assertThat(Untrusted.clean("a" + unseen + unseen + "b", 10)).isEqualTo("a b");
  }

  @Test
  void whatIsCutEndsInAnEllipsisWithinTheLimit() {
    assertThat(Untrusted.clean("abcde", 5)).isEqualTo("abcde");
    assertThat(Untrusted.clean("abcdef", 5)).isEqualTo("abcd…");
    assertThat(Untrusted.clean("😀😀😀", 2)).isEqualTo("😀…");
    assertThat(Untrusted.clean("a" + "\u200b".repeat(1000) + "b", 5)).isEqualTo("a…");
    assertThat(Untrusted.clean("x".repeat(5_000_000), 5)).isEqualTo("xxxx…");
  }
}
