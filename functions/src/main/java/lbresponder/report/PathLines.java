package lbresponder.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Impact;
import lbresponder.evidence.Case;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Network;
import lbresponder.message.Untrusted;
import lbresponder.network.Hop;
import lbresponder.network.Path;

/// The ways to the failing targets, hop by hop, one line for each that is judged alike.
final class PathLines {
  private static final int MOST_TARGETS = 200;
  private static final int MOST_LINES = 6;

  private record Way(RegisteredTarget target, Path path) {}

  private PathLines() {}

  static List<String> of(Case current, Impact impact) {
    Network network = current.facts().network();
    if (!network.securityGroups().isKnown() && !network.networkAcls().isKnown()) {
      return List.of();
    }
    Map<String, List<Way>> alike = new LinkedHashMap<>();
    for (RegisteredTarget target : impact.failing().stream().limit(MOST_TARGETS).toList()) {
      Integer port = target.target().port();
      if (port != null) {
        for (Path path : current.paths().to(target.group(), target.target(), port)) {
          alike.computeIfAbsent(shape(path), _ -> new ArrayList<>()).add(new Way(target, path));
        }
      }
    }
    return alike.values().stream().limit(MOST_LINES).map(PathLines::line).toList();
  }

  private static String shape(Path path) {
    return path.steps().stream()
        .map(
            step ->
                "%s %s %s"
                    .formatted(
                        step.control(),
                        step.by(),
                        step.hop() instanceof Hop.Unknown(String why)
                            ? why
                            : step.hop().getClass().getSimpleName()))
        .collect(Collectors.joining(", "));
  }

  private static String line(List<Way> alike) {
    String first = alike.getFirst().path.line(alike.getFirst().target.id());
    return Untrusted.clean(
        alike.size() == 1 ? first : "%s (and %d more alike)".formatted(first, alike.size() - 1),
        1000);
  }
}
