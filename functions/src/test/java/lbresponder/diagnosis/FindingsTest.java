package lbresponder.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import lbresponder.diagnosis.Verdict.Cause;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.Repair;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;

class FindingsTest {
  private static final Cause LIKELY = Cause.of(Confidence.LIKELY, "this", "likely");
  private static final Cause PROVEN = Cause.of(Confidence.PROVEN, "that", "proven");

  @Test
  void withoutAnythingItIsRuledOut() {
    assertThat(new Findings().orRuledOut("a fact")).isEqualTo(new Verdict.RuledOut("a fact"));
    assertThat(new Findings().verdict()).isEqualTo(new Verdict.RuledOut("nothing was found"));
    assertThat(new Findings().isComplete()).isTrue();
    assertThat(new Findings().hasCause()).isFalse();
  }

  @Test
  void whatIsMissingGoesBeforeRulingOutAndACauseBeforeWhatIsMissing() {
    Findings findings = new Findings();
    assertThat(findings.read(Known.unknown("not read"))).isEmpty();
    assertThat(findings.isComplete()).isFalse();
    assertThat(findings.orRuledOut("")).isEqualTo(new Verdict.Unknown("not read"));
    assertThat(findings.cause(LIKELY).hasCause()).isTrue();
    assertThat(findings.orRuledOut("")).isEqualTo(LIKELY);
  }

  @Test
  void aRequiredFactIsMissingWhereItIsUnknown() {
    Findings findings = new Findings().require(Known.of(1)).require(Known.none("no such thing"));
    assertThat(findings.orRuledOut("a fact")).isEqualTo(new Verdict.RuledOut("a fact"));
    assertThat(findings.require(Known.unknown("not read")).verdict())
        .isEqualTo(new Verdict.Unknown("not read"));
  }

  @Test
  void whatThereIsNotDoesNotApplyUnlessSomethingDoes() {
    Findings findings = new Findings();
    assertThat(findings.read(Known.none("no such thing"))).isEmpty();
    assertThat(findings.isComplete()).isTrue();
    assertThat(findings.orRuledOut("")).isEqualTo(new Verdict.NotApplicable("no such thing"));
    assertThat(findings.read(Known.of(1))).contains(1);
    assertThat(findings.orRuledOut("a fact")).isEqualTo(new Verdict.RuledOut("a fact"));
  }

  @Test
  void nothingMissingAndNothingThereStillApplies() {
    Findings findings = new Findings().missing("not read");
    findings.read(Known.none("no such thing"));
    assertThat(findings.orRuledOut("")).isEqualTo(new Verdict.Unknown("not read"));
  }

  @Test
  void threeReasonsAreSaidOnceEachAndTheRestCounted() {
    Findings findings = new Findings().missing(List.of("a", "b", "a", "c"));
    assertThat(findings.verdict()).isEqualTo(new Verdict.Unknown("a; b; c"));
    findings.missing("d").missing("e");
    assertThat(findings.verdict()).isEqualTo(new Verdict.Unknown("a; b; c; and 2 more"));
  }

  @Test
  void onlyTheSurestOfSeveralCausesIsKept() {
    assertThat(new Findings().causes(List.of(LIKELY, PROVEN)).verdict()).isEqualTo(PROVEN);
  }

  @Test
  void equallySureCausesBecomeOne() {
    RegisteredTarget target =
        new RegisteredTarget(SituationWiring.group("tg"), SituationWiring.target("i-1"));
    Repair repair = new Repair.RegisterTargets("tg");
    Cause first = LIKELY.about(target).repairedBy(repair).showingAs(Symptom.TLS);
    Cause second =
        Cause.of(Confidence.LIKELY, "other", "likely", "more")
            .repairedBy(repair)
            .showingAs(Symptom.RESET, Symptom.TLS);
    assertThat(
            new Findings()
                .causes(List.of(first, PROVEN.atMost(Confidence.POSSIBLE), second))
                .verdict())
        .isEqualTo(
            new Cause(
                Confidence.LIKELY,
                "this",
                List.of(target),
                List.of("likely", "more"),
                List.of(repair),
                EnumSet.of(Symptom.TLS, Symptom.RESET),
                null,
                null));
    assertThat(new Findings().causes(List.of(first, LIKELY)).verdict())
        .extracting(verdict -> ((Cause) verdict).symptoms())
        .isNull();
  }

  @Test
  void aCauseWithoutAFactIsNone() {
    assertThatThrownBy(() -> Cause.of(Confidence.PROVEN, "tg"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a cause at tg without a fact");
    assertThat(PROVEN.atMost(Confidence.LIKELY))
        .isEqualTo(Cause.of(Confidence.LIKELY, "that", "proven"));
    assertThat(PROVEN.showingAs().symptoms()).isEqualTo(Set.of());
  }
}
