package lbresponder.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.json.FactsJson;
import lbresponder.probe.Endpoint.Stage;
import lbresponder.testing.Namespaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real packets, a real firewall: every trouble a target can be in, and what the prober calls it.
class NamespaceIT {
  private static final List<String> FIREWALL =
      List.of(
          "tcp dport 8003 drop",
          "tcp dport 8004 reject with tcp reset",
          "tcp dport 8005 reject with icmp type port-unreachable",
          "tcp dport 8006 reject with icmp type host-prohibited",
          "tcp dport 8019 numgen random mod 10 == 0 drop");

  /// A situation, and what it is to be called.
  private record Situation(String name, Endpoint endpoint, String called) {}

  private final List<Situation> situations = new ArrayList<>();

  private void on(String name, int port, String called, Stage... stages) {
    at(name, "10.99.0.2", port, called, stages);
  }

  private void at(String name, String address, int port, String called, Stage... stages) {
    at(name, address, port, called, 0, stages);
  }

  private void at(
      String name, String address, int port, String called, int holdMillis, Stage... stages) {
    situations.add(
        new Situation(
            name,
            new Endpoint(
                name,
                address,
                port,
                ProbeResult.Purpose.TRAFFIC,
                "g",
                "z",
                List.of(stages),
                null,
                "/health",
                false,
                null,
                1500,
                holdMillis),
            called));
  }

  private void describe() {
    on("listening", 8001, "Connected");
    on("nothing listens", 8002, "Refused");
    on("dropped", 8003, "TimedOut");
    on("rejected with a reset", 8004, "Refused");
    on("rejected as port-unreachable", 8005, "Refused");
    on("rejected as host-prohibited", 8006, "HostUnreachable early");
    // The neighbour is given up after three seconds, which is longer than a connect may take.
    at("nobody at the address", "10.99.0.200", 80, "TimedOut");
    at("no route", "10.98.0.1", 80, "NetworkUnreachable");
    on("full accept queue", 8007, "TimedOut");
    on("accepts and is silent", 8008, "Silent HTTP", Stage.HTTP);
    on("accepts and closes", 8009, "Closed HTTP", Stage.HTTP);
    on("accepts and resets", 8010, "Reset", Stage.HTTP);
    on("plain words on a TLS port", 8011, "TlsFailed PLAINTEXT", Stage.TLS, Stage.HTTP);
    on("TLS on a plain port", 8012, "Malformed", Stage.HTTP);
    on("TLS as it should be", 8012, "Secured", Stage.TLS);
    on("no version in common", 8013, "TlsFailed VERSION", Stage.TLS);
    on("TLS 1.0 alone, which load balancers offer too", 8020, "Secured", Stage.TLS);
    on("wants a client certificate", 8014, "TlsFailed CLIENT_CERTIFICATE", Stage.TLS);
    on("answers 404", 8015, "Answered 404", Stage.HTTP);
    on("a status line that is none", 8016, "Malformed", Stage.HTTP);
    on("endless headers", 8017, "Answered 200", Stage.HTTP);
    on("one byte a second", 8018, "Silent HTTP", Stage.HTTP);
    at("ends idle connections early", "10.99.0.2", 8021, "ClosedIdle", 1500, Stage.HTTP);
    at("keeps idle connections", "10.99.0.2", 8022, "HeldOpen", 1500, Stage.HTTP);
    for (int i = 0; i < 20; i++) {
      on("one packet in ten is lost, " + i, 8019, "Connected");
    }
  }

  @Test
  void everyTroubleIsCalledByItsName(@TempDir Path folder) throws Exception {
    describe();
    try (Namespaces network = Namespaces.create()) {
      network.firewall(FIREWALL);
      network.serve(Manners.class, keys(folder).toString());
      ProbeRequest request =
          new ProbeRequest(situations.stream().map(Situation::endpoint).toList(), null);
      ProbeAnswer answer =
          FactsJson.read(network.ask(Asking.class, FactsJson.line(request)), ProbeAnswer.class);
      Map<String, Map<String, Integer>> table = new LinkedHashMap<>();
      List<String> wrong = new ArrayList<>();
      for (int i = 0; i < situations.size(); i++) {
        Situation situation = situations.get(i);
        String met = called(answer.results().get(i).attempts());
        table.computeIfAbsent(situation.called(), _ -> new TreeMap<>()).merge(met, 1, Integer::sum);
        if (!met.equals(situation.called())) {
          wrong.add(situation.name() + ": " + answer.results().get(i).attempts());
        }
      }
      table.forEach((expected, met) -> System.out.printf("  %-32s met %s%n", expected, met));
      System.out.printf(
          "%d situations, %d classes, %d misclassified, %d ms of at most %d%n",
          situations.size(), table.size(), wrong.size(), answer.millis(), answer.boundMillis());
      assertThat(wrong).isEmpty();
      assertThat(table).hasSizeGreaterThanOrEqualTo(12);
      assertThat(answer.millis()).isLessThanOrEqualTo(answer.boundMillis());
    }
  }

  /// One success is a success; otherwise the first attempt, before anything was remembered of the
  /// address.
  private static String called(List<Connection> attempts) {
    return called(
        attempts.stream()
            .filter(Connection.Connected.class::isInstance)
            .findFirst()
            .orElse(attempts.getFirst()));
  }

  private static String called(Connection met) {
    return switch (met) {
      case Connection.HostUnreachable(long millis) ->
          "HostUnreachable " + (millis < 500 ? "early" : "late");
      case Connection.Answered(_, int status, _) -> "Answered " + status;
      case Connection.Closed(_, Connection.Stage during) -> "Closed " + during;
      case Connection.Silent(_, Connection.Stage during) -> "Silent " + during;
      case Connection.TlsFailed(_, Connection.TlsFailure why, _) -> "TlsFailed " + why;
      default -> met.getClass().getSimpleName();
    };
  }

  private static Path keys(Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "t",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=t",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit")
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    return file;
  }
}
