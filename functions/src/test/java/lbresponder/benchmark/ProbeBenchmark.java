package lbresponder.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.json.FactsJson;
import lbresponder.probe.Endpoint;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;
import lbresponder.testing.Answering;
import lbresponder.testing.Namespaces;
import org.jspecify.annotations.Nullable;

/// The prober beside the tools people use, on the same thousand ports in a network of its own: `mvn
/// -q -pl functions toolchains:select-jdk-toolchain test-compile exec:exec@probe-benchmark`, as
/// root on Linux, with nftables; `nmap` and `prometheus-blackbox-exporter` where they are
/// installed. With nmap it takes four minutes.
public final class ProbeBenchmark {
  private static final int PORT = 8080;
  private static final String TCP_PROBER = "/usr/bin/prometheus-blackbox-exporter";
  private static final List<String> MIXED = addresses(128, 129, 130, 131);
  private static final List<String> DROPPED = addresses(132, 133, 134, 135);

  private final Namespaces network;
  private final Path folder;

  private ProbeBenchmark(Namespaces network, Path folder) {
    this.network = network;
    this.folder = folder;
  }

  /// 250 of each third byte.
  private static List<String> addresses(int... thirds) {
    return IntStream.of(thirds)
        .boxed()
        .flatMap(
            third ->
                IntStream.rangeClosed(1, 250)
                    .mapToObj(last -> "10.99.%d.%d".formatted(third, last)))
        .toList();
  }

  public static void main(String[] arguments) throws Exception {
    try (Namespaces network = Namespaces.create("10.99.0.1/24", "10.99.0.2/24")) {
      network.range("10.99.128.0/17", "10.99.0.2");
      network.firewall(
          List.of(
              "ip daddr 10.99.129.0/24 reject with tcp reset",
              "ip daddr 10.99.130.0/24 drop",
              "ip daddr 10.99.131.0/24 reject with icmp type host-prohibited",
              "ip daddr 10.99.132.0/22 drop"));
      network.serve(Answering.class, String.valueOf(PORT));
      new ProbeBenchmark(network, Files.createTempDirectory("probe")).all();
    }
  }

  private void all() throws Exception {
    System.out.printf(
        "1,000 ports; a connect may take %d ms; our prober on one processor with 1,024"
            + " descriptors%n",
        Sweep.CONNECT_MILLIS);
    sweep("a quarter each listening, refused, dropped, prohibited", MIXED);
    Swept dropped = sweep("all dropped", DROPPED);
    Benchmarks.print("probe.jar", Files.size(Path.of("target/probe.jar")) / 1048576.0, "MiB", 3);
    nmap(dropped);
    exporter();
  }

  private record Swept(double millis, double bound, double mebibytes) {}

  private Swept sweep(String what, List<String> addresses) throws Exception {
    Swept swept = swept(what, addresses, null);
    Benchmarks.print(
        "  wall, at most 1.15 of the bound of %.0f".formatted(swept.bound()),
        swept.millis(),
        "ms",
        swept.bound() * 1.15);
    Benchmarks.print("  peak memory of the process", swept.mebibytes(), "MiB", 128);
    return swept;
  }

  /// @param limitMillis no longer than two connects: one attempt each
  private Swept swept(String what, List<String> addresses, @Nullable Integer limitMillis)
      throws Exception {
    List<Endpoint> endpoints = addresses.stream().map(ProbeBenchmark::endpoint).toList();
    List<String> java =
        List.of(
            "bash",
            "-c",
            "ulimit -n 1024; exec taskset -c 0 \"$@\"",
            "prober",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx32m",
            "-cp",
            System.getProperty("java.class.path"),
            Sweeping.class.getName());
    Process process = network.command(java).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out = process.outputWriter(StandardCharsets.UTF_8)) {
      out.write(FactsJson.line(new ProbeRequest(endpoints, limitMillis)));
    }
    String said = process.inputReader().readLine();
    String[] figures = said.split(" ", 5);
    double millis = Double.parseDouble(figures[0]);
    double bound = Double.parseDouble(figures[1]);
    double mebibytes = Double.parseDouble(figures[2]);
    double attempts = Double.parseDouble(figures[3]);
    System.out.printf("%s: %s, %.0f attempts%n", what, figures[4], attempts);
    return new Swept(millis, bound, mebibytes);
  }

  private static Endpoint endpoint(String address) {
    return new Endpoint(
        address,
        address,
        PORT,
        Purpose.TRAFFIC,
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

  private void nmap(Swept dropped) throws Exception {
    if (!new File("/usr/bin/nmap").canExecute()) {
      System.out.println("nmap is not installed: not compared");
      return;
    }
    Path list = Files.write(folder.resolve("list"), DROPPED);
    long began = System.nanoTime();
    int code =
        network
            .command(
                List.of(
                    "nmap", "-sT", "-Pn", "-n", "-p", String.valueOf(PORT), "-iL", list.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    double millis = (System.nanoTime() - began) / 1e6;
    System.out.printf(
        "all dropped, nmap -sT with its defaults: %.0f ms (exit code %d), one attempt each or"
            + " two%n",
        millis, code);
    // Ours makes every attempt of the sweep in its time; more is better here.
    System.out.printf(
        "  nmap takes %.1f times as long; asked at least 40%n", millis / dropped.millis());
  }

  private void exporter() throws Exception {
    if (!new File(TCP_PROBER).canExecute()) {
      System.out.println("prometheus-blackbox-exporter is not installed: not compared");
      return;
    }
    Path configuration =
        Files.writeString(
            folder.resolve("blackbox.yml"),
            "modules:\n  tcp:\n    prober: tcp\n    timeout: %dms\n"
                .formatted(Sweep.CONNECT_MILLIS));
    Process exporter =
        network
            .command(
                List.of(
                    TCP_PROBER,
                    "--config.file=" + configuration,
                    "--web.listen-address=127.0.0.1:9115"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("exporter.log").toFile())
            .start();
    try {
      Thread.sleep(2000);
      List<Path> quarters = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        quarters.add(quarter(i));
      }
      long began = System.nanoTime();
      List<Process> asking = new ArrayList<>();
      for (Path urls : quarters) {
        asking.add(
            network
                .command(
                    List.of(
                        "curl", "-s", "--parallel", "--parallel-max", "250", "-K", urls.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
      }
      for (Process one : asking) {
        one.waitFor();
      }
      double millis = (System.nanoTime() - began) / 1e6;
      double mebibytes = Sweeping.peakMebibytes(String.valueOf(exporter.pid()));
      System.out.printf(
          "a quarter each, blackbox exporter, all at once: %.0f ms, one attempt each, %.0f MiB%n",
          millis, mebibytes);
      Swept once =
          swept("the same, our prober with one attempt each", MIXED, Sweep.CONNECT_MILLIS + 200);
      Benchmarks.print("  our wall", once.millis(), "ms", millis);
      Benchmarks.print("  our peak memory", once.mebibytes(), "MiB", mebibytes);
    } finally {
      exporter.destroy();
      exporter.waitFor();
    }
  }

  /// Every fourth address, as a list for curl.
  private Path quarter(int which) throws IOException {
    return Files.writeString(
        folder.resolve("urls" + which),
        IntStream.range(0, MIXED.size())
            .filter(i -> i % 4 == which)
            .mapToObj(
                i ->
                    "url=\"http://127.0.0.1:9115/probe?module=tcp&target=%s:%d\"\noutput=/dev/null"
                        .formatted(MIXED.get(i), PORT))
            .collect(Collectors.joining("\n")));
  }
}
