package lbresponder.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidrFormatTest {
  private static Cidr cidr(String text) {
    return Objects.requireNonNull(Cidr.parse(text), text);
  }

  /// The examples of RFC 5952, and what they leave out.
  @ParameterizedTest
  @CsvSource({
    "10.0.1.5, 10.0.1.5",
    "10.0.1.5/32, 10.0.1.5",
    "10.0.1.5/24, 10.0.1.0/24",
    "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
    "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
    "2001:db8::0:1, 2001:db8::1",
    "2001:DB8::1, 2001:db8::1",
    "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
    "0:0:0:0:0:0:0:0, ::",
    "::/0, ::/0",
    "0:0:0:0:0:0:0:1, ::1",
    "1:0:0:0:0:0:0:0, 1::",
    "fe80:0:0:0:0:0:0:0/10, fe80::/10",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "2001:db8:0:2:0:0:0:34, 2001:db8:0:2::34"
  })
  void oneSpelling(String text, String spelled) {
    assertThat(CidrFormat.of(cidr(text))).isEqualTo(spelled);
    assertThat(cidr(spelled)).isEqualTo(cidr(text));
  }

  @ParameterizedTest
  @CsvSource({"10.0.1.5, 10.0.1.5/32", "2001:DB8::1, 2001:db8::1/128", "10.0.0.0/8, 10.0.0.0/8"})
  void aRangeHasItsLength(String text, String range) {
    assertThat(CidrFormat.range(cidr(text))).isEqualTo(range);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.1.5, 10.0.1.5:8080",
    "2001:DB8:0::1, [2001:db8::1]:8080",
    "i-0abc, i-0abc:8080",
    "web1, web1:8080"
  })
  void anEndpointHasItsPort(String id, String endpoint) {
    assertThat(CidrFormat.endpoint(id, 8080)).isEqualTo(endpoint);
  }
}
