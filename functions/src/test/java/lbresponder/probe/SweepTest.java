package lbresponder.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.probe.Endpoint.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real sockets on loopback: who is asked how often, in which protocol, and until when.
class SweepTest {
  private static final int ANSWER_MILLIS = 2400;
  private static final String OK = "HTTP/1.1 200 OK\r\n\r\n";

  private final List<Closeable> servers = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// What a target does with a connection.
  private interface Manner {
    /// @param hello the first byte that came
    void with(Socket client, int hello) throws IOException, InterruptedException;
  }

  @AfterEach
  void close() throws IOException {
    for (Closeable server : servers) {
      server.close();
    }
  }

  private int serve(Manner manner) throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    servers.add(server);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket client = server.accept();
                  connections.incrementAndGet();
                  Thread.ofVirtual().start(() -> treat(client, manner));
                }
              } catch (IOException closed) {
                Thread.currentThread().interrupt();
              }
            });
    return server.getLocalPort();
  }

  private static void treat(Socket client, Manner manner) {
    try (client) {
      InputStream in = client.getInputStream();
      int hello = in.read();
      in.read(new byte[2048]);
      manner.with(client, hello);
    } catch (IOException | InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    client.getOutputStream().flush();
  }

  private static Endpoint endpoint(int port, boolean http2, Purpose purpose, Stage... stages) {
    return new Endpoint(
        "t:" + port,
        "127.0.0.1",
        port,
        purpose,
        "g",
        "z",
        List.of(stages),
        null,
        null,
        http2,
        null,
        ANSWER_MILLIS,
        0);
  }

  /// Plain HTTP, and where that fails over TLS.
  private static List<Endpoint> plain(int port) {
    return List.of(
        endpoint(port, false, Purpose.TRAFFIC, Stage.HTTP),
        endpoint(port, false, Purpose.ALTERNATE_PROTOCOL, Stage.TLS, Stage.HTTP));
  }

  /// What was met as traffic, and in the other protocol.
  private static List<List<Connection>> sweep(
      List<Endpoint> endpoints, @Nullable Integer limitMillis) {
    return new Sweep(Guard.within("127.0.0.0/8", true))
        .run(new ProbeRequest(endpoints, limitMillis)).results().stream()
            .map(Sweep.Result::attempts)
            .toList();
  }

  @Test
  void whatHangsIsAskedOnceInTheOtherProtocolWhileItIsTriedAgain() throws IOException {
    int port = serve((_, _) -> Thread.sleep(20_000));
    long began = System.nanoTime();
    List<List<Connection>> met = sweep(plain(port), null);
    assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(2 * ANSWER_MILLIS);
    assertThat(met.getFirst()).hasSize(5).hasOnlyElementsOfType(Connection.Silent.class);
    assertThat(met.getLast()).singleElement().isInstanceOf(Connection.Silent.class);
    assertThat(connections).hasValue(6);
  }

  @Test
  void garbageIsAskedOnceInTheOtherProtocol() throws IOException {
    int port =
        serve(
            (client, hello) -> {
              if (hello == 'G') {
                say(client, "\1\2garbage");
              }
              Thread.sleep(20_000);
            });
    List<List<Connection>> met = sweep(plain(port), null);
    assertThat(met.getFirst()).hasSize(5).hasOnlyElementsOfType(Connection.Malformed.class);
    assertThat(met.getLast()).singleElement().isInstanceOf(Connection.Silent.class);
    assertThat(connections).hasValue(6);
  }

  /// It waits for the rest of what it takes for a record, and takes its time with a hello.
  @Test
  void aSlowTlsHostIsStillHeard() throws IOException {
    int port =
        serve(
            (client, hello) -> {
              Thread.sleep(hello == 'G' ? 20_000 : 1900);
              client.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, 40});
              client.getOutputStream().flush();
              Thread.sleep(1000);
            });
    assertThat(sweep(plain(port), null).getLast())
        .singleElement()
        .isInstanceOfSatisfying(
            Connection.TlsFailed.class,
            failed -> assertThat(failed.failure()).isEqualTo(Connection.TlsFailure.HANDSHAKE));
  }

  @Test
  void whatAnswersSlowlyButInTimeIsAskedOnce() throws IOException {
    int port =
        serve(
            (client, _) -> {
              Thread.sleep(1500);
              say(client, OK);
            });
    List<List<Connection>> met = sweep(plain(port), null);
    assertThat(met.getFirst()).singleElement().isInstanceOf(Connection.Answered.class);
    assertThat(met.getLast()).singleElement().isInstanceOf(Connection.NotDialled.class);
    assertThat(connections).hasValue(1);
  }

  /// What doubted it in the meantime is not told.
  @Test
  void whatAnswersAtTheLastMomentWorks() throws IOException {
    int port =
        serve(
            (client, hello) -> {
              Thread.sleep(hello == 'G' ? 2100 : 0);
              say(client, OK);
            });
    assertThat(sweep(plain(port), null).getFirst())
        .singleElement()
        .isInstanceOf(Connection.Answered.class);
  }

  @Test
  void aTargetThatHangsOnHttp2IsHeardInHttp1HoweverSlow() throws IOException {
    int port =
        serve(
            (client, hello) -> {
              Thread.sleep(hello == 'P' ? 20_000 : 1900);
              say(client, OK);
            });
    List<List<Connection>> met =
        sweep(
            List.of(
                endpoint(port, true, Purpose.TRAFFIC, Stage.HTTP),
                endpoint(port, false, Purpose.ALTERNATE_PROTOCOL, Stage.HTTP)),
            null);
    assertThat(met.getFirst()).hasSize(5).hasOnlyElementsOfType(Connection.Silent.class);
    assertThat(met.getLast()).singleElement().isInstanceOf(Connection.Answered.class);
  }

  /// As a responder of an older version asks.
  @Test
  void theOtherProtocolAloneIsAskedOnce() throws IOException {
    int port = serve((_, _) -> {});
    assertThat(sweep(plain(port).subList(1, 2), null).getFirst())
        .singleElement()
        .isInstanceOf(Connection.Closed.class);
  }

  @Test
  void silenceThatWasNotWaitedForIsNotTold() throws IOException {
    int port = serve((_, _) -> Thread.sleep(20_000));
    long began = System.nanoTime();
    List<List<Connection>> met = sweep(plain(port), 700);
    assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(1500);
    assertThat(met.getFirst())
        .singleElement()
        .asString()
        .matches("NotDialled\\[why=not finished: \\d+ ms were left of the time to probe\\]");
  }

  /// Each byte comes before any read is given up.
  @Test
  void aByteAtATimeOfTlsEndsWithTheTimeToAnswer() throws IOException {
    int port =
        serve(
            (client, _) -> {
              say(client, "\26\3\3\77\0\2\0\0\77");
              for (int i = 0; i < 100; i++) {
                Thread.sleep(200);
                say(client, "x");
              }
            });
    long began = System.nanoTime();
    assertThat(sweep(List.of(plain(port).getLast()), null).getFirst())
        .singleElement()
        .isInstanceOf(Connection.Silent.class);
    assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(ANSWER_MILLIS + 1000);
  }
}
