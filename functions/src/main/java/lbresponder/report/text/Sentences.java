package lbresponder.report.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lbresponder.evidence.Phrases;
import lbresponder.report.Report;
import lbresponder.report.Report.AlarmPart;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.ExplainsPart;
import lbresponder.report.Report.IncidentPart;
import lbresponder.report.Report.RuledOutPart;
import lbresponder.report.Report.UnknownPart;
import lbresponder.report.Sparkline;

/// What every form of a report says in the same words: the screen, the e-mail, the message in
/// Slack, the page.
public final class Sentences {
  /// Where a fix has no command that reverses it.
  public static final String NO_UNDO = "nothing takes it back by itself";

  private Sentences() {}

  /// How much of the alarm it explains, else how many of the targets it is about; empty where
  /// neither is known.
  public static String share(Report report, CausePart cause) {
    ExplainsPart explains = cause.explains();
    if (explains != null && explains.share() < 1) {
      return "%s of %s %s"
          .formatted(
              Sparkline.number(explains.part()), Sparkline.number(explains.whole()), explains.of());
    }
    int all = report.targets().size() + report.targetsOmitted();
    return cause.targets().isEmpty()
        ? ""
        : "%d of %d targets"
            .formatted(cause.targets().size(), Math.max(all, cause.targets().size()));
  }

  /// A cause beside the first: `LIKELY: The target closes connections (1 of 3 targets)`.
  public static String other(Report report, CausePart cause) {
    String share = share(report, cause);
    return "%s: %s%s"
        .formatted(cause.confidence(), cause.title(), share.isEmpty() ? "" : " (" + share + ")");
  }

  /// Why no cause is named, without the load balancer's name.
  public static String withoutCause(Report report) {
    return report.summary().substring(report.incident().loadBalancer().name().length() + 2);
  }

  /// `✗`: something is wrong; `✓`: nothing is, as far as was looked; `?`: not known.
  public static String mark(Report report) {
    return switch (report.conclusion()) {
      case CAUSE -> "✗";
      case WELL -> "✓";
      case NOT_FOUND, COULD_NOT_LOOK -> "?";
    };
  }

  /// `COULD NOT LOOK`, `NOT FOUND`, `WELL`.
  public static String conclusion(Report report) {
    return report.conclusion().name().replace('_', ' ');
  }

  /// `123456789012 · eu-west-1 · ALARM UnHealthyHostCount, 17:04 UTC (3 min ago)`.
  public static String context(Report report) {
    IncidentPart incident = report.incident();
    return "%s · %s · %s"
        .formatted(
            incident.account(),
            incident.region(),
            incident.alarms().isEmpty()
                ? "asked %s UTC".formatted(Ages.minute(report.at()))
                : alarm(report, incident.alarms().getFirst(), incident.alarms().size() - 1));
  }

  private static String alarm(Report report, AlarmPart alarm, int more) {
    return "%s %s, %s%s"
        .formatted(
            alarm.state(),
            alarm.metric(),
            new Ages(report.at()).of(report.incident().since()),
            more == 0 ? "" : ", and %s more".formatted(Phrases.count(more, "alarm")));
  }

  /// When the fault behind an alarm began; empty where that is not known, or nobody alarmed.
  public static String began(Report report) {
    return report.incident().alarms().isEmpty()
            || report.causes().isEmpty()
            || report.causes().getFirst().since() == null
        ? ""
        : "this began " + new Ages(report.at()).of(report.causes().getFirst().since());
  }

  /// The proof, of reasons that say the same of several targets or nodes the first, with how many
  /// there are.
  public static List<String> reasons(Report report, CausePart cause) {
    Ages ages = new Ages(report.at());
    List<String> names = names(report, cause);
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (String reason : cause.because()) {
      alike.computeIfAbsent(shape(reason, names), _ -> new ArrayList<>()).add(reason);
    }
    return alike.values().stream()
        .map(
            same ->
                same.size() == 1
                    ? same.getFirst()
                    : "%s (+%d alike)".formatted(same.getFirst(), same.size() - 1))
        .map(ages::in)
        .toList();
  }

  /// What tells targets and nodes apart; no name before one that it is a part of.
  private static List<String> names(Report report, CausePart cause) {
    return Stream.concat(
            cause.targets().stream(),
            report.ways().stream().flatMap(way -> Stream.of(way.from(), way.zone())))
        .filter(name -> !name.isEmpty())
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  private static String shape(String reason, List<String> names) {
    String shape = reason;
    for (String name : names) {
      shape = shape.replace(name, "…");
    }
    return shape;
  }

  /// What is known of a fix before anybody runs it.
  public static String tried(CausePart cause) {
    return "checked".equals(cause.fixChecked())
        ? "not run; tried on a model of what was read: this cause is gone"
        : "not run; what it does cannot be told from what was read";
  }

  /// A fault beside the causes.
  public static String aside(CausePart found) {
    return found.title() + (found.aside() == null ? "" : " (" + found.aside() + ")");
  }

  /// One line of counts: what was ruled out, what could not be told, what was not read.
  public static String counts(Report report) {
    return "%s ruled out · %d not told · %d not read%s"
        .formatted(
            Phrases.count(ruledOut(report), "cause"),
            notTold(report),
            report.gaps().size(),
            report.dialled().isEmpty() ? " · targets not probed" : "");
  }

  /// How many causes were ruled out, of those that this load balancer can have.
  public static long ruledOut(Report report) {
    return report.ruledOut().stream().filter(RuledOutPart::applies).count();
  }

  /// Of how many causes that look like this nobody could tell.
  public static long notTold(Report report) {
    return report.unknown().stream().filter(UnknownPart::fits).count();
  }
}
