package lbresponder.report;

import java.util.List;
import lbresponder.report.Report.CausePart;
import lbresponder.report.Report.WayPart;

/// Makes a report smaller, for channels that carry only so much.
final class FewerTargets {
  /// What nobody would paste, such as a command that names a thousand targets.
  private static final int LONGEST_COMMAND = 2000;

  private FewerTargets() {}

  static Report of(Report all, int most) {
    return new Report(
        all.schema(),
        all.version(),
        all.incident(),
        all.summary(),
        all.conclusion(),
        all.symptom(),
        all.shape(),
        all.causes().stream().map(cause -> of(cause, most)).toList(),
        all.sideFindings().stream().map(cause -> of(cause, most)).toList(),
        all.ruledOut(),
        all.unknown(),
        all.gaps(),
        first(all.targets(), most),
        all.targetsOmitted() + all.targets().size() - most,
        all.paths(),
        all.dialled(),
        all.frontDoor(),
        all.metric(),
        all.links(),
        all.at(),
        all.ways().stream().map(way -> of(way, most)).toList(),
        first(all.dials(), 2 * most),
        all.grant());
  }

  private static CausePart of(CausePart all, int most) {
    return all.targets().size() <= most
        ? all
        : new CausePart(
            all.id(),
            all.confidence(),
            all.title(),
            first(all.targets(), most),
            all.because(),
            pasted(all.fix()),
            all.fixChecked(),
            all.advice(),
            all.component(),
            all.aside(),
            all.explains(),
            all.since(),
            all.changes(),
            pasted(all.undo()),
            all.verify());
  }

  private static WayPart of(WayPart all, int most) {
    return new WayPart(
        all.zone(), all.from(), all.port(), first(all.targets(), most), all.alike(), all.hops());
  }

  private static List<String> pasted(List<String> commands) {
    return commands.stream().filter(command -> command.length() <= LONGEST_COMMAND).toList();
  }

  private static <T> List<T> first(List<T> all, int most) {
    return all.stream().limit(most).toList();
  }
}
