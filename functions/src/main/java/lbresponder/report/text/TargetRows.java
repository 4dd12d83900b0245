package lbresponder.report.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lbresponder.report.Report;
import lbresponder.report.Report.AttemptPart;
import lbresponder.report.Report.DialPart;
import lbresponder.report.Report.TargetPart;
import org.jspecify.annotations.Nullable;

/// The targets, those alike in one row, the failing first.
public final class TargetRows {
  /// The statuses that a check met, as providers write them.
  private static final Pattern STATUSES = Pattern.compile("\\[[0-9, ]+]");

  /// @param health a mark, and the provider's reason or the state
  /// @param dialled what was met on the traffic port; `–` where nobody dialled
  public record Row(String health, String dialled) {}

  private TargetRows() {}

  /// @param most rows, beside the one that says how many more there are
  /// @param rest where all of them are
  public static List<String> of(Report report, int most, int width, String rest) {
    Map<Row, List<TargetPart>> alike = alike(report);
    List<List<String>> cells = new ArrayList<>();
    alike.entrySet().stream()
        .limit(most)
        .forEach(row -> cells.add(cells(row.getKey(), row.getValue())));
    List<String> lines = new ArrayList<>();
    Columns.aligned(cells).forEach(row -> lines.addAll(folded(row, width)));
    int shown = alike.values().stream().limit(most).mapToInt(List::size).sum();
    int more = report.targets().size() + report.targetsOmitted() - shown;
    if (more > 0) {
      lines.add("  and %d more: %s".formatted(more, rest));
    }
    return lines;
  }

  /// In the order of the report.
  public static Map<Row, List<TargetPart>> alike(Report report) {
    Map<Row, List<TargetPart>> alike = new LinkedHashMap<>();
    Map<String, Integer> statuses = statuses(report);
    for (TargetPart target : report.targets()) {
      Row row = new Row(health(target), dialled(target, statuses.get(target.id())));
      alike.computeIfAbsent(row, _ -> new ArrayList<>()).add(target);
    }
    return alike;
  }

  private static List<String> cells(Row row, List<TargetPart> targets) {
    TargetPart first = targets.getFirst();
    return List.of(
        first.id(),
        first.zone() == null ? "–" : first.zone(),
        row.health,
        row.dialled,
        targets.size() == 1 ? "" : "(+%d alike)".formatted(targets.size() - 1));
  }

  private static List<String> folded(String row, int width) {
    String whole = "  " + row;
    return Fold.length(whole) <= width
        ? List.of(whole)
        : Fold.text("  ", "      ", row.replaceAll(" +", " "), width);
  }

  private static String health(TargetPart target) {
    String state = target.health().state();
    String mark =
        switch (state) {
          case "healthy" -> "✓";
          case "unknown" -> "?";
          case "initial", "draining", "unused" -> "·";
          default -> "✗";
        };
    Matcher statuses = STATUSES.matcher(target.health().description());
    return "%s %s%s"
        .formatted(
            mark,
            target.health().reason().isEmpty() ? state : target.health().reason(),
            statuses.find() ? " " + statuses.group() : "");
  }

  /// Of the first answer on the traffic port.
  private static Map<String, Integer> statuses(Report report) {
    Map<String, Integer> statuses = new HashMap<>();
    for (DialPart dial : report.dials()) {
      for (AttemptPart attempt : dial.attempts()) {
        if (dial.purpose().equals("TRAFFIC") && attempt.status() != null) {
          statuses.putIfAbsent(dial.target(), attempt.status());
        }
      }
    }
    return statuses;
  }

  /// @param status tells answers apart; null: none was met
  private static String dialled(TargetPart target, @Nullable Integer status) {
    String was = target.connection().was();
    return was.equals("NotDialled") ? "–" : status == null ? was : was + " " + status;
  }
}
