package lbresponder.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;

/// One incident as a text file: what the situation is, the event, the facts, and the report that is
/// expected of them.
///
/// ```
/// One sentence on the situation.
/// -- event --
/// @alb-connection-errors.json
/// -- facts --
/// @worlds/application.json
/// { "fleet": { "instances": { "i-0a1b2c3d4e5f60718": { "state": "STOPPED" } } } }
/// -- report --
/// …
/// ```
///
/// @param situation the first line
/// @param event the message as it came, or a reference `@file` into the folder `events`
/// @param facts JSON in the form of {@link FactsJson}, without the incident; or a reference `@file`
///   into the folder `events`, and after that line how the facts differ from those in that file,
///   see {@link WorldPatch}
/// @param report the exact text; empty where none is expected yet
public record RecordedIncident(String situation, String event, String facts, String report) {
  private static final String EVENT = "-- event --\n";
  private static final String FACTS = "-- facts --\n";
  private static final String REPORT = "-- report --\n";
  private static final String REFERENCE = "@";

  /// @throws IllegalArgumentException naming the file and the part that is missing or out of order
  /// @throws IOException if the file cannot be read
  public static RecordedIncident read(Path file) throws IOException {
    return parse(Files.readString(file), file.toString());
  }

  static RecordedIncident parse(String text, String name) {
    int event = part(text, EVENT, 0, name);
    int facts = part(text, FACTS, event, name);
    int report = part(text, REPORT, facts, name);
    return new RecordedIncident(
        text.substring(0, event).strip(),
        text.substring(event + EVENT.length(), facts).strip(),
        text.substring(facts + FACTS.length(), report),
        text.substring(report + REPORT.length()));
  }

  private static int part(String text, String heading, int from, String name) {
    int at = text.indexOf("\n" + heading, from);
    if (at < 0) {
      throw new IllegalArgumentException(
          "%s: no line `%s` where one is expected".formatted(name, heading.strip()));
    }
    return at + 1;
  }

  /// The event's own text.
  ///
  /// @param file where this incident was read from
  /// @throws IOException if the file that it refers to cannot be found or read
  public String message(Path file) throws IOException {
    return event.startsWith(REFERENCE) ? referenced(event.substring(1).strip(), file) : event;
  }

  /// The facts of an incident, whether they are recorded in full or as a difference.
  ///
  /// @param file where this incident was read from
  /// @param about whose facts they are, as the event tells
  /// @throws IllegalArgumentException naming the field, what was found and what was expected
  /// @throws IOException if the file that they refer to cannot be found or read
  public Facts facts(Path file, Incident about) throws IOException {
    return FactsJson.read(tree(file), about);
  }

  /// Whose load balancer it is about, as in {@link lbresponder.facts.LoadBalancerId#provider};
  /// empty where the facts do not say, so that the event alone decides.
  ///
  /// @param file where this incident was read from
  /// @throws IllegalArgumentException naming the field, what was found and what was expected
  /// @throws IOException if the file that the facts refer to cannot be found or read
  public Optional<String> provider(Path file) throws IOException {
    return FactsJson.provider(tree(file));
  }

  /// The file of which the facts tell only the difference, relative to the folder `events`; empty
  /// where they are recorded in full.
  public Optional<String> world() {
    return facts.startsWith(REFERENCE)
        ? facts.lines().findFirst().map(line -> line.substring(1).strip())
        : Optional.empty();
  }

  private ObjectNode tree(Path file) throws IOException {
    Optional<String> world = world();
    if (world.isEmpty()) {
      return FactsJson.object(facts, "facts");
    }
    String patch = facts.substring(facts.indexOf('\n') + 1);
    return WorldPatch.apply(
        FactsJson.object(referenced(world.get(), file), world.get()),
        FactsJson.object(patch, "facts"));
  }

  /// What a reference stands for: it is looked up in the nearest folder above the file that has it.
  static String referenced(String name, Path file) throws IOException {
    for (Path folder = file.toAbsolutePath().getParent();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return Files.readString(folder.resolve(name));
      }
    }
    throw new IOException("%s: no folder above it holds %s".formatted(file, name));
  }

  /// The file's text.
  public String write() {
    return situation + "\n" + EVENT + event + "\n" + FACTS + facts + REPORT + report;
  }

  public RecordedIncident withReport(String other) {
    return new RecordedIncident(situation, event, facts, other);
  }
}
