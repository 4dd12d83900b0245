package lbresponder.report.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lbresponder.report.Report;
import lbresponder.report.Report.AlarmPart;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.IncidentPart;
import lbresponder.report.Report.LinkPart;
import lbresponder.report.text.Ages;
import lbresponder.report.text.Sentences;

/// The verdict, and what it is about.
final class Top {
  /// More letters than these are no title.
  private static final int LONG = 80;

  /// @param mark as {@link Sentences#mark}
  /// @param word how sure the cause is, or what is said instead
  private record Verdict(String mark, String word, String sentence) {
    static Verdict of(Report report) {
      if (!report.causes().isEmpty()) {
        CausePart first = report.causes().getFirst();
        return new Verdict(Sentences.mark(report), first.confidence(), first.title());
      }
      return new Verdict(
          Sentences.mark(report),
          Sentences.conclusion(report),
          new Ages(report.at()).in(Sentences.withoutCause(report)));
    }
  }

  private final Report report;

  Top(Report report) {
    this.report = report;
  }

  /// For the window's title.
  static String title(Report report) {
    Verdict verdict = Verdict.of(report);
    return "%s %s: %s"
        .formatted(verdict.mark(), report.incident().loadBalancer().name(), verdict.sentence());
  }

  Node node() {
    Verdict verdict = Verdict.of(report);
    List<Node> parts = new ArrayList<>();
    parts.add(
        Node.of(
                "p",
                Marks.of(verdict.mark()),
                Node.text(" "),
                Node.of("strong", report.incident().loadBalancer().name()),
                Node.text(" "),
                badge(verdict.word()))
            .as("subject"));
    Node.Element heading = Node.of("h1", sentence(verdict));
    parts.add(verdict.sentence().length() > LONG ? heading.as("long") : heading);
    if (!report.causes().isEmpty()) {
      parts.add(share());
      parts.add(others());
    }
    parts.add(context());
    parts.add(links());
    return Node.of("header", parts).as("top " + Marks.look(verdict.mark()));
  }

  private static String sentence(Verdict verdict) {
    String sentence = verdict.sentence();
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  static Node badge(String word) {
    return Node.of("span", word).as("badge");
  }

  private Node share() {
    String share = Sentences.share(report, report.causes().getFirst());
    return share.isEmpty() ? Node.none() : Node.of("p", share).as("share");
  }

  private Node others() {
    List<CausePart> others = report.causes().subList(1, report.causes().size());
    return others.isEmpty()
        ? Node.none()
        : Node.of("ul", others.stream().map(this::other).toList()).as("others");
  }

  private Node other(CausePart cause) {
    String share = Sentences.share(report, cause);
    return Node.of(
        "li",
        Node.text("and "),
        badge(cause.confidence()),
        Node.text(" " + cause.title() + (share.isEmpty() ? "" : " (" + share + ")")));
  }

  private Node context() {
    IncidentPart incident = report.incident();
    List<Node> facts = new ArrayList<>();
    facts.add(fact("Account", Node.text(incident.account())));
    facts.add(fact("Region", Node.text(incident.region())));
    incident.alarms().forEach(alarm -> facts.add(fact(alarm.state(), alarm(alarm))));
    Instant since = report.causes().isEmpty() ? null : report.causes().getFirst().since();
    if (since != null && !incident.alarms().isEmpty()) {
      facts.add(fact("This began", Times.age(since, report.at())));
    }
    facts.add(fact("Facts read", Times.day(report.at())));
    return Node.of("dl", facts).as("context");
  }

  private static Node fact(String name, Node value) {
    return Node.of("div", Node.of("dt", name), Node.of("dd", value));
  }

  private Node alarm(AlarmPart alarm) {
    return Node.of(
        "span",
        Node.text(alarm.metric() + ", "),
        Times.age(report.incident().since(), report.at()),
        Node.of("br"),
        Node.of("span", alarm.name()).as("quiet"));
  }

  /// Only what a browser opens as a page: whatever else is in an address is not followed.
  private Node links() {
    List<Node> links =
        report.links().stream()
            .filter(link -> link.url().startsWith("https://"))
            .map(Top::link)
            .toList();
    return links.isEmpty()
        ? Node.none()
        : Node.of("ul", links).as("links").with("aria-label", "Links");
  }

  private static Node link(LinkPart link) {
    return Node.of(
        "li",
        Node.of("a", link.title()).with("href", link.url()).with("rel", "noopener noreferrer"));
  }
}
