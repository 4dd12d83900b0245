package lbresponder.check;

import java.util.Set;
import lbresponder.facts.Facts;

/// One cause and how to tell it. The class is named after the accusation; that name is the report's
/// `id` and the folder of its recorded incidents.
public interface Check {

  default String id() {
    return getClass().getSimpleName();
  }

  /// The accusation as a sentence, without a full stop.
  String title();

  /// What to do about it where no command can be offered.
  String advice();

  /// What the cause can look like. An incident that shows none of it has another cause: this one is
  /// a side finding.
  Set<Symptom> shows();

  /// Judges the facts of the target groups that the incident is about.
  Verdict examine(Facts facts);
}
