package lbresponder.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.report.Report;
import lbresponder.report.Report.HopPart;
import lbresponder.report.Report.TargetPart;
import lbresponder.report.Report.WayPart;
import lbresponder.report.text.Picture;
import lbresponder.report.text.Picture.Step;

/// A way from the load balancer to its targets as a picture: a list that reads as one, whose
/// failing hop stands out, and below it why.
final class WayView {
  private final Report report;

  WayView(Report report) {
    this.report = report;
  }

  /// The way that tells most.
  Node chosen() {
    return Picture.chosen(report.ways())
        .<Node>map(
            way ->
                Node.of(
                    "section",
                    Node.of("h2", "The way to the targets"),
                    picture(way),
                    reasons(way),
                    others(way)))
        .orElse(Node.none());
  }

  /// All of them, hop by hop.
  List<Node> all() {
    return report.ways().stream().map(this::whole).toList();
  }

  private Node whole(WayPart way) {
    return Node.of(
        "div",
        Node.of(
            "p",
            "%s, %s%s"
                .formatted(
                    start(way),
                    Picture.targets(way),
                    way.alike() == 1 ? "" : " (%d ways alike)".formatted(way.alike()))),
        picture(way),
        Table.of(
            "The hops from " + start(way),
            List.of("hop", "state", "decided by", "why"),
            way.hops().stream().map(WayView::row).toList()));
  }

  private static List<Node> row(HopPart hop) {
    return List.of(
        Node.text(name(hop)),
        Node.of("span", Marks.of(Picture.mark(hop.state())), Node.text(" " + hop.state()))
            .as(look(hop.state())),
        Node.of("code", hop.by()),
        Node.text(hop.why()));
  }

  private static String name(HopPart hop) {
    String what =
        switch (hop.kind()) {
          case "SECURITY_GROUPS" -> "groups";
          case "NETWORK_ACL" -> "ACL";
          default -> "route";
        };
    String end =
        what.equals("route")
            ? ""
            : hop.end().equals("TARGET") ? "the target's " : "the load balancer's ";
    return (hop.answer() ? "answer: " : "") + end + what;
  }

  private Node picture(WayPart way) {
    List<Node> hops = new ArrayList<>();
    hops.add(
        Node.of(
                "li",
                Node.of("strong", report.incident().loadBalancer().name()),
                Node.text(" "),
                Node.of("span", start(way)).as("quiet"))
            .as("end"));
    Picture.there(way).stream().map(WayView::hop).forEach(hops::add);
    hops.add(end(way));
    Picture.back(way).stream().map(WayView::hop).forEach(hops::add);
    return Node.of("ol", hops).as("way");
  }

  private static Node hop(Step step) {
    return Node.of(
            "li",
            Marks.of(Picture.mark(step.state())),
            Node.text(" "),
            Node.of("strong", step.label()),
            Node.text(" "),
            Node.of("span", step.state()).as("quiet"))
        .as(look(step.state()));
  }

  private static String look(String state) {
    return Marks.look(Picture.mark(state));
  }

  private static String start(WayPart way) {
    return "from %s %s".formatted(way.zone(), way.from()).replace("  ", " ");
  }

  /// With what dialling them met, where that is one thing.
  private Node end(WayPart way) {
    Set<String> targets = Set.copyOf(way.targets());
    Set<String> met =
        report.targets().stream()
            .filter(target -> targets.contains(target.id()))
            .map(TargetPart::connection)
            .map(Report.ConnectionPart::was)
            .collect(Collectors.toSet());
    if (met.size() != 1 || met.contains("NotDialled")) {
      return Node.of("li", Node.of("strong", Picture.targets(way))).as("end");
    }
    String was = met.iterator().next();
    String mark = Marks.dialled(was);
    return Node.of(
            "li",
            Marks.of(mark),
            Node.text(" "),
            Node.of("strong", Picture.targets(way)),
            Node.text(" "),
            Node.of("span", "probed: " + was).as("quiet"))
        .as("end " + Marks.look(mark));
  }

  /// The ways that fail elsewhere, in a line each.
  private Node others(WayPart chosen) {
    List<Node> others =
        report.ways().stream()
            .filter(way -> !failing(way).isEmpty() && !failing(way).equals(failing(chosen)))
            .<Node>map(
                way ->
                    Node.of(
                        "li",
                        "%s, %s: %s".formatted(start(way), Picture.targets(way), failing(way))))
            .toList();
    return others.isEmpty() ? Node.none() : Node.of("ul", others).as("reasons");
  }

  private static String failing(WayPart way) {
    return Picture.steps(way).stream()
        .filter(step -> !step.state().equals("open"))
        .map(step -> "%s %s %s".formatted(Picture.mark(step.state()), step.label(), step.state()))
        .collect(Collectors.joining(", "));
  }

  /// What the proof of the first cause does not say already.
  private Node reasons(WayPart way) {
    List<String> said =
        report.causes().isEmpty() ? List.of() : report.causes().getFirst().because();
    List<Node> reasons =
        Picture.steps(way).stream()
            .flatMap(
                step ->
                    step.hops().stream()
                        .filter(hop -> !hop.state().equals("open"))
                        .filter(hop -> said.stream().noneMatch(text -> text.contains(hop.why())))
                        .map(
                            hop ->
                                "%s %s: %s"
                                    .formatted(Picture.mark(hop.state()), step.label(), hop.why())))
            .distinct()
            .<Node>map(reason -> Node.of("li", reason))
            .toList();
    return reasons.isEmpty() ? Node.none() : Node.of("ul", reasons).as("reasons");
  }
}
