package lbresponder.json;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One incident as a text file: what the situation is, the event, the facts, and the report that is
/// expected of them.
///
/// ```
/// One sentence on the situation.
/// -- event --
/// @alb-connection-errors.json
/// -- facts --
/// { "readAt": … }
/// -- report --
/// …
/// ```
///
/// @param situation the first line
/// @param event the message as it came, or a reference `@file` into the folder `events`
/// @param facts JSON in the form of {@link FactsJson}, without the incident
/// @param report the exact text; empty where none is expected yet
public record RecordedIncident(String situation, String event, String facts, String report) {
  private static final String EVENT = "-- event --\n";
  private static final String FACTS = "-- facts --\n";
  private static final String REPORT = "-- report --\n";

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

  /// The event's own text: a reference is looked up in the nearest folder above the file that has
  /// it.
  ///
  /// @param file where this incident was read from
  /// @throws IOException if the referenced file cannot be found or read
  public String message(Path file) throws IOException {
    if (!event.startsWith("@")) {
      return event;
    }
    String name = event.substring(1).strip();
    for (Path folder = file.toAbsolutePath().getParent();
        folder != null;
        folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return Files.readString(folder.resolve(name));
      }
    }
    throw new IOException("%s: no folder above it holds the event %s".formatted(file, name));
  }

  /// The file's text.
  public String write() {
    return situation + "\n" + EVENT + event + "\n" + FACTS + facts + REPORT + report;
  }

  public RecordedIncident withReport(String other) {
    return new RecordedIncident(situation, event, facts, other);
  }
}
