package lbresponder.diagnosis;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.evidence.Case;

/// One cause and how to tell it. The class is named after the cause; that name is the report's `id`
/// and the folder of its recorded incidents.
public abstract class Check {
  private final String title;
  private final String advice;
  private final Set<Symptom> symptoms;

  /// @param title the cause as a sentence, without a full stop
  /// @param advice what to do about it where no command can be offered
  /// @param symptoms what the cause can look like. An incident that shows none of it has another
  ///   cause: this one is a side finding. Empty: no alarm shows it by itself.
  protected Check(String title, String advice, Symptom... symptoms) {
    this.title = title;
    this.advice = advice;
    EnumSet<Symptom> all = EnumSet.noneOf(Symptom.class);
    all.addAll(List.of(symptoms));
    this.symptoms = Set.copyOf(all);
  }

  public final String id() {
    return getClass().getSimpleName();
  }

  public final String title() {
    return title;
  }

  public final String advice() {
    return advice;
  }

  public final Set<Symptom> symptoms() {
    return symptoms;
  }

  /// Whether it says why a target fails; false where it names what several causes have in common,
  /// so that they stay listed below it.
  public boolean isSpecific() {
    return true;
  }

  /// Judges the facts of the target groups that the incident is about.
  public abstract Verdict examine(Case current);
}
