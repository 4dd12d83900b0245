package lbresponder.report.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lbresponder.report.Outcome;
import lbresponder.report.Report;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.ExplainsPart;
import lbresponder.report.Sparkline;

/// What the first screen of a terminal and the page say in the same words.
public final class Words {
  private Words() {}

  /// The answer in one line.
  ///
  /// @param mark `✗`: something is wrong; `✓`: nothing is, as far as was looked; `?`: not known
  /// @param word how sure the cause is, or `WELL`, `NOT FOUND`, `COULD NOT LOOK`
  /// @param sentence the cause's title, else the summary without the load balancer's name
  public record Verdict(String mark, String word, String sentence) {}

  public static Verdict verdict(Report report) {
    if (!report.causes().isEmpty()) {
      CausePart first = report.causes().getFirst();
      return new Verdict("✗", first.confidence(), first.title());
    }
    return new Verdict(
        report.outcome() == Outcome.WELL ? "✓" : "?",
        report.outcome().name().replace('_', ' '),
        report.summary().substring(report.incident().loadBalancer().name().length() + 2));
  }

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

  /// Of reasons that say the same of several targets the first, with how many there are.
  public static List<String> alike(CausePart cause) {
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (String reason : cause.because()) {
      String shape = reason;
      for (String target : cause.targets()) {
        shape = shape.replace(target, "");
      }
      alike.computeIfAbsent(shape, _ -> new ArrayList<>()).add(reason);
    }
    return alike.values().stream()
        .map(
            same ->
                same.size() == 1
                    ? same.getFirst()
                    : "%s (+%d alike)".formatted(same.getFirst(), same.size() - 1))
        .toList();
  }

  /// What was done with a fix.
  public static String tried(CausePart cause) {
    return "not run; "
        + ("checked".equals(cause.fixChecked())
            ? "tried on a model of what was read: this cause is gone"
            : "what it does cannot be told from what was read");
  }
}
