package lbresponder.diagnosis;

import static lbresponder.diagnosis.Confidence.LIKELY;
import static lbresponder.diagnosis.Confidence.POSSIBLE;
import static lbresponder.diagnosis.Confidence.PROVEN;
import static lbresponder.diagnosis.SayingCheck.says;
import static lbresponder.testing.Situation.minute;
import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lbresponder.diagnosis.Diagnosis.Finding;
import lbresponder.facts.Measure;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How much of an alarm a fault explains, and what becomes of one that explains little of it. The
/// alarm is on connection errors of all of the load balancer.
class LinkingTest {
  private static final Measure ERRORS = Measure.CONNECTION_ERRORS;

  private static Diagnosis weigh(Situation situation, Check... checks) {
    return Weighing.diagnose(List.of(checks), situation.facts());
  }

  private static List<String> components(List<Finding> findings) {
    return findings.stream().map(finding -> finding.cause().component()).toList();
  }

  private static SayingCheck since(Confidence confidence, String component, double minute) {
    return new SayingCheck(
        current -> SayingCheck.cause(current, confidence, component).since(minute(minute)),
        Symptom.values());
  }

  private static SayingCheck counting(String component, double errors) {
    return new SayingCheck(
        current -> SayingCheck.cause(current, PROVEN, component).accountingFor(errors),
        Symptom.values());
  }

