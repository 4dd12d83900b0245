package lbresponder.diagnosis;

import static lbresponder.diagnosis.Confidence.LIKELY;
import static lbresponder.diagnosis.Confidence.POSSIBLE;
import static lbresponder.diagnosis.Confidence.PROVEN;
import static lbresponder.diagnosis.SayingCheck.says;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.evidence.RegisteredTarget;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeighingTest {
  private static final Measure ERRORS = Measure.CONNECTION_ERRORS;

  private static Diagnosis weigh(Situation situation, Check... checks) {
    return Weighing.diagnose(List.of(checks), situation.facts());
  }

  private static List<String> components(List<Finding> findings) {
    return findings.stream().map(finding -> finding.cause().component()).toList();
  }

  @Test
  void theSurestLeads() {
    Diagnosis diagnosis =
        weigh(
            new Situation(),
            says(POSSIBLE, "third", "i-1"),
            says(PROVEN, "first", "i-2"),
            says(LIKELY, "second", "i-3"));
    assertThat(components(diagnosis.causes())).containsExactly("first", "second", "third");
  }

  /// Beside a proven fault that explains the most, what only came at the same time shows little.
  @Test
  void whatOnlyCameAtTheSameTimeIsPossibleBesideAProvenFault() {
    Diagnosis diagnosis =
        weigh(
            new Situation().failing(Reason.TIMED_OUT, "i-1"),
            says(LIKELY, "demand"),
            says(PROVEN, "fault", "i-1"),
            says(LIKELY, "another", "i-1"));
    assertThat(diagnosis.causes())
        .extracting(finding -> finding.cause().component(), finding -> finding.cause().confidence())
        .containsExactly(
            tuple("fault", PROVEN), tuple("another", LIKELY), tuple("demand", POSSIBLE));
  }

  @Test
  void whatNamesSeveralCausesStandsBelowOneThatNamesIt() {
    Situation situation = new Situation().failing(Reason.TIMED_OUT, "i-1");
    Check coarse =
        new SayingCheck(
            current -> SayingCheck.cause(current, PROVEN, "coarse", "i-1"), Symptom.values()) {
          @Override
          public boolean isSpecific() {
            return false;
          }
        };
    Check fits = says(POSSIBLE, "fits", "i-1");
    assertThat(components(weigh(situation, coarse, says(PROVEN, "why", "i-1"), fits).causes()))
        .containsExactly("why", "coarse");
    assertThat(components(weigh(situation, fits, coarse).causes()))
        .containsExactly("coarse", "fits");
  }

  @Test
  void whatExplainsTheLargerPartLeadsThoughLessSure() {
    Situation situation = new Situation().failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3");
    Diagnosis diagnosis =
        weigh(situation, says(PROVEN, "one", "i-1"), says(LIKELY, "two", "i-2", "i-3"));
    assertThat(components(diagnosis.causes())).containsExactly("two", "one");
  }

  @Test
  void amongEqualsTheOneThatExplainsMoreOfTheAlarmLeads() {
    Situation situation = new Situation().failing(Reason.TIMED_OUT, "i-1", "i-2");
    Diagnosis diagnosis =
        weigh(
            situation,
            says(LIKELY, "half, and another", "i-1", "i-3"),
            says(LIKELY, "both", "i-1", "i-2"),
            says(LIKELY, "not about targets"),
            says(POSSIBLE, "possible", "i-1"),
            says(PROVEN, "surer", "i-1"));
    assertThat(components(diagnosis.causes()))
        .containsExactly("surer", "both", "half, and another", "not about targets");
  }

  @Test
  void whereNoTargetFailsTheRunbooksOrderCounts() {
    Diagnosis diagnosis =
        weigh(new Situation(), says(LIKELY, "one", "i-1"), says(LIKELY, "all", "i-1", "i-2"));
    assertThat(components(diagnosis.causes())).containsExactly("one", "all");
  }

  @Test
  void whatCannotLookLikeTheAlarmStandsBesideOrIsLeftOpenAndIsNeverRuledOut() {
    Diagnosis diagnosis =
        weigh(
            new Situation(),
            new SayingCheck(current -> SayingCheck.cause(current, PROVEN, "proven"), Symptom.RESET),
            new SayingCheck(current -> SayingCheck.cause(current, LIKELY, "likely"), Symptom.RESET),
            new SayingCheck(current -> SayingCheck.cause(current, POSSIBLE, "fits"), Symptom.RESET),
            new SayingCheck(current -> SayingCheck.cause(current, PROVEN, "no symptom")),
            new SayingCheck(
                current -> SayingCheck.cause(current, LIKELY, "can"),
                Symptom.RESET,
                Symptom.TIMEOUT));
    assertThat(components(diagnosis.causes())).containsExactly("can");
    assertThat(components(diagnosis.sideFindings()))
        .containsExactly("proven", "likely", "no symptom");
    String objection =
        "it cannot be why connections to targets are refused, or connections to targets time out";
    assertThat(diagnosis.sideFindings()).extracting(Finding::aside).containsOnly(objection);
    assertThat(diagnosis.unknown())
        .extracting(Diagnosis.Unknown::missing)
        .containsExactly("a fact; " + objection);
    assertThat(diagnosis.ruledOut()).isEmpty();
  }

  @Test
  void aCauseMaySayThatItLooksLikeLessHere() {
    Diagnosis diagnosis =
        weigh(
            new Situation(),
            new SayingCheck(
                current -> SayingCheck.cause(current, LIKELY, "less").showingAs(Symptom.RESET),
                Symptom.TIMEOUT),
            new SayingCheck(
                current -> SayingCheck.cause(current, LIKELY, "more").showingAs(Symptom.TIMEOUT),
                Symptom.RESET));
    assertThat(components(diagnosis.causes())).containsExactly("more");
  }

  /// Machines `i-1` and `i-2` are in zone `a`, `i-3` in zone `b`; nodes keep to their zone.
  @Test
  void anAlarmOnAZoneIsNotCausedElsewhereWhereNodesKeepToTheirZone() {
    Situation situation =
        new Situation()
            .alarmOn(null, "a", ERRORS)
            .group(group("other", target("10.0.0.9")))
            .groups(group -> group.withCrossZone(Known.of(false)));
    Diagnosis diagnosis =
        weigh(
            situation,
            says(PROVEN, "there", "i-1"),
            says(PROVEN, "elsewhere", "i-3"),
            says(LIKELY, "likely elsewhere", "i-3"),
            says(POSSIBLE, "possible elsewhere", "i-3"),
            says(PROVEN, "both", "i-2", "i-3"),
            says(PROVEN, "everywhere"),
            says(PROVEN, "who knows", "10.0.0.9"));
    assertThat(components(diagnosis.causes()))
        .containsExactly("there", "both", "everywhere", "who knows");
    assertThat(diagnosis.causes())
        .extracting(finding -> finding.cause().confidence())
        .containsExactly(PROVEN, PROVEN, PROVEN, POSSIBLE);
    assertThat(components(diagnosis.sideFindings()))
        .containsExactly("elsewhere", "likely elsewhere");
    assertThat(diagnosis.unknown())
        .extracting(Diagnosis.Unknown::missing)
        .containsExactly("a fact; it is outside a, which the alarm is about");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # cross-zone | counts            | leads    | stands beside
          true         | CONNECTION_ERRORS | PROVEN   |
          ?            | CONNECTION_ERRORS | POSSIBLE |
          false        | CONNECTION_ERRORS |          | PROVEN
          true         | UNHEALTHY_TARGETS |          | PROVEN
          ?            | UNHEALTHY_TARGETS |          | PROVEN
          """)
  void nodesThatSendToAllZonesMeetTheErrorsOfAll(
      String crossZone, Measure measure, @Nullable Confidence leads, @Nullable Confidence beside) {
    Known<Boolean> everywhere =
        crossZone.equals("?") ? Known.unknown("") : Known.of(Boolean.valueOf(crossZone));
    Diagnosis diagnosis =
        weigh(
            new Situation()
                .alarmOn(null, "a", measure)
                .groups(group -> group.withCrossZone(everywhere)),
            new SayingCheck(
                current -> SayingCheck.cause(current, PROVEN, "in zone b", "i-3"),
                Symptom.TIMEOUT,
                Symptom.UNHEALTHY));
    assertThat(diagnosis.causes())
        .extracting(finding -> finding.cause().confidence())
        .isEqualTo(leads == null ? List.of() : List.of(leads));
    assertThat(diagnosis.sideFindings())
        .extracting(finding -> finding.cause().confidence())
        .isEqualTo(beside == null ? List.of() : List.of(beside));
  }

  @Test
  void faultsInOtherTargetGroupsAreSideFindingsIfProven() {
    Situation situation =
        new Situation().alarmOn("tg", null, ERRORS).group(group("other", target("i-9")));
    Diagnosis diagnosis =
        weigh(
            situation,
            says(PROVEN, "about a target there", "i-9"),
            says(LIKELY, "likely there", "i-9"),
            says(PROVEN, "other"),
            says(PROVEN, "lb-1"));
    String aside = "it is in a target group the alarm is not about";
    assertThat(diagnosis.sideFindings())
        .extracting(finding -> finding.cause().component(), Finding::aside)
        .containsExactly(tuple("about a target there", aside), tuple("other", aside));
  }

  @Test
  void whatMerelyFitsIsNotRaisedForTargetsThatAreExplained() {
    Diagnosis diagnosis =
        weigh(
            new Situation(),
            says(POSSIBLE, "same", "i-1"),
            says(POSSIBLE, "more", "i-1", "i-2", "i-3"),
            says(POSSIBLE, "others", "i-3"),
            says(POSSIBLE, "no targets"),
            says(LIKELY, "likely", "i-1"),
            says(PROVEN, "why", "i-1", "i-2"));
    assertThat(components(diagnosis.causes()))
        .containsExactly("why", "likely", "more", "others", "no targets");
    assertThat(diagnosis.causes().get(2).cause().targets())
        .extracting(RegisteredTarget::id)
        .containsExactly("i-3");
    assertThat(diagnosis.ruledOut()).isEmpty();
    assertThat(diagnosis.unknown())
        .extracting(Diagnosis.Unknown::missing)
        .containsExactly("a fact; its targets are explained by SayingCheck");
  }

  @Test
  void everyOtherAnswerIsKept() {
    Diagnosis diagnosis =
        weigh(
            new Situation(),
            new SayingCheck(_ -> new Verdict.RuledOut("a fact")),
            new SayingCheck(_ -> new Verdict.NotApplicable("no such thing")),
            new SayingCheck(_ -> new Verdict.Unknown("not read")),
            new SayingCheck(
                _ -> {
                  throw new IllegalStateException("broken");
                }));
    assertThat(diagnosis.causes()).isEmpty();
    assertThat(diagnosis.ruledOut())
        .extracting(Diagnosis.RuledOut::because)
        .containsExactly("a fact");
    assertThat(diagnosis.notApplicable())
        .extracting(Diagnosis.RuledOut::because)
        .containsExactly("no such thing");
    assertThat(diagnosis.unknown())
        .extracting(Diagnosis.Unknown::missing)
        .containsExactly("not read", "check failed: java.lang.IllegalStateException: broken");
  }

  @Test
  void aCheckThatBreaksBeyondTheAlarmSaysNothing() {
    Situation situation =
        new Situation()
            .alarmOn("tg", null, ERRORS)
            .group(group("other").withTargets(Known.unknown("not read")));
    Diagnosis diagnosis =
        weigh(
            situation,
            new SayingCheck(
                current -> {
                  if (current.targets().missing().isEmpty()) {
                    return new Verdict.RuledOut("all were read");
                  }
                  throw new IllegalStateException("broken");
                }));
    assertThat(diagnosis.ruledOut()).hasSize(1);
    assertThat(diagnosis.unknown()).isEmpty();
    assertThat(diagnosis.sideFindings()).isEmpty();
  }
}
