package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.check.Check;
import lbresponder.check.Runbook;
import org.junit.jupiter.api.Test;

/// The layout, as a test: who may import whom, and that nothing lies about unused.
class StructureTest {
  private static final Path SOURCES = Path.of("src/main/java/lbresponder");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern QUALIFIED =
      Pattern.compile("\\b((?:java|javax|lbresponder|com|org|software)(?:\\.[a-z0-9]+)+)\\.[A-Z]");

  /// What a package may use of ours, and of others besides the JDK and JSpecify.
  private record Allowed(Set<String> ours, Set<String> others) {}

  private static final Map<String, Allowed> TABLE = new LinkedHashMap<>();

  static {
    String jackson = "com.fasterxml.jackson";
    String sdk = "software.amazon.awssdk";
    allow("facts", "", "");
    allow("network", "facts", "");
    allow("probe", "facts", "javax.net.ssl");
    allow("check", "facts network", "");
    allow("aws", "facts network", sdk + " " + jackson);
    allow("json", "facts", jackson);
    allow("report", "facts network check", jackson);
    allow("channel", "facts report", sdk + " " + jackson + " com.slack.api");
    allow(
        "journey",
        "facts network probe check aws json report channel",
        sdk + " software.amazon.lambda");
    allow("cli", "facts network probe check aws json report channel journey", "picocli " + jackson);
    allow(
        "",
        "facts network probe check aws json report channel journey",
        "com.amazonaws.services.lambda software.amazon.lambda software.amazon.cloudwatchlogs"
            + " org.slf4j org.crac");
  }

  private static void allow(String name, String ours, String others) {
    TABLE.put(name, new Allowed(words(ours), words(others)));
  }

  private static Set<String> words(String text) {
    return Stream.of(text.split(" ", -1))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  @Test
  void packagesImportWhatTheyMay() throws IOException {
    List<String> offences = new ArrayList<>();
    for (Path file : sources()) {
      String name = packageOf(file);
      assertThat(TABLE).as("a package the table does not know").containsKey(name);
      for (String used : packagesUsed(file)) {
        if (!mayUse(name, used)) {
          offences.add("%s uses %s".formatted(SOURCES.relativize(file), used));
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  private static boolean mayUse(String name, String used) {
    Allowed allowed = TABLE.getOrDefault(name, new Allowed(Set.of(), Set.of()));
    if (used.equals("lbresponder") || used.startsWith("lbresponder.")) {
      String other = used.equals("lbresponder") ? "" : used.substring("lbresponder.".length());
      return other.equals(name) || (!other.isEmpty() && allowed.ours().contains(other));
    }
    return used.startsWith("java.")
        || used.equals("org.jspecify.annotations")
        || allowed.others().stream().anyMatch(used::startsWith);
  }

  /// The prober's jar holds no more than these.
  @Test
  void theProberReachesFactsProbeAndJsonOnly() throws IOException {
    Path prober = SOURCES.resolve("ProbeFunction.java");
    assertThat(packagesUsed(prober).stream().filter(used -> used.startsWith("lbresponder.")))
        .isSubsetOf("lbresponder.facts", "lbresponder.probe", "lbresponder.json");
  }

  /// The same facts must give the same answer: a check sees facts and nothing else.
  @Test
  void checksSeeFactsOnly() throws IOException {
    for (Path file : sources()) {
      if (Set.of("check", "network").contains(packageOf(file))) {
        assertThat(Files.readString(file))
            .as("%s", file)
            .doesNotContain(
                "Instant.now",
                "Clock",
                "System.",
                "java.io",
                "java.nio",
                "java.net",
                "Thread",
                "Random");
      }
    }
  }

  @Test
  void everyCheckIsInTheRunbookAndHasItsIncidents() throws IOException {
    Set<String> inRunbook =
        Runbook.CHECKS.stream().map(Check::id).collect(Collectors.toCollection(TreeSet::new));
    Set<String> written = new TreeSet<>();
    for (Path file : sources()) {
      if (Files.readString(file).contains(" implements Check {")) {
        written.add(file.getFileName().toString().replace(".java", ""));
      }
    }
    assertThat(written).isEqualTo(inRunbook);
    for (String id : inRunbook) {
      assertThat(IncidentsTest.INCIDENTS.resolve(id)).isDirectory();
    }
  }

  @Test
  void filesStaySmall() throws IOException {
    for (Path file : sources()) {
      try (Stream<String> lines = Files.lines(file)) {
        assertThat(lines.count()).as("%s", file).isLessThanOrEqualTo(300);
      }
    }
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String packageOf(Path file) {
    Path within = SOURCES.relativize(file);
    return within.getNameCount() == 1 ? "" : within.getName(0).toString();
  }

  private static Set<String> packagesUsed(Path file) throws IOException {
    String text = Files.readString(file);
    Set<String> used = new TreeSet<>();
    Matcher imports = IMPORT.matcher(text);
    while (imports.find()) {
      used.add(imports.group(1).replaceFirst("\\.[A-Z].*", ""));
    }
    String code = text.replaceAll("(?m)^\\s*///?.*$", "").replaceAll("\"[^\"\n]*\"", "");
    Matcher qualified = QUALIFIED.matcher(code);
    while (qualified.find()) {
      used.add(qualified.group(1));
    }
    return used;
  }
}
