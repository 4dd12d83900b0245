package lbresponder.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import lbresponder.evidence.Phrases;
import lbresponder.report.Report;
import lbresponder.report.Report.TargetPart;
import lbresponder.report.text.TargetRows;
import lbresponder.report.text.TargetRows.Row;

/// The targets: a row for each target group, a column for each zone, so that one look tells one
/// target from one zone from one group. Those alike in health and in what dialling met stand
/// together.
final class TargetGrid {
  private static final String NO_ZONE = "zone not known";

  /// Names of one kind in a cell; all are in the table of all targets.
  private static final int MOST_NAMES = 6;

  private static final int MOST_WELL = 3;

  private record Place(String group, String zone) {}

  private final Report report;
  private final Map<Row, List<TargetPart>> alike;
  private final Map<Place, Map<Row, List<TargetPart>>> cells = new LinkedHashMap<>();

  TargetGrid(Report report) {
    this.report = report;
    this.alike = TargetRows.alike(report);
    alike.forEach(
        (row, targets) ->
            targets.forEach(
                target ->
                    cells
                        .computeIfAbsent(
                            new Place(target.targetGroup(), zone(target)),
                            _ -> new LinkedHashMap<>())
                        .computeIfAbsent(row, _ -> new ArrayList<>())
                        .add(target)));
  }

  private static String zone(TargetPart target) {
    return Objects.requireNonNullElse(target.zone(), NO_ZONE);
  }

  Node grid() {
    if (cells.isEmpty()) {
      return Node.none();
    }
    List<String> zones =
        new ArrayList<>(new TreeSet<>(cells.keySet().stream().map(Place::zone).toList()));
    List<List<Node>> rows =
        cells.keySet().stream()
            .map(Place::group)
            .distinct()
            .map(
                group ->
                    Stream.concat(
                            Stream.of(Node.text(group)),
                            zones.stream().map(zone -> cell(new Place(group, zone))))
                        .toList())
            .toList();
    return Node.of(
        "section",
        Node.of("h2", "Targets"),
        Node.of(
                "div",
                Table.of(
                    Phrases.count(report.targets().size() + report.targetsOmitted(), "target")
                        + ", the failing first",
                    Stream.concat(Stream.of("target group"), zones.stream()).toList(),
                    rows))
            .as("grid"));
  }

  private Node cell(Place place) {
    Map<Row, List<TargetPart>> rows = cells.getOrDefault(place, Map.of());
    List<Node> kinds =
        rows.entrySet().stream().map(kind -> kind(kind.getKey(), kind.getValue())).toList();
    return kinds.isEmpty() ? Node.of("span", "–").as("quiet") : Node.of("ul", kinds);
  }

  private static Node kind(Row row, List<TargetPart> targets) {
    String mark = mark(row);
    int most = mark.equals("✓") ? MOST_WELL : MOST_NAMES;
    List<Node> parts = new ArrayList<>();
    parts.add(health(row));
    parts.add(Node.of("span", dialled(row)).as("quiet"));
    for (TargetPart target : targets.stream().limit(most).toList()) {
      parts.add(Node.of("code", target.id()));
    }
    if (targets.size() > most) {
      parts.add(Node.of("span", "+%d alike".formatted(targets.size() - most)).as("quiet"));
    }
    return Node.of("li", parts).as(Marks.look(mark));
  }

  private static String mark(Row row) {
    return row.health().substring(0, 1);
  }

  private static Node health(Row row) {
    return Node.of("strong", Marks.of(mark(row)), Node.text(row.health().substring(1)));
  }

  private static String dialled(Row row) {
    return row.dialled().equals("–") ? "not probed" : "probed: " + row.dialled();
  }

  /// Each by itself.
  Node all() {
    List<List<Node>> rows = new ArrayList<>();
    alike.forEach((row, targets) -> targets.forEach(target -> rows.add(row(row, target))));
    if (rows.isEmpty()) {
      return Node.none();
    }
    int all = rows.size() + report.targetsOmitted();
    return Folded.of(
        "All targets (%d)".formatted(all),
        Table.cut(
            "All targets, the failing first",
            List.of("target", "zone", "target group", "health", "what it says", "probed"),
            rows,
            all));
  }

  private static List<Node> row(Row row, TargetPart target) {
    String why = target.connection().why();
    return List.of(
        Node.of("code", target.id()),
        Node.text(zone(target)),
        Node.text(target.targetGroup()),
        Node.of("span", health(row)).as(Marks.look(mark(row))),
        Node.text(target.health().description()),
        Node.text(why == null ? row.dialled() : "not dialled: " + why));
  }
}
