package lbresponder.report.text;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.report.Report;
import lbresponder.report.Report.RuledOutPart;
import lbresponder.report.Report.UnknownPart;

/// The text of a report as a recorded incident expects it. Of what was ruled out or could not be
/// told it lists only the causes that the incident vouches for: whoever records it keeps or removes
/// those lines, so that a new cause changes no other cause's incidents. All else is the report's
/// text, byte for byte.
public final class RecordedReport {
  private static final Pattern SECTION =
      Pattern.compile(
          "^(?:%s|%s)\\n((?:  - .*\\n?)*)"
              .formatted(ReportText.RULED_OUT, ReportText.COULD_NOT_TELL),
          Pattern.MULTILINE);

  private static final Pattern VERDICT = Pattern.compile("^  - (\\w+):", Pattern.MULTILINE);

  private RecordedReport() {}

  /// The text to record: with a line for each cause that could have looked like this.
  public static String first(Report report) {
    return ReportText.write(
        report,
        Stream.concat(
                report.ruledOut().stream().filter(RuledOutPart::fits).map(RuledOutPart::id),
                report.unknown().stream().filter(UnknownPart::fits).map(UnknownPart::id))
            .collect(Collectors.toSet()));
  }

  /// The text of a fresh report that must equal the recorded one.
  public static String again(Report report, String recorded) {
    return ReportText.write(report, ids(recorded));
  }

  /// The causes that a recorded report lists as ruled out, or as those of which it could not tell.
  public static Set<String> ids(String recorded) {
    Set<String> ids = new HashSet<>();
    Matcher section = SECTION.matcher(recorded);
    while (section.find()) {
      VERDICT.matcher(section.group(1)).results().map(line -> line.group(1)).forEach(ids::add);
    }
    return ids;
  }
}
