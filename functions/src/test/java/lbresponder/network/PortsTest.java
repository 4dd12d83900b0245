package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {
  /// 10 to 20 and 30 to 40.
  private static final Ports PORTS = Ports.of(30, 40).plus(Ports.of(10, 20));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # from | to | both           | without        | together
          1      | 9  |                | 10-20, 30-40   | 1-20, 30-40
          1      | 8  |                | 10-20, 30-40   | 1-8, 10-20, 30-40
          1      | 10 | 10             | 11-20, 30-40   | 1-20, 30-40
          10     | 15 | 10-15          | 16-20, 30-40   | 10-20, 30-40
          15     | 15 | 15             | 10-14, 16-20, 30-40 | 10-20, 30-40
          15     | 20 | 15-20          | 10-14, 30-40   | 10-20, 30-40
          15     | 35 | 15-20, 30-35   | 10-14, 36-40   | 10-40
          20     | 30 | 20, 30         | 10-19, 31-40   | 10-40
          21     | 29 |                | 10-20, 30-40   | 10-40
          22     | 28 |                | 10-20, 30-40   | 10-20, 22-28, 30-40
          10     | 40 | 10-20, 30-40   |                | 10-40
          11     | 40 | 11-20, 30-40   | 10             | 10-40
          10     | 39 | 10-20, 30-39   | 40             | 10-40
          40     | 50 | 40             | 10-20, 30-39   | 10-20, 30-50
          41     | 50 |                | 10-20, 30-40   | 10-20, 30-50
          42     | 50 |                | 10-20, 30-40   | 10-20, 30-40, 42-50
          """)
  void withOtherPorts(
      int from, int to, @Nullable String both, @Nullable String without, String together) {
    assertThat(PORTS.and(from, to)).hasToString(both == null ? "" : both);
    assertThat(PORTS.without(from, to)).hasToString(without == null ? "" : without);
    assertThat(PORTS.plus(Ports.of(from, to))).hasToString(together);
    assertThat(Ports.of(from, to).plus(PORTS)).isEqualTo(PORTS.plus(Ports.of(from, to)));
  }

  @Test
  void noPorts() {
    assertThat(Ports.of(9, 8)).isEqualTo(Ports.NONE);
    assertThat(Ports.NONE.isEmpty()).isTrue();
    assertThat(PORTS.isEmpty()).isFalse();
    assertThat(Ports.NONE.and(1, 9)).isEqualTo(Ports.NONE);
    assertThat(Ports.NONE.without(1, 9)).isEqualTo(Ports.NONE);
    assertThat(PORTS.plus(Ports.NONE)).isEqualTo(PORTS);
    assertThat(PORTS.intervals())
        .isEqualTo(List.of(new Ports.Interval(10, 20), new Ports.Interval(30, 40)));
  }
}
