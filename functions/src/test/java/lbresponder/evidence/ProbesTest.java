package lbresponder.evidence;

import static lbresponder.testing.SituationProbes.probe;
import static lbresponder.testing.SituationProbes.tries;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import lbresponder.facts.Connection;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.TargetHealth;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationWiring;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProbesTest {
  private static Probes in(Situation situation) {
    return Case.of(situation.facts()).probes();
  }

  private static RegisteredTarget first(Situation situation) {
    return Case.of(situation.facts()).targets().all().getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # try                 | accepts | answers | well  | understood
          1 Connected           | true    | false   | true  | false
          1 Secured             | true    | false   | true  | true
          1 Answered 200        | true    | true    | true  | true
          1 Answered 399        | true    | true    | true  | true
          1 Answered 400        | true    | true    | true  | false
          1 Answered 401        | true    | true    | true  | true
          1 AnsweredHttp2       | true    | true    | true  | true
          1 HeldOpen 60000      | true    | true    | true  | false
          1 ClosedIdle 5000     | true    | true    | true  | false
          1 Reset               | true    | false   | false | false
          1 Closed              | true    | false   | false | false
          1 Silent              | true    | false   | false | false
          1 TlsFailed PLAINTEXT | true    | false   | false | false
          1 Malformed           | true    | false   | false | false
          1 Refused             | false   | false   | false | false
          1 TimedOut            | false   | false   | false | false
          1 HostUnreachable 1   | false   | false   | false | false
          1 NetworkUnreachable  | false   | false   | false | false
          1 NotDialled          | false   | false   | false | false
          """)
  void whatATryShows(
      String tried, boolean accepts, boolean answers, boolean well, boolean understood) {
    Connection result = tries(tried).getFirst();
    assertThat(Probes.accepts(result)).isEqualTo(accepts);
    assertThat(Probes.answers(result)).isEqualTo(answers);
    assertThat(Probes.isWell(result)).isEqualTo(well);
    assertThat(Probes.isUnderstood(result)).isEqualTo(understood);
  }

  @Test
  void allAndAnyOfItsTries() {
    ProbeResult probe = probe("i-1", Purpose.TRAFFIC, Vantage.HERE, "1 Connected, 1 Refused");
    assertThat(Probes.any(probe, Probes::accepts)).isTrue();
    assertThat(Probes.all(probe, Probes::accepts)).isFalse();
    assertThat(Probes.any(probe, Probes::answers)).isFalse();
    assertThat(Probes.all(probe, result -> !Probes.answers(result))).isTrue();
  }

  /// One target's tries, and how many others of its group were tried so often with that result.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # tries | others | tries of each | often
          5       | 0      | 0             | true
          4       | 0      | 0             | false
          1       | 19     | 5             | false
          1       | 20     | 5             | true
          1       | 20     | 4             | false
          """)
  void fiveTriesOrTwentyRepresentativesAreOften(
      int tries, int others, int triesOfEach, boolean often) {
    assertThat(
            Probes.isOften(
                refused(tries, 8080, Vantage.NETWORK),
                Collections.nCopies(
                    others, refused(Math.max(1, triesOfEach), 8080, Vantage.NETWORK))))
        .isEqualTo(often);
  }

  @Test
  void representativesAreOfTheSamePortAndPlace() {
    ProbeResult probe = refused(1, 8080, Vantage.NETWORK);
    assertThat(Probes.isOften(probe, Collections.nCopies(20, refused(5, 9090, Vantage.NETWORK))))
        .isFalse();
    assertThat(Probes.isOften(probe, Collections.nCopies(20, refused(5, 8080, Vantage.HERE))))
        .isFalse();
  }

  private static ProbeResult refused(int tries, int port, Vantage from) {
    return probe("i-1", port, Purpose.TRAFFIC, from, tries + " Refused");
  }

  @ParameterizedTest
  @CsvSource({
    "HEALTHY, true, true",
    "UNHEALTHY, true, true",
    "INITIAL, true, false",
    "UNUSED, false, true",
    "DRAINING, false, true",
    "UNHEALTHY_DRAINING, true, true",
    "UNAVAILABLE, true, true"
  })
  void whatATargetInThisStateAnswersMatters(
      TargetHealth.State state, boolean matters, boolean inUse) {
    Situation situation =
        new Situation().inState(state, "i-1").probe("i-1", Vantage.HERE, "1 Refused");
    assertThat(Probes.matters(first(situation))).isEqualTo(matters);
    assertThat(Probes.isInUse(first(situation))).isEqualTo(inUse);
    assertThat(in(situation).of(first(situation), Purpose.TRAFFIC)).hasSize(matters ? 1 : 0);
  }

  @Test
  void aTargetOfUnknownHealthMattersAndIsNotKnownToBeInUse() {
    Situation situation = new Situation().healthUnread("i-1");
    assertThat(Probes.matters(first(situation))).isTrue();
    assertThat(Probes.isInUse(first(situation))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # state   | checked port | probed port | from          | shown well | speaks
          HEALTHY   | 8080         | 8080        | NETWORK       | true       | false
          HEALTHY   | 8080         | 8080        | HERE          | true       | false
          HEALTHY   | 8080         | 8080        | LOAD_BALANCER | true       | true
          HEALTHY   | 9090         | 8080        | NETWORK       | false      | true
          HEALTHY   | 9090         | 9090        | NETWORK       | true       | false
          UNHEALTHY | 8080         | 8080        | NETWORK       | false      | true
          """)
  void whereTheLoadBalancersCheckPassesOnlyAProberInItsPlaceMayObject(
      TargetHealth.State state,
      int checked,
      int port,
      Vantage from,
      boolean shownWell,
      boolean speaks) {
    Situation situation =
        new Situation()
            .inState(state, "i-1")
            .groups(group -> group.withHealthCheck(group.healthCheck().withPort(checked)));
    ProbeResult probe = probe("i-1", port, Purpose.TRAFFIC, from, "1 Refused");
    assertThat(Probes.isShownWell(first(situation), probe)).isEqualTo(shownWell);
    assertThat(Probes.speaks(first(situation), probe)).isEqualTo(speaks);
  }

  @Test
  void aCheckWithoutAPortShowsThatAnyPortIsWell() {
    Situation situation = new Situation().targets(SituationWiring.withoutPort("i-1"));
    ProbeResult probe = probe("i-1", 9090, Purpose.TRAFFIC, Vantage.HERE, "1 Refused");
    assertThat(Probes.isShownWell(first(situation), probe)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # from        | port | tries                 | reachable
          LOAD_BALANCER | 8080 | 1 Connected           | true
          LOAD_BALANCER | 8080 | 1 Silent              | true
          LOAD_BALANCER | 8080 | 4 TimedOut, 1 Refused | true
          LOAD_BALANCER | 8080 | 5 TimedOut            | false
          LOAD_BALANCER | 8080 | 5 HostUnreachable 1   | false
          LOAD_BALANCER | 9090 | 1 Connected           | false
          NETWORK       | 8080 | 1 Connected           | false
          HERE          | 8080 | 1 Connected           | false
          """)
  void aTargetIsReachableWhereAnythingCameBackToTheLoadBalancersPlace(
      Vantage from, int port, String tries, boolean reachable) {
    Situation situation = new Situation().probe(probe("i-1", port, Purpose.TRAFFIC, from, tries));
    assertThat(in(situation).isReachable(first(situation), 8080)).isEqualTo(reachable);
  }

  @Test
  void theHealthChecksOwnQuestionGoesBeforeTheTrafficPorts() {
    Situation situation =
        new Situation()
            .probe("i-1", Purpose.TRAFFIC, "1 Refused")
            .probe("i-1", Purpose.KEEP_ALIVE, "1 Silent");
    assertThat(in(situation).asChecked(first(situation)))
        .extracting(ProbeResult::purpose)
        .containsExactly(Purpose.TRAFFIC);
    situation.probe("i-1", Purpose.HEALTH_CHECK, "1 Connected");
    assertThat(in(situation).asChecked(first(situation)))
        .extracting(ProbeResult::purpose)
        .containsExactly(Purpose.HEALTH_CHECK);
    assertThat(in(situation).ofPorts(first(situation)))
        .extracting(ProbeResult::purpose)
        .containsExactly(Purpose.TRAFFIC, Purpose.HEALTH_CHECK);
  }

  @Test
  void whereATargetWasNotTriedOtherwiseOthersOfItsGroupStandForIt() {
    Situation situation =
        new Situation().probe("i-2", Purpose.ALTERNATE_PROTOCOL, "4 Reset, 1 Answered 200");
    assertThat(in(situation).answersAlternateProtocol(first(situation))).isTrue();
    situation.probe("i-1", Purpose.ALTERNATE_PROTOCOL, "5 Reset");
    assertThat(in(situation).answersAlternateProtocol(first(situation))).isFalse();
    assertThat(
            in(new Situation().probe("i-2", Purpose.ALTERNATE_PROTOCOL, "5 Reset"))
                .answersAlternateProtocol(first(situation)))
        .isFalse();
  }

  @Test
  void whatIsSaidOfAProbe() {
    RegisteredTarget target = first(new Situation());
    ProbeResult here = probe("i-1", 9090, Purpose.TRAFFIC, Vantage.HERE, "2 Refused, 1 NotDialled");
    assertThat(Probes.result(target, here))
        .isEqualTo("i-1:9090: Refused, not probed (not read) from this machine");
    assertThat(Probes.tries(here)).isEqualTo("3 tries");
    ProbeResult once = probe("i-1", Purpose.TRAFFIC, Vantage.NETWORK, "1 Refused");
    assertThat(Probes.tries(once)).isEqualTo("1 try");
    assertThat(List.of(Probes.place(once), Probes.at(target, once)))
        .containsExactly("elsewhere in the network", "i-1:8080");
  }
}
