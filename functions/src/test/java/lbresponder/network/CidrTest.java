package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
  private static Cidr cidr(String text) {
    return Objects.requireNonNull(Cidr.parse(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/24",
        "10.0.0",
        "10.0.0.0.0",
        "10.0.0.256",
        "10.0.0.-1",
        "10.0.0.0001",
        "10..0.1",
        "10.0.0.x",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/0024",
        "::/",
        "::/129",
        "::/x",
        "::/1/",
        ":",
        ":::",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4::5:6:7:8",
        "1:2:3:4:5:6:7:8::",
        "1:2:3:4:5:6:7:8:9::",
        "1::2::3",
        "12345::",
        "g::"
      })
  void neitherAnAddressNorARange(String text) {
    assertThat(Cidr.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1::8, 1:0:0:0:0:0:0:8",
    "10.0.0.255/32, 10.0.0.255",
    "10.0.255.255/0, 0.0.0.0/0",
    "ffff::ffff/64, ffff::/64",
    "::ffff/128, ::ffff"
  })
  void anotherSpelling(String text, String same) {
    assertThat(cidr(text)).isEqualTo(cidr(same));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/24, 10.0.0.0/24, true, true",
    "10.0.0.0/16, 10.0.0.0/24, true, true",
    "10.0.0.0/24, 10.0.0.0/16, false, true",
    "10.0.0.0/24, 10.0.1.0/24, false, false",
    "0.0.0.0/0, ::/0, false, false",
    "::/0, 0.0.0.0/0, false, false",
    "2001:db8::/32, 2001:db8:ffff::/48, true, true",
    "2001:db8::/64, 2001:db8::/32, false, true",
    "2001:db8::/64, 2001:db8:0:1::/64, false, false",
    "2001:db8::/112, 2001:db8::1:0/112, false, false"
  })
  void containsAndOverlaps(String range, String other, boolean contains, boolean overlaps) {
    assertThat(cidr(range).contains(cidr(other))).isEqualTo(contains);
    assertThat(cidr(range).overlaps(cidr(other))).isEqualTo(overlaps);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.0/24, 10.0.1.0, 10.0.1.255",
    "10.0.1.5, 10.0.1.5, 10.0.1.5",
    "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
    "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::12:0/112, 2001:db8::12:0, 2001:db8::12:ffff"
  })
  void firstAndLastAddress(String range, String first, String last) {
    assertThat(cidr(range).first()).isEqualTo(cidr(first));
    assertThat(cidr(range).last()).isEqualTo(cidr(last));
    assertThat(cidr(range).isAddress()).isEqualTo(first.equals(last));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.255, 10.0.2.0",
    "2001:db8::1, 2001:db8::2",
    "2001:db8:0:1:ffff:ffff:ffff:ffff, 2001:db8:0:2::"
  })
  void neighbours(String address, String next) {
    assertThat(cidr(address).next()).isEqualTo(cidr(next));
    assertThat(cidr(next).previous()).isEqualTo(cidr(address));
  }

  /// What comes after the last address of a family is in no range of IPv4.
  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "255.255.255.0/24"})
  void nothingComesAfterTheLast(String range) {
    assertThat(cidr(range).contains(cidr("255.255.255.255").next())).isFalse();
    assertThat(cidr(range).contains(cidr("0.0.0.0").previous())).isFalse();
  }
}
