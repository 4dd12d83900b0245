package lbresponder.report.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lbresponder.evidence.Phrases;
import lbresponder.report.Report;
import lbresponder.report.Report.HopPart;
import lbresponder.report.Report.WayPart;

/// The way from the load balancer to its targets as one picture: `web ─▶ groups out ✓ ─▶ ACLs ✓ ─▶
/// route ✓ ─▶ groups in ✗ ─▶ 3 targets :8080`, and the way back where it is not open.
public final class Picture {
  private static final String ANSWER = "answer";
  private static final List<String> WORST_FIRST = List.of("blocked", "partly", "unknown", "open");

  private Picture() {}

  /// What of a way is one thing to look at.
  ///
  /// @param label such as `groups in`
  /// @param state the worst of its hops
  public record Step(String label, String state, List<HopPart> hops) {
    /// Whether it is the way back.
    public boolean isAnswer() {
      return label.equals(ANSWER);
    }
  }

  /// Of the way that tells most. Empty where there is none.
  public static List<String> of(Report report, int width) {
    return chosen(report.ways())
        .map(way -> lines(report.incident().loadBalancer().name(), way, width))
        .orElse(List.of());
  }

  /// The way that tells most: one that is blocked, else the first.
  public static Optional<WayPart> chosen(List<WayPart> ways) {
    return WORST_FIRST.stream()
        .flatMap(
            state ->
                ways.stream()
                    .filter(way -> way.hops().stream().anyMatch(hop -> hop.state().equals(state))))
        .findFirst();
  }

  private static List<String> lines(String name, WayPart way, int width) {
    List<String> parts = new ArrayList<>();
    there(way).forEach(step -> parts.add(line(step)));
    parts.add(targets(way));
    back(way).forEach(step -> parts.add(line(step)));
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder("  ").append(name);
    for (String part : parts) {
      if (Fold.length(line) + 4 + Fold.length(part) > width) {
        lines.addAll(Fold.text("", "  ", line.toString(), width));
        line = new StringBuilder("   ");
      }
      line.append(" ─▶ ").append(part);
    }
    lines.addAll(Fold.text("", "  ", line.toString(), width));
    return lines;
  }

  private static String line(Step step) {
    return step.label() + " " + mark(step.state());
  }

  /// `3 targets :8080`.
  public static String targets(WayPart way) {
    return "%s :%d".formatted(Phrases.count(way.targets().size(), "target"), way.port());
  }

  /// What a picture shows before the targets.
  public static List<Step> there(WayPart way) {
    return steps(way).stream().filter(step -> !step.isAnswer()).toList();
  }

  /// What it shows behind them: the way back, where it is not open.
  public static List<Step> back(WayPart way) {
    return steps(way).stream()
        .filter(step -> step.isAnswer() && !step.state().equals("open"))
        .toList();
  }

  /// In the order in which a packet passes them.
  public static List<Step> steps(WayPart way) {
    Map<String, List<HopPart>> alike = new LinkedHashMap<>();
    way.hops().forEach(hop -> alike.computeIfAbsent(label(hop), _ -> new ArrayList<>()).add(hop));
    return alike.entrySet().stream()
        .map(
            step ->
                new Step(
                    step.getKey(),
                    step.getValue().stream().map(HopPart::state).reduce(Picture::worse).orElse(""),
                    List.copyOf(step.getValue())))
        .toList();
  }

  private static String worse(String one, String other) {
    return WORST_FIRST.indexOf(one) <= WORST_FIRST.indexOf(other) ? one : other;
  }

  /// What of a kind stands on the way there is one thing, and all on the way back another.
  private static String label(HopPart hop) {
    if (hop.answer()) {
      return ANSWER;
    }
    return switch (hop.kind()) {
      case "SECURITY_GROUPS" -> hop.end().equals("TARGET") ? "groups in" : "groups out";
      case "NETWORK_ACL" -> "ACLs";
      default -> "route";
    };
  }

  public static String mark(String state) {
    return switch (state) {
      case "open" -> "✓";
      case "blocked" -> "✗";
      case "partly" -> "±";
      default -> "?";
    };
  }
}
