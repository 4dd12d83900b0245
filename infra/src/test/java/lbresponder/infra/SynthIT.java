package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;

/// The deployment as a user makes it, with the real jars: the pinned CDK synthesises both examples,
/// and cfn-lint reads every template.
class SynthIT {
  private static final Path OUTPUT = Path.of("target", "synth");
  private static final Path CFN_LINT = Path.of("..", "target", "python", "bin", "cfn-lint");

  /// Tokens of Slack, keys of AWS, and what begins a private key.
  private static final Pattern SECRET =
      Pattern.compile(
          "xox[abprs]-[0-9A-Za-z]{8,}|hooks\\.slack\\.com/services/|AKIA[0-9A-Z]{16}|-----BEGIN"
              + " [A-Z ]*PRIVATE KEY");

  private record Ran(int code, String output) {}

  private static Ran run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), output);
  }

  private static void skip(String why) {
    System.out.println("skipped: " + why);
    if (System.getenv("CI") != null) {
      throw new AssertionError(why);
    }
    Assumptions.abort(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-account", "organisation"})
  void theExamplesAreSynthesisedAndLinted(String example) throws Exception {
    for (Path needed : List.of(Path.of("node_modules", ".bin", "cdk"), CFN_LINT)) {
      if (!Files.isExecutable(needed)) {
        skip(needed + " is missing: run tools/prepare, which says what it lacks");
      }
    }
    Path output = OUTPUT.resolve(example);
    long began = System.nanoTime();
    Ran synth =
        run(
            "npx",
            "--no-install",
            "cdk",
            "synth",
            "-q",
            "--output",
            output.toString(),
            "-c",
            "config=config/" + example + ".json");
    System.out.printf("npx cdk synth, %s: %.1f s%n", example, (System.nanoTime() - began) / 1e9);
    assertThat(synth.code()).as(synth.output()).isZero();

    List<Path> templates = files(output, ".template.json");
    assertThat(templates).hasSizeGreaterThan(1);
    for (Path template : templates) {
      assertThat(SECRET.matcher(Files.readString(template)).find()).as("%s", template).isFalse();
    }
    Ran linted = lint(templates);
    assertThat(linted.code()).as(linted.output()).isZero();
  }

  private static Ran lint(List<Path> templates) throws Exception {
    List<String> command = new ArrayList<>(List.of(CFN_LINT.toString()));
    // W3005: the CDK writes dependencies out that a reference makes already.
    command.addAll(List.of("--include-checks", "I", "--ignore-checks", "W3005", "--"));
    templates.forEach(template -> command.add(template.toString()));
    return run(command.toArray(String[]::new));
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  /// What is ours in the jars; libraries carry patterns of tokens in their own documentation.
  @Test
  void noSecretIsInAnyJar() throws Exception {
    int read = 0;
    for (String name : List.of("respond.jar", "probe.jar")) {
      try (JarFile jar =
          new JarFile(Templates.FUNCTIONS.resolve("target").resolve(name).toFile())) {
        for (JarEntry entry : jar.stream().filter(SynthIT::isOurs).toList()) {
          String content =
              new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
          assertThat(SECRET.matcher(content).find()).as("%s in %s", entry, name).isFalse();
          read++;
        }
      }
    }
    assertThat(read).isGreaterThan(200);
  }

  private static boolean isOurs(JarEntry entry) {
    return !entry.isDirectory()
        && (entry.getName().startsWith("lbresponder/") || !entry.getName().contains("/"));
  }

  @Test
  void theJarsFitIntoAFunction() throws IOException {
    long packed = 0;
    long unpacked = 0;
    for (String name : List.of("respond.jar", "probe.jar")) {
      Path file = Templates.FUNCTIONS.resolve("target").resolve(name);
      try (JarFile jar = new JarFile(file.toFile())) {
        packed = Files.size(file);
        unpacked = jar.stream().mapToLong(JarEntry::getSize).sum();
      }
      System.out.printf("%s: %.1f MiB, %.1f MiB unzipped%n", name, mib(packed), mib(unpacked));
      assertThat(mib(packed)).isLessThanOrEqualTo(name.equals("probe.jar") ? 3 : 80);
      assertThat(mib(unpacked)).isLessThanOrEqualTo(235);
    }
  }

  private static double mib(long bytes) {
    return bytes / 1048576.0;
  }

  /// What `plan` wrote of an emulated account is a place of a configuration as it is.
  @Test
  void whatPlanWritesCanBeDeployed() {
    ObjectNode root = Templates.read(Templates.ONE_ACCOUNT).deepCopy();
    JsonNode plan = Templates.read(Templates.FUNCTIONS.resolve(Path.of("target", "plan.json")));
    ((ObjectNode) root.get("hub")).set("account", plan.get("account"));
    root.putArray("places").add(plan);
    Configuration configuration = ConfigurationReader.read(new Field(root, ""));
    assertThat(configuration.places().getFirst().loadBalancers()).hasSize(3);
    assertThat(configuration.places().getFirst().alarms()).hasSize(3);
    App app = new App(AppSettings.props().outdir(OUTPUT.resolve("plan").toString()).build());
    LbResponderApp.stacks(app, configuration, FunctionsModule.read(Templates.FUNCTIONS));
    app.synth();
    JsonNode template =
        Templates.read(OUTPUT.resolve("plan/LbResponder-123456789012-eu-west-1.template.json"));
    assertThat(Templates.resources(template, "AWS::CloudWatch::Alarm")).hasSizeGreaterThan(3);
  }

  /// The tests of the functions write down every call they saw.
  @Test
  void everyCallThatWasMadeIsAllowedAndNothingElse() {
    Set<String> made = new TreeSet<>();
    Templates.values(
            Templates.read(Templates.FUNCTIONS.resolve(Path.of("target", "aws-calls.json"))))
        .forEach(call -> made.add(call.asText()));
    for (var policy : Templates.everywhere("AWS::IAM::Policy")) {
      Templates.values(policy.getValue().at("/Properties/PolicyDocument/Statement"))
          .filter(one -> one.path("Sid").asText().equals("Gather"))
          .forEach(
              one -> {
                Set<String> allowed = new TreeSet<>();
                Templates.values(one.get("Action")).forEach(action -> allowed.add(action.asText()));
                assertThat(allowed).isEqualTo(made);
              });
    }
  }
}
