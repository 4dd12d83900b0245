package lbresponder.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Real sockets on loopback: how long a target keeps a connection that nothing is said on.
class IdleProbeTest {
  private static final int HOLD = 600;
  private static final String KEPT = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static Connection held(String answer, int endsAfterMillis, boolean resets)
      throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket client = server.accept()) {
                  client.getInputStream().read(new byte[2048]);
                  client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                  client.getOutputStream().flush();
                  Thread.sleep(endsAfterMillis);
                  client.setSoLinger(resets, 0);
                } catch (IOException | InterruptedException over) {
                  Thread.currentThread().interrupt();
                }
              });
      Endpoint endpoint =
          new Endpoint(
              "t",
              "127.0.0.1",
              server.getLocalPort(),
              ProbeResult.Purpose.KEEP_ALIVE,
              "",
              "",
              List.of(Endpoint.Stage.HTTP),
              null,
              "/health",
              false,
              null,
              1000,
              HOLD);
      return Attempt.at(endpoint, InetAddress.getLoopbackAddress(), 500, 60_000);
    }
  }

  @Test
  void whoKeepsItLonger() throws IOException {
    assertThat(held(KEPT, 5000, false))
        .isInstanceOfSatisfying(
            Connection.HeldOpen.class,
            met -> assertThat(met.idleMillis()).isBetween((long) HOLD - 20, (long) HOLD + 400));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoEndsItEarlier(boolean resets) throws IOException {
    assertThat(held(KEPT, 200, resets))
        .isInstanceOfSatisfying(
            Connection.ClosedIdle.class,
            met -> assertThat(met.idleMillis()).isBetween(150L, (long) HOLD));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nconnection: Close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\n\r\nas long as it lasts"
      })
  void whoSaysSoBeforehandTellsNothing(String answer) throws IOException {
    assertThat(held(answer, 0, false)).isInstanceOf(Connection.Answered.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 2"})
  void whoDoesNotAnswerIsNotHeld(String answer) throws IOException {
    assertThat(held(answer, 0, false))
        .isInstanceOfAny(Connection.Closed.class, Connection.Malformed.class);
  }
}
