package lbresponder.diagnosis;

import java.util.List;
import java.util.function.Function;
import lbresponder.diagnosis.Verdict.Cause;
import lbresponder.evidence.Case;

/// Says what a test wants.
class SayingCheck extends Check {
  private final Function<Case, Verdict> says;

  SayingCheck(Function<Case, Verdict> says, Symptom... symptoms) {
    super("a title", "an advice", symptoms);
    this.says = says;
  }

  /// A cause that can look like anything, about these targets.
  static SayingCheck says(Confidence confidence, String component, String... ids) {
    return new SayingCheck(current -> cause(current, confidence, component, ids), Symptom.values());
  }

  static Cause cause(Case current, Confidence confidence, String component, String... ids) {
    return Cause.of(confidence, component, "a fact")
        .about(
            current.targets().all().stream()
                .filter(target -> List.of(ids).contains(target.id()))
                .toList());
  }

  @Override
  public Verdict examine(Case current) {
    return says.apply(current);
  }
}
