package lbresponder.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.report.Report;
import lbresponder.report.Report.TargetPart;

/// The targets as a table for text of fixed width.
public final class Columns {
  private Columns() {}

  /// @param most rows; the failing targets come first
  /// @return the head and a line for each target, without line ends; empty where there is none
  public static List<String> of(Report report, int most) {
    if (report.targets().isEmpty()) {
      return List.of();
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("target", "zone", "group", "health", "connection"));
    report.targets().stream().limit(most).map(Columns::row).forEach(rows::add);
    int[] widths = new int[5];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).repeat(" ", widths[i] - row.get(i).length() + 2);
      }
      lines.add(line.toString().stripTrailing());
    }
    int more = report.targets().size() + report.targetsOmitted() - rows.size() + 1;
    if (more > 0) {
      lines.add("and %d more".formatted(more));
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
