package lbresponder.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.1.5, true",
    "10.0.255.255, true",
    "10.1.0.0, false",
    "192.0.2.1, false",
    "169.254.169.254, false",
    "169.254.170.2, false",
    "127.0.0.1, false",
    "127.1, false",
    "0.0.0.0, false",
    "0.0.0.1, false",
    "224.0.0.1, false",
    "255.255.255.255, false",
    "::1, false",
    "::ffff:127.0.0.1, false",
    "::ffff:169.254.169.254, false",
    "::ffff:10.0.1.5, true",
    "fe80::1, false",
    "fd00:ec2::254, false",
    "ff02::1, false",
    "2001:db8::7, true",
    "2001:db9::7, false",
  })
  void onlyTheRangesOfTheDeployment(String address, boolean allowed) {
    Guard guard = Guard.within("10.0.0.0/16, 2001:db8::/32", false);
    assertThat(guard.objection(InetAddress.ofLiteral(address)).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void withoutRangesNothing() {
    assertThat(Guard.within("", false).objection(InetAddress.ofLiteral("10.0.0.1")))
        .isEqualTo("refused: outside the ranges this prober was deployed for");
  }

  @Test
  void evenAnywhereIsNotEverywhere() {
    Guard guard = Guard.anywhere();
    assertThat(guard.objection(InetAddress.ofLiteral("10.0.0.1"))).isEmpty();
    assertThat(guard.objection(InetAddress.ofLiteral("169.254.169.254"))).isNotEmpty();
    assertThat(guard.objection(InetAddress.ofLiteral("127.0.0.1"))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0", "10.0.0.0/33", "here/8", "10.0.0.0/x", "/8"})
  void aRangeThatIsNoneIsNamed(String text) {
    assertThatThrownBy(() -> Guard.within(text, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("LB_RESPONDER_PROBE_CIDRS")
        .hasMessageContaining("`" + text + "`");
  }

  /// Every loopback address but one is out of range, and a listener waits on all of them: whoever
  /// is reached although it was not described would be counted.
  @Test
  void nobodyOutsideTheDescribedSetIsReached() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger outside = new AtomicInteger();
    try (ServerSocket described = listener("127.0.0.1", 0, inside);
        ServerSocket other = listener("127.0.0.2", described.getLocalPort(), outside);
        ServerSocket third = listener("127.9.9.9", described.getLocalPort(), outside)) {
      assertThat(third.getLocalPort()).isEqualTo(other.getLocalPort());
      Sweep sweep = new Sweep(Guard.within("127.0.0.1/32", true));
      Random random = new Random(7);
      int allowed = 0;
      for (int round = 0; round < 10; round++) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
          String address =
              List.of("127.0.0.1", "127.0.0.2", "127.9.9.9", "::ffff:127.0.0.2", "169.254.169.254")
                  .get(random.nextInt(5));
          allowed += address.equals("127.0.0.1") ? 1 : 0;
          endpoints.add(endpoint(address, described.getLocalPort()));
        }
        for (Sweep.Result result : sweep.run(endpoints)) {
          if (!result.endpoint().address().equals("127.0.0.1")) {
            assertThat(result.attempts()).hasOnlyElementsOfType(Connection.NotDialled.class);
          }
        }
      }
      // A connect succeeds before its server has counted it.
      for (int i = 0; i < 200 && inside.get() < allowed; i++) {
        Thread.sleep(50);
      }
      assertThat(inside.get()).isEqualTo(allowed);
      assertThat(outside).hasValue(0);
    }
  }

  private static ServerSocket listener(String address, int port, AtomicInteger count)
      throws IOException {
    ServerSocket server = new ServerSocket(port, 600, InetAddress.ofLiteral(address));
    Thread.ofVirtual()
        .start(
            () -> {
              while (!server.isClosed()) {
                try {
                  server.accept().close();
                  count.incrementAndGet();
                } catch (IOException closed) {
                  return;
                }
              }
            });
    return server;
  }

  static Endpoint endpoint(String address, int port) {
    return new Endpoint(
        address,
        address,
        port,
        ProbeResult.Purpose.TRAFFIC,
        "g",
        "z",
        List.of(),
        null,
        null,
        false,
        null,
        1000,
        0);
  }
}
