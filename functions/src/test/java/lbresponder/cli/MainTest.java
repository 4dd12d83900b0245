package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import lbresponder.facts.Incident;
import lbresponder.json.FactsJson;
import lbresponder.json.RecordedIncident;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line in this process: what needs an account is in {@link lbresponder.RespondJarIT}.
class MainTest {
  private static final Path EVENTS = Path.of("../events");
  private static final Path STOPPED =
      EVENTS.resolve("incidents/TargetStopped/only-one-of-three.txt");
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path folder;

  private static void assertUnusable(Ran ran, String... parts) {
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines()).as(ran.err()).hasSize(1);
    assertThat(ran.err()).contains(parts).doesNotContain("Exception", "\tat ");
  }

  /// The recorded incident with its event and facts in full, so that they can be changed.
  private Path copy(String name) throws IOException {
    RecordedIncident recorded = RecordedIncident.read(STOPPED);
    String message = recorded.message().strip();
    Incident about = Events.incidents(message, name, Setup.provider()).getFirst();
    RecordedIncident whole =
        new RecordedIncident(
            recorded.situation(),
            message,
            FactsJson.write(recorded.facts(about)),
            recorded.report());
    return Files.writeString(folder.resolve(name), whole.write());
  }

  private static void change(Path file, String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  @Test
  void aReplayPrintsTheWholeReportAndNothingElse() throws IOException {
    Ran ran = Ran.run("replay", STOPPED.toString(), "--full");
    assertThat(ran.code()).isZero();
    List<String> recorded = RecordedIncident.read(STOPPED).report().lines().toList();
    assertThat(ran.out().lines().toList())
        .startsWith(recorded.getFirst())
        .containsSubsequence(recorded)
        .endsWith(recorded.getLast())
        .contains("Ruled out", "Could not tell");
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void aReplayAsJsonIsOneDocumentForEachIncident() throws IOException {
    Ran single = Ran.run("replay", STOPPED.toString(), "--json");
    assertThat(MAPPER.readTree(single.out()).at("/causes/0/id").asText())
        .isEqualTo("TargetStopped");
    assertThat(single.out().lines()).hasSize(1);

    Path all = EVENTS.resolve("incidents");
    Ran many = Ran.run("replay", "--json", all.toString());
    assertThat(many.code()).isZero();
    List<String> lines = many.out().lines().toList();
    assertThat(lines).hasSizeGreaterThanOrEqualTo(RecordedFacts.files().size());
    for (String line : lines) {
      assertThat(MAPPER.readTree(line).path("schema").asText()).isEqualTo("lb-responder/report/1");
    }
  }

  @Test
  void severalReplaysAreToldApart() throws IOException {
    Path first = copy("a.txt");
    Path second = copy("b.txt");
    Ran ran = Ran.run("replay", folder.toString());
    assertThat(ran.code()).isZero();
    String situation = RecordedIncident.read(STOPPED).situation();
    assertThat(ran.out())
        .contains(
            "=== %s\n%s\n".formatted(first, situation),
            "=== %s\n%s\n".formatted(second, situation));
  }

  @Test
  void aCheckThatHoldsSaysSo() {
    Ran ran = Ran.run("replay", "--check", EVENTS.resolve("incidents").toString());
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).endsWith(" incidents replayed, 0 differ\n");
  }

  @Test
  void aCheckShowsTheLinesThatDiffer() throws IOException {
    copy("same.txt");
    Path changed = copy("changed.txt");
    change(changed, " 1. PROVEN ", " 1. POSSIBLE ");
    Ran ran = Ran.run("replay", "--check", folder.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("--- " + changed + " (recorded)\n+++ replayed\n@@ line ")
        .contains("\n- 1. POSSIBLE ")
        .contains("\n+ 1. PROVEN ")
        .endsWith("2 incidents replayed, 1 differ\n")
        .doesNotContain("same.txt");
  }

  @Test
  void aCheckSeesLinesThatOnlyChangedPlaces() throws IOException {
    Path changed = copy("changed.txt");
    String text = Files.readString(changed);
    String targets = text.substring(text.lastIndexOf("    i-0b2c"), text.lastIndexOf("    i-0c3d"));
    Files.writeString(changed, text.replace(targets, "") + targets);
    Ran ran = Ran.run("replay", "--check", changed.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("\n+" + targets.lines().findFirst().orElseThrow());
  }

  /// An incident vouches for the verdicts that it lists, and for no other.
  @Test
  void aCheckLooksAtTheVerdictsThatAreListed() throws IOException {
    Path file = copy("few.txt");
    String text = Files.readString(file);
    String rest = text.substring(text.indexOf("Could not look\n"));
    String head =
        text.replaceFirst("(?s)(?<=\n)(?:Ruled out|Could not tell|Could not look)\n.*", "");
    String listed =
        Ran.run("replay", file.toString(), "--full")
            .out()
            .lines()
            .filter(line -> line.startsWith("  - SecurityGroupBlocks: "))
            .findFirst()
            .orElseThrow();
    Files.writeString(file, head + "Ruled out\n" + listed + "\n\n" + rest);
    assertThat(Ran.run("replay", "--check", file.toString()).code()).isZero();
    Files.writeString(file, head + rest);
    assertThat(Ran.run("replay", "--check", file.toString()).code()).isZero();
    Files.writeString(file, head + "Ruled out\n" + listed + ", perhaps\n\n" + rest);
    Ran ran = Ran.run("replay", "--check", file.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("\n-" + listed + ", perhaps\n+" + listed + "\n");
  }

  @Test
  void factsOfAnotherProviderAreUnusable() throws IOException {
    Path file = copy("another.txt");
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("\"provider\": ?\"aws\"", "\"provider\": \"other\""));
    assertUnusable(
        Ran.run("replay", file.toString()),
        file.toString(),
        "facts.provider: found `other`, expected `aws`");
  }

  @Test
  void anIncidentCutShortIsUnusable() throws IOException {
    Path file = copy("short.txt");
    change(file, "-- facts --", "-- fact --");
    assertUnusable(Ran.run("replay", file.toString()), file.toString(), "-- facts --");
  }

  @Test
  void factsThatAreWrongAreNamed() throws IOException {
    Path file = copy("wrong.txt");
    String text = Files.readString(file);
    String wrong = text.replaceFirst("\"internal\": ?false", "\"internal\": \"perhaps\"");
    assertThat(wrong).isNotEqualTo(text);
    Files.writeString(file, wrong);
    assertUnusable(Ran.run("replay", file.toString()), file.toString(), "facts", "internal");
  }

  @Test
  void pathsThatHoldNothingAreUnusable() {
    assertUnusable(Ran.run("replay", folder.toString()), folder.toString(), "no recorded incident");
    assertUnusable(Ran.run("replay", "nowhere"), "nowhere: no such file or folder");
    assertUnusable(Ran.run("replay"), "PATH", "lb-responder replay --help");
  }

  static Stream<List<String>> unusableArguments() {
    return Stream.of(
        List.of(),
        List.of("repair"),
        List.of("--colour"),
        List.of("replay", "--colour", "x"),
        List.of("respond"),
        List.of("record", "--event", "x"),
        List.of("diagnose", "--event"),
        List.of("doctor", "now"));
  }

  @ParameterizedTest
  @MethodSource("unusableArguments")
  void unusableArgumentsAreNamedInOneLine(List<String> arguments) {
    assertUnusable(Ran.run(arguments.toArray(String[]::new)), "--help");
  }

  @Test
  void whatCannotBeProbedFromIsNamed() {
    String event = EVENTS.resolve("alb-connection-errors.json").toString();
    assertUnusable(
        Ran.run("diagnose", "--event", event, "--probe", "there"),
        "--probe: found `there`, expected none, here or lambda");
    assertUnusable(
        Ran.run("diagnose", "--event", event, "--probe", "lambda"),
        "--probe lambda: LB_RESPONDER_PROBERS is not set");
    assertUnusable(
        Ran.run("diagnose", "--event", event, "--keep-alive"),
        "--keep-alive: expected --probe here or --probe lambda with it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"diagnose", "record"})
  void anEventThatCannotBeUsedSaysWhy(String command) throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    Path text = Files.writeString(folder.resolve("text"), "hello");
    String out = folder.resolve("out.txt").toString();
    for (List<String> unusable :
        List.of(
            List.of("nowhere.json", "nowhere.json: no such file"),
            List.of(folder.toString(), "is a folder, expected a file"),
            List.of(binary.toString(), "not UTF-8"),
            List.of(text.toString(), "JSON"),
            List.of(
                EVENTS.resolve("ec2-cpu.json").toString(), "not an alarm of a load balancer"))) {
      String event = unusable.getFirst();
      assertUnusable(
          command.equals("record")
              ? Ran.run("record", "--event", event, "--out", out)
              : Ran.run("diagnose", "--event", event),
          unusable.getLast());
    }
    assertThat(Path.of(out)).doesNotExist();
  }

  @Test
  void theEventMayComeFromStandardInput() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("no alarm".getBytes(StandardCharsets.UTF_8)));
    try {
      assertUnusable(Ran.run("diagnose", "--event", "-"), "-: ", "JSON");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void anIncidentIsRecordedOfOneLoadBalancer() {
    String event = EVENTS.resolve("math-over-two-load-balancers.json").toString();
    assertUnusable(
        Ran.run("record", "--event", event, "--out", folder.resolve("x").toString()),
        "about 2 load balancers");
  }
}
