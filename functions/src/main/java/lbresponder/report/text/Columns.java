package lbresponder.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.report.Report;
import lbresponder.report.Report.TargetPart;

/// The targets as a table for text of fixed width.
final class Columns {
  private Columns() {}

  /// @param most rows; the failing targets come first
  /// @return the head and a line for each target, without line ends; empty where there is none
  static List<String> of(Report report, int most) {
    if (report.targets().isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("target", "zone", "group", "health", "connection"));
    report.targets().stream().limit(most).map(Columns::row).forEach(rows::add);
    List<String> lines = new ArrayList<>(aligned(rows));
    int more = report.targets().size() + report.targetsOmitted() - rows.size() + 1;
    if (more > 0) {
      lines.add("and %d more".formatted(more));
    }
    return lines;
  }

  /// Each column as wide as its widest cell, and two spaces between them.
  ///
  /// @param rows of equally many cells
  static List<String> aligned(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(other -> Fold.length(other.get(column))).max().orElse(0);
        line.append(row.get(i)).repeat(" ", width - Fold.length(row.get(i)) + 2);
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static List<String> row(TargetPart target) {
    String health =
        Stream.of(target.health().state(), target.health().reason())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" "));
    return List.of(
        target.id(),
        target.zone() == null ? "-" : target.zone(),
        target.targetGroup(),
        health,
        target.connection().was().equals("NotDialled") ? "not probed" : target.connection().was());
  }
}
