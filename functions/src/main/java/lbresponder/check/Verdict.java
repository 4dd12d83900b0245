package lbresponder.check;

import java.util.List;
import java.util.Set;
import lbresponder.facts.Repair;
import org.jspecify.annotations.Nullable;

/// What a check says of the facts. There is no fourth answer: what does not apply is ruled out.
public sealed interface Verdict {

  /// It is the matter.
  ///
  /// @param component id of the thing at fault, as the console shows it
  /// @param targets the targets it explains; empty where it is not about single targets
  /// @param because the facts that were read, one full sentence each, the strongest first; never
  ///   empty
  /// @param repairs what would mend it, all of them together; empty where only a person can tell
  /// @param shows what it can look like here, where that is less than {@link Check#shows}; null:
  ///   the same
  record Cause(
      Confidence confidence,
      String component,
      List<Member> targets,
      List<String> because,
      List<Repair> repairs,
      @Nullable Set<Symptom> shows)
      implements Verdict {

    public Cause {
      if (because.isEmpty()) {
        throw new IllegalArgumentException("an accusation of " + component + " without a fact");
      }
      targets = List.copyOf(targets);
      because = List.copyOf(because);
      repairs = List.copyOf(repairs);
    }

    Cause(
        Confidence confidence,
        String component,
        List<Member> targets,
        List<String> because,
        List<Repair> repairs) {
      this(confidence, component, targets, because, repairs, null);
    }

    Cause withoutRepairs() {
      return new Cause(confidence, component, targets, because, List.of(), shows);
    }

    Cause with(Confidence other) {
      return new Cause(other, component, targets, because, repairs, shows);
    }

    Cause with(List<Member> others) {
      return new Cause(confidence, component, others, because, repairs, shows);
    }
  }

  /// It is not the matter.
  ///
  /// @param because the fact that refutes it, one sentence
  record RuledOut(String because) implements Verdict {}

  /// It cannot be told.
  ///
  /// @param missing the fact that would decide, and why it is missing
  record Unknown(String missing) implements Verdict {}
}
