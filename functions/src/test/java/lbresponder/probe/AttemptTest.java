package lbresponder.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.probe.Endpoint.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Real sockets on loopback: what one attempt says of what it got.
class AttemptTest {
  /// What a server does with one connection.
  private interface Behaviour {
    void with(Socket client) throws IOException, InterruptedException;
  }

  private static Connection meet(Behaviour behaviour, Stage... stages) throws IOException {
    return meet(behaviour, null, false, stages);
  }

  private static Connection meet(
      Behaviour behaviour, @Nullable String proxyHeader, boolean http2, Stage... stages)
      throws IOException {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Socket client = server.accept()) {
                  behaviour.with(client);
                } catch (IOException | InterruptedException over) {
                  Thread.currentThread().interrupt();
                }
              });
      Endpoint endpoint =
          new Endpoint(
              "t",
              "127.0.0.1",
              server.getLocalPort(),
              ProbeResult.Purpose.TRAFFIC,
              "",
              "",
              List.of(stages),
              null,
              "/health",
              http2,
              proxyHeader,
              600,
              0);
      return Attempt.at(endpoint, InetAddress.getLoopbackAddress(), 500, 60_000);
    }
  }

  private static void say(Socket client, String text) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static String heard(Socket client) throws IOException {
    byte[] bytes = new byte[2048];
    int length = client.getInputStream().read(bytes);
    return new String(bytes, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aConnectAlone() throws IOException {
    assertThat(meet(client -> Thread.sleep(50))).isInstanceOf(Connection.Connected.class);
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    assertThat(
            Attempt.at(
                GuardTest.endpoint("127.0.0.1", port),
                InetAddress.getLoopbackAddress(),
                500,
                60_000))
        .isInstanceOf(Connection.Refused.class);
  }

  @Test
  void anAnswerWithItsStatusAndServer() throws IOException {
    Connection met =
        meet(
            client -> {
              assertThat(heard(client)).startsWith("GET /health HTTP/1.1\r\nHost: 127.0.0.1:");
              say(client, "HTTP/1.1 404 Not Found\r\nServer: nginx\r\n\r\nbody");
            },
            Stage.HTTP);
    assertThat(met)
        .isInstanceOfSatisfying(
            Connection.Answered.class,
            answer -> {
              assertThat(answer.status()).isEqualTo(404);
              assertThat(answer.server()).isEqualTo("nginx");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "'SSH-2.0-OpenSSH_9.2\n', Malformed",
    "'HTTP/1.1 abc\r\n', Malformed",
    "'HTTP/1.1 200 OK\r\nA: b\r\n', Answered",
    "'HTTP/1.1 2', Malformed",
    "'', Closed",
  })
  void whatEndsEarly(String said, String was) throws IOException {
    Connection met =
        meet(
            client -> {
              heard(client);
              say(client, said.replace("\\r", "\r").replace("\\n", "\n"));
            },
            Stage.HTTP);
    assertThat(met.getClass().getSimpleName()).isEqualTo(was);
  }

  @Test
  void endlessHeadersAreAnAnswerAllTheSame() throws IOException {
    assertThat(
            meet(
                client -> {
                  heard(client);
                  say(client, "HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(100_000));
                },
                Stage.HTTP))
        .isInstanceOf(Connection.Answered.class);
  }

  @Test
  void silenceAndOneByteASecond() throws IOException {
    assertThat(meet(client -> Thread.sleep(2000), Stage.HTTP))
        .isInstanceOf(Connection.Silent.class);
    assertThat(
            meet(
                client -> {
                  for (char one : "HTTP/1.1 200 OK".toCharArray()) {
                    say(client, String.valueOf(one));
                    Thread.sleep(200);
                  }
                },
                Stage.HTTP))
        .isInstanceOf(Connection.Silent.class);
  }

  @Test
  void aReset() throws IOException {
    assertThat(
            meet(
                client -> {
                  heard(client);
                  client.setSoLinger(true, 0);
                },
                Stage.HTTP))
        .isInstanceOf(Connection.Reset.class);
  }

  @Test
  void plainWordsOnATlsPort() throws IOException {
    assertThat(
            meet(
                client -> {
                  heard(client);
                  say(client, "HTTP/1.1 400 Bad Request\r\n\r\n");
                  Thread.sleep(100);
                },
                Stage.TLS))
        .isInstanceOfSatisfying(
            Connection.TlsFailed.class,
            failed -> assertThat(failed.failure()).isEqualTo(Connection.TlsFailure.PLAINTEXT));
  }

  @Test
  void http2IsAnsweredWithSettings() throws IOException {
    assertThat(
            meet(
                client -> {
                  assertThat(heard(client)).startsWith("PRI * HTTP/2.0");
                  say(client, "\0\0\0\4\0\0\0\0\0");
                },
                null,
                true,
                Stage.HTTP))
        .isInstanceOf(Connection.AnsweredHttp2.class);
    assertThat(
            meet(
                client -> {
                  heard(client);
                  say(client, "HTTP/1.1 400 Bad Request\r\n\r\n");
                },
                null,
                true,
                Stage.HTTP))
        .isInstanceOf(Connection.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v2"})
  void theProxyHeaderComesFirst(String version) throws IOException {
    assertThat(
            meet(
                client -> {
                  String first = heard(client);
                  assertThat(first)
                      .startsWith(
                          version.equals("v1")
                              ? "PROXY TCP4 127.0.0.1 127.0.0.1 "
                              : "\r\n\r\n\0\r\nQUIT\n!\21\0\f");
                  say(client, "HTTP/1.1 200 OK\r\n\r\n");
                },
                version,
                false,
                Stage.HTTP))
        .isInstanceOf(Connection.Answered.class);
  }

  @Test
  void whatFailsIsTriedFiveTimesAndWhatWorksOnce() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    Sweep sweep = new Sweep(Guard.within("127.0.0.0/8", true));
    assertThat(sweep.run(List.of(GuardTest.endpoint("127.0.0.1", port))).getFirst().attempts())
        .hasSize(5)
        .hasOnlyElementsOfType(Connection.Refused.class);
    assertThat(Sweep.bound(List.of(GuardTest.endpoint("127.0.0.1", port)))).isEqualTo(7500);
  }

  @ParameterizedTest
  @CsvSource({
    "host.example, 80, 'endpoints[0].address: found `host.example`, expected an IPv4 or IPv6"
        + " address'",
    "10.0.0.1, 0, 'endpoints[0].port: found 0, expected 1 to 65535'",
  })
  void aRequestItCannotUseIsNamedAndNothingIsDialled(String address, int port, String said) {
    assertThatThrownBy(
            () ->
                new Sweep(Guard.within("0.0.0.0/0", true))
                    .run(List.of(GuardTest.endpoint(address, port))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(said);
  }
}
