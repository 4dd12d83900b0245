package lbresponder.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The release as a person gets it: unpacked into a folder that holds nothing else.
class ReleaseIT {
  private static final Path ARCHIVE = Path.of(System.getProperty("release.archive", ""));
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final String NAME = ARCHIVE.getFileName().toString().replace(".tar.gz", "");

  /// Paths with spaces are ordinary.
  @TempDir(factory = Spaced.class)
  Path folder;

  private Path release = Path.of("");

  private record Ran(int code, String out, String err) {}

  private Ran run(String cache, String... command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", JAVA_HOME.toString());
    builder.environment().put("LB_RESPONDER_START_CACHE", cache);
    int code = builder.start().waitFor();
    return new Ran(code, Files.readString(out), Files.readString(err));
  }

  @BeforeEach
  void unpack() throws Exception {
    release = folder.resolve(NAME);
    Ran ran = run("off", "tar", "-xzf", ARCHIVE.toAbsolutePath().toString());
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  private String launcher() {
    return release.resolve("lb-responder").toString();
  }

  @Test
  void itHoldsWhatItShouldAndNoSources() throws IOException {
    Set<String> top = new TreeSet<>();
    List<String> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(release)) {
      files
          .filter(file -> !file.equals(release))
          .map(file -> release.relativize(file).toString())
          .peek(all::add)
          .filter(name -> !name.contains("/"))
          .forEach(top::add);
    }
    assertThat(top)
        .containsExactlyInAnyOrder(
            "CHANGELOG.md",
            "LICENSE",
            "README.md",
            "SECURITY.md",
            "completion",
            "docs",
            "events",
            "lb-responder",
            "lib",
            "man",
            "sbom.cdx.json");
    assertThat(all)
        .contains(
            "lib/respond.jar",
            "lib/probe.jar",
            "completion/lb-responder",
            "man/man1/lb-responder.1",
            "docs/causes.md")
        .noneMatch(name -> name.endsWith(".java") || name.endsWith("pom.xml"));
  }

  @Test
  void itsChecksumAndItsPartsAreBesideIt() throws Exception {
    String stated = Files.readString(ARCHIVE.resolveSibling(ARCHIVE.getFileName() + ".sha256"));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(ARCHIVE));
    assertThat(stated.strip())
        .isEqualTo("%s  %s".formatted(HexFormat.of().formatHex(digest), ARCHIVE.getFileName()));

    Path parts = ARCHIVE.resolveSibling(NAME + ".cdx.json");
    assertThat(parts).hasSameBinaryContentAs(release.resolve("sbom.cdx.json"));
    Set<String> names = new TreeSet<>();
    for (JsonNode part : Templates.read(parts).path("components")) {
      names.add(part.path("name").asText());
    }
    assertThat(names).contains("picocli", "jackson-databind", "ec2").doesNotContain("assertj-core");
  }

  @Test
  void itStartsAndReplays() throws Exception {
    Ran version = run("off", launcher(), "--version");
    assertThat(version.err()).isEmpty();
    assertThat(version.out().strip()).isEqualTo(NAME.replaceFirst("-(?=[0-9])", " "));
    Path jar = release.resolve("lib/respond.jar");
    String java = JAVA_HOME.resolve("bin/java").toString();
    assertThat(run("off", java, "-jar", jar.toString(), "--version")).isEqualTo(version);

    Ran checked =
        run("off", launcher(), "replay", "--check", release + "/events/incidents/NoRoute");
    assertThat(checked.code()).as(checked.err()).isZero();
  }

  /// With a cache, with none, and with one that is no use: the same words and no others.
  @Test
  void whatItSaysDoesNotDependOnItsCache() throws Exception {
    String incidents = release.resolve("events/incidents/NoRoute").toString();
    Ran without = run("off", launcher(), "replay", incidents);
    assertThat(without.out()).contains("NoRoute");
    assertThat(caches()).isEmpty();
    assertThat(run("wait", launcher(), "replay", incidents)).isEqualTo(without);
    assertThat(caches()).hasSize(1);

    Path cache = caches().getFirst();
    Files.write(cache, new byte[] {1, 2, 3});
    assertThat(run("wait", launcher(), "replay", incidents)).isEqualTo(without);
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.list(release.resolve("lib"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("start-")).toList();
    }
  }
}
