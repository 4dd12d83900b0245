package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Check;
import lbresponder.testing.RecordedFacts;
import lbresponder.testing.Sources;
import org.junit.jupiter.api.Test;

/// The layout, as a test: who may import whom is what ARCHITECTURE.md says.
class StructureTest {
  private static final Path ARCHITECTURE = Path.of("../ARCHITECTURE.md");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final String ROOT = "root";

  /// More than these in one folder are hard to find anything in, unless all are of one kind.
  private static final int MOST_FILES = 50;

  private static final int MOST_LINES = 300;

  /// What a package may use of ours, and of others besides the JDK and JSpecify.
  private record Allowed(Set<String> ours, Set<String> others) {}

  private static Map<String, Allowed> table() throws IOException {
    String text = Files.readString(ARCHITECTURE);
    int from = text.indexOf("<!-- packages -->");
    Map<String, Allowed> table = new LinkedHashMap<>();
    for (String line : text.substring(from, text.indexOf("<!-- end -->", from)).lines().toList()) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 6 && (cells[1].contains("`") || cells[1].strip().equals(ROOT))) {
        String name = cells[1].replace("`", "").strip();
        table.put(name.equals(ROOT) ? "" : name, new Allowed(quoted(cells[3]), quoted(cells[4])));
      }
    }
    assertThat(table).as("the table of packages in %s", ARCHITECTURE).hasSizeGreaterThan(10);
    return table;
  }

  private static Set<String> quoted(String cell) {
    Matcher matcher = QUOTED.matcher(cell);
    return matcher.results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  @Test
  void packagesImportWhatTheyMay() throws IOException {
    Map<String, Allowed> table = table();
    List<String> offences = new ArrayList<>();
    Set<String> packages = new TreeSet<>();
    for (Sources source : Sources.all()) {
      packages.add(source.topPackage());
      Allowed allowed = table.getOrDefault(source.topPackage(), new Allowed(Set.of(), Set.of()));
      for (String used : source.packagesUsed()) {
        if (!mayUse(source.topPackage(), allowed, used)) {
          offences.add("%s uses %s".formatted(source.path(), used));
        }
      }
    }
    assertThat(offences).isEmpty();
    assertThat(packages).as("the packages that there are").isEqualTo(table.keySet());
  }

  private static boolean mayUse(String own, Allowed allowed, String used) {
    if (used.equals("lbresponder") || used.startsWith("lbresponder.")) {
      String other = used.equals("lbresponder") ? "" : used.split("\\.", -1)[1];
      return other.equals(own) || (!other.isEmpty() && allowed.ours().contains(other));
    }
    return used.startsWith("java.")
        || used.equals("org.jspecify.annotations")
        || allowed.others().stream().anyMatch(used::startsWith);
  }

  /// Neither between packages nor between the rooms of one.
  @Test
  void noPackagesImportEachOtherInACircle() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (Sources source : Sources.all()) {
      Set<String> others = uses.computeIfAbsent(source.room(), _ -> new TreeSet<>());
      source.packagesUsed().stream()
          .filter(used -> used.startsWith("lbresponder."))
          .map(used -> used.substring("lbresponder.".length()))
          .filter(used -> !used.equals(source.room()))
          .forEach(others::add);
    }
    for (String room : uses.keySet()) {
      assertThat(reachable(room, uses)).as("what %s leads to", room).doesNotContain(room);
    }
  }

  private static Set<String> reachable(String from, Map<String, Set<String>> uses) {
    Set<String> reached = new HashSet<>();
    List<String> open = new ArrayList<>(uses.getOrDefault(from, Set.of()));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (reached.add(next)) {
        open.addAll(uses.getOrDefault(next, Set.of()));
      }
    }
    return reached;
  }

  /// The prober's jar holds no more than these.
  @Test
  void theProberReachesFactsProbeAndJsonOnly() {
    Sources prober =
        Sources.all().stream()
            .filter(source -> source.path().equals(Path.of("ProbeFunction.java")))
            .findFirst()
            .orElseThrow();
    assertThat(prober.packagesUsed().stream().filter(used -> used.startsWith("lbresponder.")))
        .isSubsetOf("lbresponder.facts", "lbresponder.probe", "lbresponder.json");
  }

  /// The same facts must give the same answer: what decides sees facts and nothing else.
  @Test
  void whatDecidesSeesFactsOnly() {
    for (Sources source : Sources.all()) {
      if (Set.of("cause", "diagnosis", "evidence", "network").contains(source.topPackage())) {
        assertThat(source.text())
            .as("%s", source.path())
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
  void everyCauseIsInTheRunbookAndHasItsIncidents() {
    Set<String> inRunbook =
        Runbook.CHECKS.stream().map(Check::id).collect(Collectors.toCollection(TreeSet::new));
    Set<String> written =
        Sources.all().stream()
            .filter(source -> source.topPackage().equals("cause"))
            .map(source -> source.path().getFileName().toString().replace(".java", ""))
            .filter(name -> !Set.of("Runbook", "package-info").contains(name))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(written).isEqualTo(inRunbook);
    for (String id : inRunbook) {
      assertThat(RecordedFacts.INCIDENTS.resolve(id)).isDirectory();
    }
  }

  @Test
  void filesAndFoldersStaySmall() {
    Map<String, Integer> files = new TreeMap<>();
    assertThat(Stream.concat(Sources.all().stream(), Sources.ofTests().stream()))
        .allSatisfy(
            source ->
                assertThat(source.text().lines().count())
                    .as("lines of %s", source.path())
                    .isLessThanOrEqualTo(MOST_LINES));
    for (Sources source : Sources.all()) {
      files.merge(source.room(), 1, Integer::sum);
    }
    // A catalogue: each file is one cause.
    files.remove("cause");
    assertThat(files)
        .allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_FILES));
  }
}
