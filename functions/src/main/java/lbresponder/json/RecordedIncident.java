package lbresponder.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
/// @param references the text of each file that the event and the facts refer to, by its name
public record RecordedIncident(
    String situation, String event, String facts, String report, Map<String, String> references) {
  private static final String EVENT = "-- event --\n";
  private static final String FACTS = "-- facts --\n";
  private static final String REPORT = "-- report --\n";
  private static final String REFERENCE = "@";

  /// Copies the references.
  public RecordedIncident {
    references = Map.copyOf(references);
  }

  /// With its event and its facts in full.
  public RecordedIncident(String situation, String event, String facts, String report) {
    this(situation, event, facts, report, Map.of());
  }

  /// The incident, and the files that it refers to: each is looked up in the nearest folder above
  /// that has it.
  ///
  /// @throws IllegalArgumentException naming the file and the part that is missing or out of order
  /// @throws IOException if the file, or one that it refers to, cannot be found or read
  public static RecordedIncident read(Path file) throws IOException {
    RecordedIncident alone = parse(Files.readString(file), file.toString());
    Map<String, String> references = new TreeMap<>();
    for (String part : List.of(alone.event, alone.facts)) {
      if (part.startsWith(REFERENCE)) {
        references.put(reference(part), referenced(reference(part), file));
      }
    }
    return new RecordedIncident(
        alone.situation, alone.event, alone.facts, alone.report, references);
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

  /// The name in the first line of a part that refers to a file.
  private static String reference(String part) {
    return part.lines().findFirst().orElseThrow().substring(REFERENCE.length()).strip();
  }

  private static String referenced(String name, Path file) throws IOException {
    for (Path folder = file.toAbsolutePath().getParent();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return Files.readString(folder.resolve(name));
      }
    }
    throw new IOException("%s: no folder above it holds %s".formatted(file, name));
  }

  /// The event's own text.
  public String message() {
    return event.startsWith(REFERENCE) ? text(reference(event)) : event;
  }

  /// The facts of an incident, whether they are recorded in full or as a difference.
  ///
  /// @param about whose facts they are, as the event tells
  /// @throws IllegalArgumentException naming the field, what was found and what was expected; also
  ///   where the facts are of another provider than the incident
  public Facts facts(Incident about) {
    ObjectNode tree = tree();
    String provider = about.loadBalancer().provider();
    String recorded = FactsJson.provider(tree).orElse(provider);
    if (!recorded.equals(provider)) {
      throw new IllegalArgumentException(
          "facts.provider: found `%s`, expected `%s`, whose alarm the event is"
              .formatted(recorded, provider));
    }
    return FactsJson.read(tree, about);
  }

  /// The file of which the facts tell only the difference, relative to the folder `events`; empty
  /// where they are recorded in full.
  public Optional<String> world() {
    return facts.startsWith(REFERENCE) ? Optional.of(reference(facts)) : Optional.empty();
  }

  private ObjectNode tree() {
    return world()
        .map(world -> WorldPatch.apply(worldFacts(world), FactsJson.object(difference(), "facts")))
        .orElseGet(() -> FactsJson.object(facts, "facts"));
  }

  /// What follows the line that names the world.
  private String difference() {
    return facts.substring(facts.indexOf('\n') + 1);
  }

  /// The facts of the world that these differ from.
  ObjectNode worldFacts(String world) {
    return FactsJson.object(text(world), world);
  }

  private String text(String reference) {
    String text = references.get(reference);
    if (text == null) {
      throw new IllegalArgumentException(
          "references: found %s, expected also %s".formatted(references.keySet(), reference));
    }
    return text;
  }

  /// The file's text.
  public String write() {
    return situation + "\n" + EVENT + event + "\n" + FACTS + facts + REPORT + report;
  }
}
