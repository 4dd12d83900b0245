package lbresponder.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import lbresponder.diagnosis.Check;
import lbresponder.diagnosis.Verdict;
import lbresponder.evidence.RegisteredTarget;

/// One row of a check's table: a situation, and what the check says of it.
///
/// @param says what its reasons contain, each somewhere
public record SituationRow(
    Answer answer, String situation, UnaryOperator<Situation> change, List<String> says) {

  /// What a check answers: how sure it is of a cause, or why there is none.
  public enum Answer {
    PROVEN,
    LIKELY,
    POSSIBLE,
    RULED_OUT,
    NOT_APPLICABLE,
    UNKNOWN;

    public static Answer of(Verdict verdict) {
      return switch (verdict) {
        case Verdict.Cause cause -> valueOf(cause.confidence().name());
        case Verdict.RuledOut _ -> RULED_OUT;
        case Verdict.NotApplicable _ -> NOT_APPLICABLE;
        case Verdict.Unknown _ -> UNKNOWN;
      };
    }
  }

  /// @param change what is different from a load balancer on which all is well
  public static SituationRow row(Answer answer, String situation, UnaryOperator<Situation> change) {
    return new SituationRow(answer, situation, change, List.of());
  }

  /// The same row, with what the check says to it.
  public SituationRow saying(String... parts) {
    return new SituationRow(answer, situation, change, List.of(parts));
  }

  public void holdsFor(Check check) {
    Verdict verdict = change.apply(new Situation()).examine(check);
    assertThat(Answer.of(verdict)).as("%s: %s", situation, verdict).isEqualTo(answer);
    for (String part : says) {
      assertThat(reasons(verdict)).as(situation).contains(part);
    }
  }

  /// What a verdict says, and of a cause which targets it explains.
  public static String reasons(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Cause cause -> {
        List<String> all = new ArrayList<>(List.of(cause.component()));
        all.addAll(cause.because());
        yield String.join("\n", all)
            + "\n"
            + cause.targets().stream().map(RegisteredTarget::label).toList();
      }
      case Verdict.RuledOut(String because) -> because;
      case Verdict.NotApplicable(String because) -> because;
      case Verdict.Unknown(String missing) -> missing;
    };
  }

  @Override
  public String toString() {
    return answer + ": " + situation;
  }
}