  /// Errors begin in the third minute.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # since  | beside
          2        |
          9        |
          -13      |
          -13.1    | began 15 min before
          -57600   | began 40 days before
          """)
  void whatBeganLongBeforeTheErrorsStandsBeside(double since, @Nullable String beside) {
    Situation situation = new Situation().load(load -> load.minutes(ERRORS, null, 0, 0, 5, 5, 5));
    Diagnosis diagnosis = weigh(situation, since(PROVEN, "fault", since));
    assertThat(components(diagnosis.causes()))
        .isEqualTo(beside == null ? List.of("fault") : List.of());
    assertThat(diagnosis.sideFindings())
        .extracting(Finding::aside)
        .isEqualTo(beside == null ? List.of() : List.of(beside));
  }

  @Test
  void whatMerelyFitsAndIsOlderIsLeftOpen() {
    Situation situation = new Situation().counted(ERRORS, 5);
    Diagnosis diagnosis = weigh(situation, since(POSSIBLE, "fault", -99));
    assertThat(diagnosis.unknown())
        .extracting(Diagnosis.Unknown::missing)
        .containsExactly("a fact; began 99 min before");
  }

  @Test
  void whereErrorsAreNoMoreThanUsualNothingIsOlderThanThey() {
    Situation situation = new Situation().load(load -> load.steady(ERRORS, null, 5));
    assertThat(components(weigh(situation, since(PROVEN, "fault", -99)).causes()))
        .containsExactly("fault");
  }

  /// The alarm tells then; unless it may fire at any time for a target that is down for days.
  @Test
  void whereTheMetricWasNotReadTheAlarmTellsWhenItBegan() {
    Situation situation = new Situation().unread(ERRORS);
    assertThat(components(weigh(situation, since(PROVEN, "fault", -99)).sideFindings()))
        .containsExactly("fault");
    situation.countingItsOwnChecks();
    assertThat(components(weigh(situation, since(PROVEN, "fault", -99)).causes()))
        .containsExactly("fault");
  }

  @Test
  void whoAsksWithoutAnAlarmGetsEveryFault() {
    Situation situation = new Situation().asked().counted(ERRORS, 5);
    Diagnosis diagnosis = weigh(situation, since(PROVEN, "old", -99), counting("small", 1));
    assertThat(components(diagnosis.causes())).containsExactly("old", "small");
  }

  @Test
  void fewOfManyErrorsStandBeside() {
    Situation situation = new Situation().counted(ERRORS, 2100);
    Diagnosis diagnosis = weigh(situation, counting("few", 4), counting("most", 2096));
    assertThat(components(diagnosis.causes())).containsExactly("most");
    assertThat(diagnosis.sideFindings())
        .extracting(Finding::aside)
        .containsExactly("explains 4 of 2100 errors");
    assertThat(components(weigh(situation, counting("few", 4)).causes())).isEmpty();
  }

  /// What comes every hour is none of what is to be explained.
  @Test
  void onlyErrorsBeyondTheUsualAreToBeExplained() {
    Situation situation =
        new Situation().load(load -> load.before(ERRORS, null, 2).during(ERRORS, null, 12));
    Diagnosis diagnosis = weigh(situation, counting("half", 75));
    assertThat(diagnosis.causes().getFirst().link().words()).isEqualTo("explains 75 of 150 errors");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # parts   | causes      | beside
          60 40     | 60 40       |
          50        | 50          |
          49        |             | 49
          49 10     | 49 10       |
          40 9      |             | 40 9
          91 9      | 91          | 9
          30 25     | 30 25       |
          """)
  void faultsThatExplainTheAlarmTogetherAreCausesEachWithItsPart(
      String parts, @Nullable String causes, @Nullable String beside) {
    Situation situation = new Situation().counted(ERRORS, 100);
    Check[] checks =
        split(parts).stream()
            .map(part -> counting(part, Double.parseDouble(part)))
            .toArray(Check[]::new);
    Diagnosis diagnosis = weigh(situation, checks);
    assertThat(components(diagnosis.causes())).isEqualTo(split(causes));
    assertThat(components(diagnosis.sideFindings())).isEqualTo(split(beside));
  }

  private static List<String> split(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" ", -1));
  }

  @Test
  void oneOfSixFailingTargetsIsNotWhyTheOthersFail() {
    Situation situation =
        new Situation()
            .group(group("other", target("i-4"), target("i-5"), target("i-6")))
            .failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3", "i-4", "i-5", "i-6");
    Diagnosis diagnosis =
        weigh(situation, says(PROVEN, "one", "i-1"), says(LIKELY, "three", "i-2", "i-3", "i-4"));
    assertThat(components(diagnosis.causes())).containsExactly("three", "one");
    assertThat(components(weigh(situation, says(PROVEN, "one", "i-1")).causes())).isEmpty();
  }

  /// Two of the three fail all the time: what cuts off the third is why there are errors now.
  @Test
  void targetsThatFailedBeforeAreNoneOfWhatIsToBeExplained() {
    Situation situation =
        new Situation()
            .failing(Reason.TIMED_OUT, "i-1", "i-2", "i-3")
            .load(load -> load.before(Measure.UNHEALTHY_TARGETS, "tg", 2))
            .load(load -> load.during(Measure.UNHEALTHY_TARGETS, "tg", 3))
            .counted(ERRORS, 5);
    Diagnosis diagnosis = weigh(situation, says(PROVEN, "the third", "i-3"));
    assertThat(diagnosis.causes().getFirst().link().ratio()).isEqualTo(1);
  }

  @Test
  void aGroupThatIsAsItWasBeforeIsNotWhatIsNew() {
    Situation situation =
        new Situation()
            .group(group("admin", target("i-9")))
            .failing(Reason.CHECK_FAILED, "i-9")
            .failing(Reason.TIMED_OUT, "i-1")
            .load(load -> load.steady(Measure.UNHEALTHY_TARGETS, "admin", 1))
            .counted(ERRORS, 5);
    Diagnosis diagnosis =
        weigh(situation, says(PROVEN, "admin", "i-9"), says(PROVEN, "new", "i-1"));
    assertThat(components(diagnosis.causes())).containsExactly("new");
    assertThat(diagnosis.sideFindings())
        .extracting(Finding::aside)
        .containsExactly("as many targets there failed in the hour before");
    // Where connections to it fail more than before, something new happened there too.
    situation.countedOf("admin", ERRORS, 5).countedOf("tg", ERRORS, 0);
    assertThat(components(weigh(situation, says(PROVEN, "admin", "i-9")).causes()))
        .containsExactly("admin");
  }

  @Test
  void errorsAreThoseOfTheGroupsTheyWereCountedFor() {
    Situation situation =
        new Situation()
            .group(group("other", target("i-9")))
            .counted(ERRORS, 100)
            .countedOf("tg", ERRORS, 96)
            .countedOf("other", ERRORS, 4);
    Diagnosis diagnosis = weigh(situation, says(PROVEN, "other", "i-9"), says(PROVEN, "tg", "i-1"));
    assertThat(components(diagnosis.causes())).containsExactly("tg");
    assertThat(diagnosis.sideFindings().getFirst().aside()).isEqualTo("explains 4 of 100 errors");
    assertThat(components(weigh(situation, says(PROVEN, "other")).causes())).isEmpty();
  }

  /// Server errors are split by code, and a fault answers for the codes that it can show as.
  @Test
  void ofServerErrorsItExplainsTheCodesItCanShowAs() {
    Situation situation =
        new Situation()
            .alarmOn(Measure.LB_5XX)
            .counted(Measure.LB_5XX, 100)
            .counted(Measure.LB_502, 97)
            .counted(Measure.LB_504, 3);
    Diagnosis diagnosis =
        weigh(
            situation,
            new SayingCheck(current -> SayingCheck.cause(current, PROVEN, "late"), Symptom.SILENT),
            new SayingCheck(
                current -> SayingCheck.cause(current, PROVEN, "refused"), Symptom.REFUSED));
    assertThat(components(diagnosis.causes())).containsExactly("refused");
    assertThat(components(diagnosis.sideFindings())).containsExactly("late");
  }
}
