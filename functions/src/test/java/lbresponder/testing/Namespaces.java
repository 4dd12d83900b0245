package lbresponder.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/// Two network namespaces joined by a cable, a prober's and the targets', with a firewall of their
/// own. Nothing in them reaches the machine's networks. Without root they are made inside a user
/// namespace.
public final class Namespaces implements AutoCloseable {
  /// `ip` and `nft` are where only root looks for commands.
  private static final List<String> WITH_PATH =
      List.of("env", "PATH=" + System.getenv("PATH") + ":/usr/sbin:/sbin");

  private static final List<String> OWN_NETWORK = List.of("unshare", "--net");
  private static final List<String> OWN_USERS =
      List.of("unshare", "--user", "--map-root-user", "--net", "--mount");

  private final String prober;
  private final String targets;
  private final List<Process> started = new ArrayList<>();

  /// What every command starts with.
  private final List<String> prefix = new ArrayList<>(WITH_PATH);

  private Namespaces(String name) {
    this.prober = name + "-p";
    this.targets = name + "-t";
  }

  /// A prober at 10.99.0.1 and targets at 10.99.0.2.
  public static Namespaces create() throws Exception {
    return create("10.99.0.1/24", "10.99.0.2/24");
  }

  /// Aborts the test with the reason where this machine cannot have them; in CI that is a failure.
  public static Namespaces create(String prober, String targets) throws Exception {
    String trouble = trouble();
    if (!trouble.isEmpty()) {
      System.out.println("skipped: " + trouble);
      if (System.getenv("CI") != null) {
        throw new AssertionError(trouble);
      }
      Assumptions.abort(trouble);
    }
    Namespaces made = new Namespaces("lbr" + ProcessHandle.current().pid());
    if (!succeeds(OWN_NETWORK, "true")) {
      made.enterUserNamespace();
    }
    made.wire(prober, targets);
    return made;
  }

  private static String trouble() throws IOException, InterruptedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      return "network namespaces need Linux";
    }
    for (String tool : List.of("unshare", "ip", "nft")) {
      if (!succeeds(WITH_PATH, "sh", "-c", "command -v " + tool)) {
        return tool + " is missing: run tools/prepare, which says what it lacks";
      }
    }
    return succeeds(OWN_NETWORK, "true") || succeeds(OWN_USERS, "true")
        ? ""
        : "network namespaces need root, or user namespaces without it";
  }

  /// Keeps one for as long as this test runs, with a `/run` of its own for `ip` to write to.
  private void enterUserNamespace() throws IOException {
    Process keeper =
        start(OWN_USERS, "sh", "-c", "mount -t tmpfs none /run && echo ready && exec cat");
    started.add(keeper);
    awaitReady(keeper, "a user namespace");
    String pid = String.valueOf(keeper.pid());
    prefix.addAll(
        List.of(
            "nsenter",
            "--preserve-credentials",
            "--user",
            "--net",
            "--mount",
            "--wd",
            "--target",
            pid));
  }

  private void wire(String own, String others) throws Exception {
    run("ip", "netns", "add", prober);
    run("ip", "netns", "add", targets);
    run(
        "ip", "link", "add", "veth0", "netns", prober, "type", "veth", "peer", "name", "veth0",
        "netns", targets);
    for (String space : List.of(prober, targets)) {
      String address = space.equals(prober) ? own : others;
      run("ip", "-n", space, "address", "add", address, "dev", "veth0");
      run("ip", "-n", space, "link", "set", "veth0", "up");
      run("ip", "-n", space, "link", "set", "lo", "up");
    }
  }

  /// Gives the targets one address more.
  public void address(String address) throws Exception {
    run("ip", "-n", targets, "address", "add", address, "dev", "veth0");
  }

  /// Makes every address of a range the targets' own, and lets the prober reach it.
  ///
  /// @param gateway the targets' address on the cable
  public void range(String cidr, String gateway) throws Exception {
    run("ip", "-n", targets, "route", "add", "local", cidr, "dev", "lo");
    // So many hosts are one here: what limits a host's own rejections must not limit them all.
    // Older kernels have the last two for the whole machine only, which is left as it is.
    run("ip", "netns", "exec", targets, "sysctl", "-q", "-w", "net.ipv4.icmp_ratelimit=0");
    for (String limit : List.of("icmp_msgs_per_sec=100000", "icmp_msgs_burst=10000")) {
      succeeds(prefix, "ip", "netns", "exec", targets, "sysctl", "-q", "-w", "net.ipv4." + limit);
    }
    run("ip", "-n", prober, "route", "add", cidr, "via", gateway);
  }

  /// A command to be run beside the prober.
  public ProcessBuilder command(List<String> words) {
    return inside(prober, words);
  }

  /// Rules of the targets' firewall, in nft's language, for what comes in.
  public void firewall(List<String> rules) throws Exception {
    Path file = Files.createTempFile("rules", ".nft");
    Files.writeString(
        file,
        "table inet host {\n  chain in {\n    type filter hook input priority 0;\n    %s\n  }\n}\n"
            .formatted(String.join("\n    ", rules)));
    run("ip", "netns", "exec", targets, "nft", "-f", file.toString());
    Files.delete(file);
  }

  /// Starts a main class of the tests among the targets and waits until it says that it is ready.
  public void serve(Class<?> main, String... arguments) throws Exception {
    Process server = java(targets, main, arguments).redirectErrorStream(true).start();
    started.add(server);
    awaitReady(server, main.getName());
  }

  private static void awaitReady(Process process, String name) throws IOException {
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (!"ready".equals(line)) {
      throw new AssertionError(name + " did not start: " + line);
    }
  }

  /// Runs a main class of the tests beside the prober.
  ///
  /// @return what it printed
  public String ask(Class<?> main, String input) throws Exception {
    Process asking = java(prober, main).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var out = asking.outputWriter(StandardCharsets.UTF_8)) {
      out.write(input);
    }
    String answer = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asking.waitFor() != 0) {
      throw new AssertionError(main + " failed: " + answer);
    }
    return answer;
  }

  /// Starts a main class of the tests beside the prober, to be talked to.
  public Process beside(Class<?> main, String... arguments) throws IOException {
    Process process =
        java(prober, main, arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    started.add(process);
    return process;
  }

  private ProcessBuilder java(String space, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return inside(space, command);
  }

  private ProcessBuilder inside(String space, List<String> command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of("ip", "netns", "exec", space));
    all.addAll(command);
    return new ProcessBuilder(all);
  }

  private void run(String... command) throws IOException, InterruptedException {
    Process process = start(prefix, command);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + ": " + said);
    }
  }

  private static boolean succeeds(List<String> prefix, String... command)
      throws IOException, InterruptedException {
    Process process = start(prefix, command);
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }

  private static Process start(List<String> prefix, String... command) throws IOException {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    return new ProcessBuilder(all).redirectErrorStream(true).start();
  }

  @Override
  public void close() throws IOException {
    try {
      run("ip", "netns", "delete", prober);
      run("ip", "netns", "delete", targets);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    } finally {
      started.reversed().forEach(Process::destroy);
    }
  }
}
