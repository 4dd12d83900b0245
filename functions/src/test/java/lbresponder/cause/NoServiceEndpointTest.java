package lbresponder.cause;

import static lbresponder.testing.Situation.UNREAD;
import static lbresponder.testing.SituationRow.Answer.NOT_APPLICABLE;
import static lbresponder.testing.SituationRow.Answer.POSSIBLE;
import static lbresponder.testing.SituationRow.Answer.PROVEN;
import static lbresponder.testing.SituationRow.Answer.RULED_OUT;
import static lbresponder.testing.SituationRow.Answer.UNKNOWN;
import static lbresponder.testing.SituationRow.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lbresponder.diagnosis.Verdict;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Repair;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.testing.Situation;
import lbresponder.testing.SituationProbes;
import lbresponder.testing.SituationRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Node ports: 31380, which health checks ask too, or 30255 for the checks alone.
class NoServiceEndpointTest {
  private static final Map<String, String> TAG = Map.of("kubernetes.io/service-name", "shop/web");

  private static Situation on(int port, Situation situation, Map<String, String> tags) {
    for (String id : List.of("i-1", "i-2", "i-3")) {
      situation.target(id, target -> target.withPort(port));
    }
    return situation.loadBalancer(one -> one.withTags(Known.of(tags)));
  }

  private static Situation nodes(Situation situation) {
    return on(31380, situation, TAG);
  }

  /// Checks ask on a port of their own.
  private static Situation local(Situation situation) {
    return nodes(situation)
        .groups(group -> group.withHealthCheck(group.healthCheck().withPort(30255)));
  }

  @ParameterizedTest
  @MethodSource
  void endpoints(SituationRow row) {
    row.holdsFor(new NoServiceEndpoint());
  }

  static List<SituationRow> endpoints() {
    return List.of(
        row(NOT_APPLICABLE, "an ordinary port", s -> s.failing(Reason.REFUSED, "i-1")),
        row(
            NOT_APPLICABLE,
            "pods by their addresses",
            s -> nodes(s).groups(group -> group.withTargetType(TargetType.ADDRESS))),
        row(RULED_OUT, "all nodes serve", NoServiceEndpointTest::nodes),
        row(
                POSSIBLE,
                "two nodes answer their own check with 503",
                s -> local(s).answering(503, "i-1", "i-2"))
            .saying(
                "port 31380 of tg is a Kubernetes node port",
                "2 nodes fail and 1 serves: with externalTrafficPolicy Local that is as it should"),
        row(POSSIBLE, "all do", s -> local(s).answering(503, "i-1", "i-2", "i-3"))
            .saying("3 nodes fail, and no node serves: the service may have no ready pod at all"),
        row(POSSIBLE, "one refuses", s -> nodes(s).failing(Reason.REFUSED, "i-1"))
            .saying("1 node fails and 2 serve"),
        row(POSSIBLE, "one drops", s -> nodes(s).failing(Reason.TIMED_OUT, "i-1")),
        row(
            RULED_OUT,
            "one answers 503 on the traffic port: an application does",
            s -> nodes(s).answering(503, "i-1")),
        row(RULED_OUT, "one answers its own check with 500", s -> local(s).answering(500, "i-1")),
        row(RULED_OUT, "one is stopped", s -> nodes(s).failing(Reason.NOT_RUNNING, "i-1")),
        row(
            RULED_OUT,
            "one accepts on its node port",
            s ->
                nodes(s)
                    .failing(Reason.CHECK_FAILED, "i-1")
                    .probe(
                        new ProbeResult(
                            "i-1:31380",
                            "i-1",
                            31380,
                            Purpose.TRAFFIC,
                            Vantage.LOAD_BALANCER,
                            List.of(),
                            SituationProbes.tries("5 Connected")))),
        row(
            RULED_OUT,
            "nothing says that it is Kubernetes",
            s -> on(31380, s, Map.of("team", "shop")).failing(Reason.REFUSED, "i-1")),
        row(
            POSSIBLE,
            "the group's name does",
            s ->
                on(31380, s, Map.of())
                    .groups(group -> group.withName("k8s-shop-web-0123456789"))
                    .failing(Reason.REFUSED, "i-1")),
        row(
                UNKNOWN,
                "tags may not be read",
                s ->
                    nodes(s)
                        .loadBalancer(one -> one.withTags(Known.unknown(UNREAD)))
                        .failing(Reason.REFUSED, "i-1"))
            .saying(UNREAD),
        row(UNKNOWN, "health may not be read", s -> nodes(s).healthUnread("i-1")));
  }

  @ParameterizedTest
  @CsvSource({
    "29999, NOT_APPLICABLE",
    "30000, POSSIBLE",
    "32767, POSSIBLE",
    "32768, NOT_APPLICABLE",
  })
  void nodePortsAreARange(int port, SituationRow.Answer answer) {
    row(answer, "", s -> on(port, s, TAG).failing(Reason.REFUSED, "i-1"))
        .holdsFor(new NoServiceEndpoint());
  }

  /// What answers there is the node, not the application.
  @Test
  void theNodesOwnAnswerIsNotTheApplications() {
    row(POSSIBLE, "", s -> local(s).answering(503, "i-1")).holdsFor(new TargetAnswersErrors());
    row(PROVEN, "", s -> nodes(s).answering(503, "i-1")).holdsFor(new TargetAnswersErrors());
  }

  @ParameterizedTest
  @CsvSource({
    "kubernetes.io/service-name, shop/web, kubectl -n shop get service web -o jsonpath",
    "service.k8s.example/stack, shop/web, kubernetes.io/service-name=web -o wide.",
    "kubernetes.io/service-name, shop/$(reboot), kubectl get services -A | grep 31380",
    "kubernetes.io/cluster/main, owned, kubectl get services -A | grep 31380",
  })
  void itSaysWhatToAskTheCluster(String tag, String value, String command) {
    Verdict.Cause cause =
        (Verdict.Cause)
            on(31380, new Situation(), Map.of(tag, value))
                .failing(Reason.REFUSED, "i-1")
                .examine(new NoServiceEndpoint());
    assertThat(cause.repairs())
        .singleElement()
        .isInstanceOfSatisfying(
            Repair.Decide.class, decide -> assertThat(decide.what()).contains(command));
  }
}
