package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.2.32/28, 10.0.2.34, true",
    "10.0.2.32/28, 10.0.2.48, false",
    "10.0.0.0/8, 10.255.255.255, true",
    "0.0.0.0/0, 203.0.113.5, true",
    "10.0.2.34/32, 10.0.2.34, true",
    "2001:db8::/64, 2001:db8::5, true",
    "2001:db8::/64, 2001:db8:0:1::5, false",
    "2001:db8:0:0:0:0:0:0/64, 2001:db8:0:0:1:2:3:4, true",
    "::/0, 2001:db8::1, true",
    "fd00::1:0/112, fd00::1:8, true",
    "0.0.0.0/0, 2001:db8::1, false",
    "::/0, 10.0.0.1, false",
    "10.0.0.0/33, 10.0.0.0, false",
    "10.0.0.0, 10.0.0.0, false",
    "10.0.0/24, 10.0.0.1, false",
    "10.0.0.256/24, 10.0.0.1, false",
    "10.0.0.0/x, 10.0.0.1, false",
    "10.0.0.0/24, i-0abc, false",
    "1::2::3/64, 1::2, false",
    "12345::/16, 1::, false",
  })
  void holds(String range, String address, boolean holds) {
    assertThat(Ranges.holds(range, address)).isEqualTo(holds);
  }
}
