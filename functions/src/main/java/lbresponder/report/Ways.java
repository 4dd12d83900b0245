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
import lbresponder.network.CidrFormat;
import lbresponder.network.Hop;
import lbresponder.network.Path;
import lbresponder.report.Report.HopPart;
import lbresponder.report.Report.WayPart;

/// The ways to the failing targets, hop by hop, one for all that are judged alike.
final class Ways {
  private static final int MOST_TARGETS = 200;
  private static final int MOST = 6;

  private record Way(RegisteredTarget target, Path path) {}

  private final List<List<Way>> alike;

  /// Empty where the rules could not be read.
  Ways(Case current, Impact impact) {
    Map<String, List<Way>> byShape = new LinkedHashMap<>();
    if (isRead(current.facts().network())) {
      for (RegisteredTarget target : impact.failing().stream().limit(MOST_TARGETS).toList()) {
        Integer port = target.target().port();
        if (port != null) {
          for (Path path : current.paths().to(target.group(), target.target(), port)) {
            byShape.computeIfAbsent(shape(path), _ -> new ArrayList<>()).add(new Way(target, path));
          }
        }
      }
    }
    alike = byShape.values().stream().limit(MOST).toList();
  }

  private static boolean isRead(Network network) {
    return network.securityGroups().isKnown() || network.networkAcls().isKnown();
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

  /// One line each.
  List<String> lines() {
    return alike.stream().map(Ways::line).toList();
  }

  private static String line(List<Way> alike) {
    String first = alike.getFirst().path.line(alike.getFirst().target.id());
    return clean(
        alike.size() == 1 ? first : "%s (and %d more alike)".formatted(first, alike.size() - 1));
  }

  List<WayPart> parts() {
    return alike.stream().map(Ways::part).toList();
  }

  private static WayPart part(List<Way> alike) {
    Path path = alike.getFirst().path;
    return new WayPart(
        path.zone(),
        CidrFormat.of(path.from()),
        path.port(),
        alike.stream().map(way -> clean(way.target.label())).distinct().toList(),
        alike.size(),
        path.steps().stream().map(Ways::hop).toList());
  }

  private static HopPart hop(Path.Step step) {
    return switch (step.hop()) {
      case Hop.Allowed(String by) -> hop(step, "open", by);
      case Hop.Denied(String by) -> hop(step, "blocked", by);
      case Hop.Partial(String by, String open) ->
          hop(step, "partly", by + " lets only " + open + " pass");
      case Hop.Unknown(String why) -> hop(step, "unknown", why);
    };
  }

  private static HopPart hop(Path.Step step, String state, String why) {
    Path.Control control = step.control();
    return new HopPart(
        control.kind().name(),
        control.end().name(),
        control.answer(),
        clean(step.by()),
        state,
        clean(why));
  }

  private static String clean(String text) {
    return Untrusted.clean(text, 1000);
  }
}
