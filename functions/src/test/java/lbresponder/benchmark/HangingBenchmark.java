package lbresponder.benchmark;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.Target;
import lbresponder.journey.Prober;
import lbresponder.journey.TargetProbing;
import lbresponder.probe.Guard;
import lbresponder.testing.RecordedFacts;

/// How long a look takes where targets accept and then do not answer as they should: real sockets
/// on loopback, every try and the question in the other protocol.
final class HangingBenchmark {
  private static final int TARGETS = 20;
  private static final Duration LIMIT = Duration.ofSeconds(36);
  private static final double ASKED_MILLIS = 12_000;

  private HangingBenchmark() {}

  /// What a target does with a connection.
  private interface Manner {
    void with(Socket client) throws IOException, InterruptedException;
  }

  static void run() throws IOException {
    measure("accept and hang", client -> Thread.sleep(60_000));
    measure("send garbage and hang", HangingBenchmark::garbage);
    measure("send headers without an end", HangingBenchmark::headers);
    measure("send one byte a second", client -> slowly(client, "HTTP/1.1 200 OK\r\n"));
    measure("send one byte a second of TLS", client -> slowly(client, "\26\3\3\77\0\2\0\0\77"));
  }

  private static void measure(String what, Manner manner) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 900, InetAddress.ofLiteral("127.0.0.1"))) {
      Thread.ofVirtual().start(() -> serve(server, manner));
      Facts facts = facts(server.getLocalPort());
      Prober here = Prober.here(Guard.within("127.0.0.0/8", true));
      double nanos = Benchmarks.timed(() -> TargetProbing.probed(facts, here, LIMIT, Set.of()));
      Benchmarks.print(
          "a look at %d targets that %s".formatted(TARGETS, what), nanos / 1e6, "ms", ASKED_MILLIS);
    }
  }

  /// As many targets as are asked every question, under the longest timeout of a health check.
  private static Facts facts(int port) {
    Facts recorded = RecordedFacts.of("SecurityGroupBlocks/only-the-health-checks-port-is-open");
    return recorded.mapTargetGroups(
        group ->
            group
                .withHealthCheck(group.healthCheck().withPort(null).withTimeoutSeconds(10))
                .withTargets(
                    group.targets().map(targets -> many(targets.getFirst().withPort(port)))));
  }

  private static List<Target> many(Target target) {
    return IntStream.rangeClosed(1, TARGETS)
        .mapToObj(
            i ->
                target
                    .withId("t" + i)
                    .withAddress("127.0.0.1")
                    .withHealth(Known.unknown("nobody checks")))
        .toList();
  }

  private static void serve(ServerSocket server, Manner manner) {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> treat(client, manner));
      }
    } catch (IOException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void treat(Socket client, Manner manner) {
    try (client) {
      manner.with(client);
    } catch (IOException | InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private static void say(Socket client, String text) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static void garbage(Socket client) throws IOException, InterruptedException {
    // What has a line is answered, a TLS hello is not.
    byte[] read = new byte[16];
    client.getInputStream().read(read);
    if (read[0] == 'G') {
      say(client, "\0\1\2\3garbage");
    }
    Thread.sleep(60_000);
  }

  private static void headers(Socket client) throws IOException, InterruptedException {
    say(client, "HTTP/1.1 200 OK\r\n");
    while (true) {
      say(client, "X: y\r\n");
      Thread.sleep(500);
    }
  }

  private static void slowly(Socket client, String text) throws IOException, InterruptedException {
    for (int i = 0; i < 60; i++) {
      say(client, i < text.length() ? text.substring(i, i + 1) : "x");
      Thread.sleep(1000);
    }
  }
}
