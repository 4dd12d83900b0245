package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.ProberLocation;
import lbresponder.facts.Probers;
import lbresponder.json.FactsJson;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;
import lbresponder.testing.Forwarding;
import lbresponder.testing.Recorded;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

class DeployedProbingTest {
  private static final String NETWORK = "vpc-0123456789abcdef0";

  private final Facts facts = RecordedFacts.of("TargetStopped/only-one-of-three");
  private final String own = facts.incident().loadBalancer().arn();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /// Every port of every target refuses.
  private static Known<String> refused(String request) {
    ProbeRequest read = FactsJson.read(request, ProbeRequest.class);
    return Known.of(
        FactsJson.line(
            new ProbeAnswer(
                read.endpoints().stream()
                    .map(endpoint -> new Sweep.Result(endpoint, List.of(new Connection.Refused(1))))
                    .toList(),
                1,
                1)));
  }

  private Probers probers(
      Known<Map<String, String>> places, Function<String, Known<String>> answer) {
    return new Probers() {
      @Override
      public Known<Map<String, String>> places(String region) {
        return places;
      }

      @Override
      public Known<String> invoke(String prober, String request, Duration patience) {
        asked.add(prober);
        return answer.apply(request);
      }
    };
  }

  private Facts probe(Probers probers, Instant deadline) {
    Forwarding gatherer =
        new Forwarding(new Recorded("TargetStopped/only-one-of-three.txt")) {
          @Override
          public ProberLocation locate(Facts read, String prober, Instant by) {
            return new ProberLocation(read, List.of("eni-of-" + prober));
          }
        };
    return new DeployedProbing(probers, gatherer, Set.of()).probe(facts, deadline);
  }

  private Known<List<ProbeResult>> probes(
      Known<Map<String, String>> places, Function<String, Known<String>> answer) {
    return probe(probers(places, answer), Instant.now().plusSeconds(30)).evidence().probes();
  }

  @Test
  void theLoadBalancersOwnProberSpeaksForIt() {
    Known<List<ProbeResult>> probes =
        probes(Known.of(Map.of(own, "beside", NETWORK, "elsewhere")), DeployedProbingTest::refused);
    assertThat(asked).containsOnly("beside");
    assertThat(probes.orElse(List.of()))
        .isNotEmpty()
        .allSatisfy(
            probe -> {
              assertThat(probe.from()).isEqualTo(Vantage.LOAD_BALANCER);
              assertThat(probe.interfaces()).isEmpty();
            });
  }

  @Test
  void aProberOfTheNetworkSpeaksForTheInterfacesItIsLocatedAt() {
    Known<List<ProbeResult>> probes =
        probes(Known.of(Map.of(NETWORK, "elsewhere")), DeployedProbingTest::refused);
    assertThat(asked).containsOnly("elsewhere");
    assertThat(probes.orElse(List.of()))
        .isNotEmpty()
        .allSatisfy(
            probe -> {
              assertThat(probe.from()).isEqualTo(Vantage.NETWORK);
              assertThat(probe.interfaces()).containsExactly("eni-of-elsewhere");
            });
  }

  @Test
  void whyNothingWasProbedIsKept() {
    assertThat(probes(Known.unknown("no list"), DeployedProbingTest::refused))
        .isEqualTo(Known.unknown("no list"));
    assertThat(probes(Known.of(Map.of()), DeployedProbingTest::refused))
        .isEqualTo(
            Known.unknown("no prober is deployed for web or its VPC (LB_RESPONDER_PROBERS)"));
    assertThat(asked).isEmpty();
    assertThat(probes(Known.of(Map.of(own, "p")), _ -> Known.unknown("throttled")))
        .isEqualTo(Known.unknown("throttled"));
    assertThat(
            probes(Known.of(Map.of(own, "p")), _ -> Known.of("{\"millis\":1,\"boundMillis\":1}")))
        .isEqualTo(Known.unknown("the prober p: ProbeAnswer.results: missing"));
    String none = FactsJson.line(new ProbeAnswer(List.of(), 1, 1));
    assertThat(probes(Known.of(Map.of(own, "p")), _ -> Known.of(none)))
        .isInstanceOfSatisfying(
            Known.Unknown.class,
            unknown ->
                assertThat(unknown.why()).asString().startsWith("the prober p answered 0 of "));
  }

  @Test
  void withoutTimeNobodyIsAsked() {
    Probers probers = probers(Known.of(Map.of(own, "p")), DeployedProbingTest::refused);
    assertThat(probe(probers, Instant.now()).evidence().probes())
        .isEqualTo(Known.unknown("no time was left to probe"));
    assertThat(asked).isEmpty();
  }

  @Test
  void aProberIsReachedByAskingItNothing() {
    Known<Map<String, String>> places = Known.of(Map.of());
    assertThat(DeployedProbing.reach(probers(places, DeployedProbingTest::refused), "p")).isEmpty();
    assertThat(DeployedProbing.reach(probers(places, _ -> Known.unknown("AccessDenied")), "p"))
        .isEqualTo("AccessDenied");
  }
}
