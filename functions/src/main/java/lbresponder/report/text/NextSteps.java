package lbresponder.report.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lbresponder.report.Report;
import lbresponder.report.Report.UnknownPart;

/// What would tell, where no cause could be shown.
public final class NextSteps {
  private static final int MOST = 3;

  private NextSteps() {}

  public static List<String> of(Report report) {
    List<String> steps = new ArrayList<>();
    if (!report.grant().isEmpty()) {
      steps.add("let it read what was refused: " + report.grant());
    }
    boolean fails =
        report.targets().stream().anyMatch(target -> isFailing(target.health().state()));
    if (report.dialled().isEmpty() && fails) {
      steps.add("probe the targets: lb-responder diagnose … --probe lambda, or --probe here");
    }
    if (!report.incident().alarms().isEmpty()) {
      steps.addAll(open(report));
    }
    return steps;
  }

  /// What is missing, each once, with the causes that it would decide. What is refused is asked for
  /// already.
  private static List<String> open(Report report) {
    Map<String, List<String>> causes = new LinkedHashMap<>();
    for (UnknownPart part : report.unknown()) {
      boolean refused =
          !report.grant().isEmpty()
              && report.gaps().stream().anyMatch(gap -> gap.endsWith(part.missing()));
      if (part.fits() && !refused) {
        causes.computeIfAbsent(part.missing(), _ -> new ArrayList<>()).add(part.id());
      }
    }
    return causes.entrySet().stream()
        .limit(MOST)
        .map(open -> "%s: %s".formatted(String.join(", ", open.getValue()), open.getKey()))
        .toList();
  }

  private static boolean isFailing(String state) {
    return !state.equals("healthy") && !state.equals("unused") && !state.equals("draining");
  }
}
