package lbresponder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What people get to read when they mistype: `mistakes.txt` is the table.
class MistakesTest {
  private static final Path TABLE = Path.of("src/test/resources/lbresponder/cli/mistakes.txt");
  private static final int LONGEST = 160;

  private final Map<String, String> before = new TreeMap<>();

  @TempDir private Path folder;

  /// @param where what the machine and the account are like
  record Mistake(String where, String typed, String answer) {
    @Override
    public String toString() {
      return where + ": " + typed;
    }

    String[] arguments() {
      return Stream.of(typed.split(" ", -1))
          .skip(2)
          .map(word -> word.replace("EVENTS", "../events"))
          .toArray(String[]::new);
    }

    Pattern expected() {
      String line = answer.substring(2).replace("EVENTS", "../events");
      return Pattern.compile(
          String.join(".*", Stream.of(line.split("…", -1)).map(Pattern::quote).toList()));
    }
  }

  static List<Mistake> mistakes() throws IOException {
    List<Mistake> all = new ArrayList<>();
    String where = "";
    String typed = "";
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("-- ")) {
        where = line.substring("-- ".length());
      } else if (line.startsWith("$ ")) {
        typed = line;
      } else if (!typed.isEmpty()) {
        all.add(new Mistake(where, typed, line));
        typed = "";
      }
    }
    assertThat(all).hasSizeGreaterThanOrEqualTo(30);
    return all;
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void oneLineSaysWhatIsWrong(Mistake mistake) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    try (AutoCloseable _ = world(mistake.where())) {
      int code =
          Main.run(new PrintWriter(out, true), new PrintWriter(err, true), mistake.arguments());
      List<String> lines =
          err.toString()
              .lines()
              .filter(line -> !line.endsWith(" …")) // Progress.
              .toList();
      assertThat(lines).as(err.toString()).isNotEmpty();
      assertThat(lines.getFirst()).matches(mistake.expected());
      assertThat(code).isEqualTo(mistake.answer().charAt(0) - '0');
      if (!mistake.answer().endsWith("…")) { // What is left out of the table may be long.
        assertThat(lines.getFirst()).hasSizeLessThanOrEqualTo(LONGEST);
      }
      assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("  "));
      assertThat(out.toString()).isEmpty();
    } catch (IOException | RuntimeException failed) {
      throw failed;
    } catch (Exception closing) {
      throw new IllegalStateException(closing);
    }
  }

  private AutoCloseable world(String where) throws IOException {
    String what = where.substring(where.indexOf(':') + 1).strip();
    set("aws.region", where.equals("no Region") ? "" : "eu-west-1");
    set("aws.disableEc2Metadata", "true");
    Path config = folder.resolve("config");
    Files.writeString(config, "[profile prod]\nsso_session = corp\n[sso-session corp]\n");
    set("aws.configFile", config.toString());
    set("aws.sharedCredentialsFile", folder.resolve("credentials").toString());
    if (where.contains("profile")) {
      set("aws.profile", what);
      return () -> {};
    }
    if (where.equals("no answer")) {
      set("aws.accessKeyId", "test");
      set("aws.secretAccessKey", "test");
      set("aws.endpointUrl", "http://127.0.0.1:1");
      return () -> {};
    }
    if (where.contains("refuses")) {
      return new RefusingAws(
          Map.of("*", what, "GetCallerIdentity", where.contains("credentials") ? what : ""));
    }
    return new RefusingAws(Map.of(), List.of("web", "web-api", "classic-shop"));
  }

  private void set(String property, String value) {
    before.put(property, System.getProperty(property, ""));
    put(property, value);
  }

  @AfterEach
  void putBack() {
    before.forEach(MistakesTest::put);
  }

  private static void put(String property, String value) {
    if (value.isEmpty()) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, value);
    }
  }
}
