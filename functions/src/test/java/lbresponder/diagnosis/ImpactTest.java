package lbresponder.diagnosis;

import static lbresponder.testing.SituationWiring.group;
import static lbresponder.testing.SituationWiring.target;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lbresponder.diagnosis.Impact.Shape;
import lbresponder.evidence.Case;
import lbresponder.facts.Known;
import lbresponder.facts.Measure;
import lbresponder.facts.Protocol;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.testing.Situation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpactTest {
  private static Impact of(Situation situation) {
    return Impact.of(Case.of(situation.facts()));
  }

  private static Set<Symptom> symptoms(String text) {
    return text == null
        ? Set.of()
        : Arrays.stream(text.split(" ", -1)).map(Symptom::valueOf).collect(Collectors.toSet());
  }

  /// Machines `i-1` and `i-2` are in one zone, `i-3` and those of the other group in another.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # failing           | shape
                              | NO_TARGET_SEEN
          i-1                 | ONE_TARGET
          i-1 i-2             | ONE_ZONE
          i-1 i-3             | ONE_TARGET_GROUP
          i-1 i-2 i-3         | ONE_TARGET_GROUP
          i-1 i-8             | SOME
          i-8 i-9             | ONE_TARGET_GROUP
          i-1 i-2 i-3 i-8 i-9 | ALL
          """)
  void howFarItReaches(String failing, Shape shape) {
    Situation situation = new Situation().group(group("other", target("i-8"), target("i-9")));
    if (failing != null) {
      situation.failing(Reason.TIMED_OUT, failing.split(" ", -1));
    }
    assertThat(of(situation).shape()).isEqualTo(shape);
    assertThat(of(situation).targets()).hasSize(5);
    assertThat(of(situation).failing())
        .hasSize(failing == null ? 0 : failing.split(" ", -1).length);
  }

  @Test
  void whatIsBeingTakenOutOrStartsDoesNotFail() {
    Situation situation =
        new Situation().inState(State.DRAINING, "i-1").inState(State.INITIAL, "i-2");
    assertThat(of(situation).shape()).isEqualTo(Shape.NO_TARGET_SEEN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          TLS_ERRORS               | TLS
          UNHEALTHY_TARGETS        | UNHEALTHY
          HEALTHY_TARGETS          | UNHEALTHY NO_TARGET
          LB_4XX                   | CLIENT_ERROR TIMEOUT SILENT
          LB_500                   | INTERNAL
          LB_502                   | REFUSED RESET TLS BAD_ANSWER
          LB_503                   | NO_TARGET OVERFLOW REJECTED
          LB_504                   | TIMEOUT SILENT TLS
          TARGET_5XX               | TARGET_ERROR
          TARGET_4XX               | TARGET_CLIENT_ERROR
          TARGET_3XX               | TARGET_CLIENT_ERROR
          QUEUE_OVERFLOW           | OVERFLOW NO_TARGET TIMEOUT SILENT
          QUEUE_LENGTH             | OVERFLOW NO_TARGET TIMEOUT SILENT
          REJECTED_CONNECTIONS     | REJECTED
          TARGET_RESETS            | REFUSED RESET
          LB_RESETS                | RESET TIMEOUT UNHEALTHY NO_TARGET
          PORT_ALLOCATION_ERRORS   | PORTS
          FUNCTION_ERRORS          | BAD_ANSWER
          FUNCTION_INTERNAL_ERRORS | BAD_ANSWER
          BLOCKED_OUTBOUND         | TIMEOUT
          BLOCKED_INBOUND          | CLIENT_ERROR
          CLIENT_TLS_ERRORS        | CLIENT_ERROR
          REJECTED_FLOWS           | REJECTED NO_TARGET
          SENT_TO_UNHEALTHY        | UNHEALTHY NO_TARGET
          REQUESTS                 | OVERFLOW REJECTED
          REQUESTS_PER_TARGET      | OVERFLOW REJECTED
          RESPONSE_TIME            | SILENT OVERFLOW
          """)
  void whatAnAlarmOnAMetricCanMean(Measure measure, String symptoms) {
    assertThat(of(new Situation().alarmOn(measure)).symptoms()).isEqualTo(symptoms(symptoms));
  }

  @Test
  void anAlarmOnSuccessCanMeanAnything() {
    assertThat(of(new Situation().alarmOn(Measure.TARGET_2XX)).symptoms())
        .isEqualTo(EnumSet.allOf(Symptom.class));
  }

  @Test
  void severalAlarmsMeanAllOfThemAndNoneMeansAnything() {
    assertThat(of(new Situation().alarmOn(Measure.LB_4XX, Measure.LB_500)).symptoms())
        .isEqualTo(symptoms("CLIENT_ERROR TIMEOUT SILENT INTERNAL"));
    assertThat(of(new Situation().asked()).symptoms()).isEqualTo(EnumSet.allOf(Symptom.class));
  }

  /// Counted gateway errors, and client errors of the load balancer's own, as which a client that
  /// gave up is counted; `?`: could not be read.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # 502 | 504 | 4xx | symptoms
          0     | 0   | 0   | REFUSED TIMEOUT
          1     | 0   | 0   | REFUSED
          1     | 0   | 1   | REFUSED TIMEOUT
          1     | 0   | ?   | REFUSED TIMEOUT
          0     | 1   | 0   | TIMEOUT
          0     | 1   | 1   | TIMEOUT
          1     | 1   | 0   | REFUSED TIMEOUT
          1     | ?   | 0   | REFUSED TIMEOUT
          ?     | 1   | 0   | REFUSED TIMEOUT
          ?     | 0   | 0   | REFUSED TIMEOUT
          ?     | ?   | 0   | REFUSED TIMEOUT
          """)
  void connectionErrorsThatWereNotAnsweredDidNotHappen(
      String refused, String timedOut, String gaveUp, String symptoms) {
    Situation situation = new Situation();
    count(situation, Measure.LB_502, refused);
    count(situation, Measure.LB_504, timedOut);
    count(situation, Measure.LB_4XX, gaveUp);
    assertThat(of(situation).symptoms()).isEqualTo(symptoms(symptoms));
  }

  @Test
  void whatAllGroupsCountSaysNothingOfOneGroupsAlarm() {
    Situation situation =
        new Situation().alarmOn("tg", null, Measure.CONNECTION_ERRORS).counted(Measure.LB_502, 1);
    assertThat(of(situation).symptoms()).isEqualTo(symptoms("REFUSED TIMEOUT"));
  }

  @Test
  void whatDidNotHappenIsSetAsideByTheFactThatSaysSo() {
    Impact refused = of(new Situation().counted(Measure.LB_502, 1));
    assertThat(refused.objection(symptoms("TIMEOUT SILENT"))).contains("no client gave up");
    assertThat(refused.objection(symptoms("TIMEOUT REFUSED"))).isEmpty();
    assertThat(refused.objection(symptoms("TLS")))
        .isEqualTo("it cannot be why connections to targets are refused");
    Impact late = of(new Situation().counted(Measure.LB_504, 1));
    assertThat(late.objection(symptoms("REFUSED"))).contains("bad gateway");
  }

  @Test
  void handshakesThatAreNotCountedApartAreConnectionErrors() {
    Situation situation = new Situation().groups(group -> group.withProtocol(Protocol.TLS));
    assertThat(of(situation).symptoms()).isEqualTo(Set.of(Symptom.REFUSED, Symptom.TIMEOUT));
    situation.group(group("other")).notCounting(Measure.TLS_ERRORS);
    assertThat(of(situation).symptoms())
        .isEqualTo(Set.of(Symptom.REFUSED, Symptom.TIMEOUT, Symptom.TLS));
    assertThat(of(new Situation().notCounting(Measure.TLS_ERRORS)).symptoms())
        .isEqualTo(Set.of(Symptom.REFUSED, Symptom.TIMEOUT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # 500 | 502 | 503 | 504 | symptoms
          0     | 0   | 1   | 0   | NO_TARGET OVERFLOW REJECTED
          1     | 0   | 0   | 1   | INTERNAL TIMEOUT SILENT TLS
          0     | 1   | 0   | 0   | REFUSED RESET TLS BAD_ANSWER
          1     | 0   | 0   | 0   | INTERNAL
          1     | ?   | 0   | 0   | INTERNAL REFUSED RESET TLS BAD_ANSWER
          """)
  void serverErrorsMeanWhatTheirSplitSays(
      String internal, String gateway, String unavailable, String late, String symptoms) {
    Situation situation = new Situation().alarmOn(Measure.LB_5XX);
    count(situation, Measure.LB_500, internal);
    count(situation, Measure.LB_502, gateway);
    count(situation, Measure.LB_503, unavailable);
    count(situation, Measure.LB_504, late);
    assertThat(of(situation).symptoms()).isEqualTo(symptoms(symptoms));
  }

  @Test
  void aSplitThatAddsUpToNothingSaysNothing() {
    assertThat(of(new Situation().alarmOn(Measure.LB_5XX)).symptoms())
        .isEqualTo(
            symptoms("REFUSED RESET TLS BAD_ANSWER NO_TARGET OVERFLOW REJECTED TIMEOUT SILENT"));
  }

  @Test
  void serverErrorsWithoutASplitMayBeAny() {
    Situation situation =
        new Situation()
            .alarmOn(Measure.LB_5XX)
            .notCounting(Measure.LB_500, Measure.LB_502, Measure.LB_503, Measure.LB_504);
    assertThat(of(situation).symptoms())
        .contains(Symptom.INTERNAL, Symptom.REFUSED, Symptom.SILENT);
  }

  @Test
  void aTargetWithoutAZoneIsOfNoZone() {
    Situation situation =
        new Situation()
            .fleet(fleet -> fleet.withInstances(Known.of(List.of())))
            .failing(Reason.TIMED_OUT, "i-1", "i-2");
    assertThat(of(situation).shape()).isEqualTo(Shape.ONE_TARGET_GROUP);
  }

  private static void count(Situation situation, Measure measure, String count) {
    if (count.equals("?")) {
      situation.unread(measure);
    } else {
      situation.counted(measure, Double.parseDouble(count));
    }
  }
}
