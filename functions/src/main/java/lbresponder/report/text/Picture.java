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
  public record Step(String label, String state, List<HopPart> hops) {}

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
    String back = "";
    for (Step step : steps(way)) {
      String part = step.label() + " " + mark(step.state());
      if (!step.label().equals(ANSWER)) {
        parts.add(part);
      } else if (!step.state().equals("open")) {
        back = part;
      }
    }
    parts.add("%s :%d".formatted(Phrases.count(way.targets().size(), "target"), way.port()));
    if (!back.isEmpty()) {
      parts.add(back);
    }
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
