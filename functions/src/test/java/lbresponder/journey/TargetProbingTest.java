package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import lbresponder.facts.Connection;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.Target;
import lbresponder.journey.TargetProbing.Also;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Endpoint.Stage;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;
import lbresponder.testing.RecordedFacts;
import org.junit.jupiter.api.Test;

/// Nothing here reaches a network: the prober answers from what the test says.
class TargetProbingTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private final Facts facts =
      RecordedFacts.of("SecurityGroupBlocks/only-the-health-checks-port-is-open");
  private final List<ProbeRequest> asked = new CopyOnWriteArrayList<>();

  private Prober prober(Function<Endpoint, Connection> world) {
    return new Prober(
        "the prober p",
        Vantage.LOAD_BALANCER,
        List.of(),
        request -> {
          asked.add(request);
          return Known.of(
              new ProbeAnswer(
                  request.endpoints().stream()
                      .map(endpoint -> new Sweep.Result(endpoint, List.of(world.apply(endpoint))))
                      .toList(),
                  1,
                  1));
        });
  }

  private List<ProbeResult> probe(Facts before, Function<Endpoint, Connection> world) {
    return TargetProbing.probed(before, prober(world), LIMIT, Set.of())
        .evidence()
        .probes()
        .orElse(List.of());
  }

  @Test
  void whatTheProberAnswersBecomesAFact() {
    List<ProbeResult> probes = probe(facts, _ -> new Connection.Refused(1));
    assertThat(probes).hasSize(6);
    assertThat(probes.getFirst())
        .isEqualTo(
            new ProbeResult(
                "i-0a1b2c3d4e5f60718:8080",
                "10.0.1.10",
                8080,
                Purpose.TRAFFIC,
                Vantage.LOAD_BALANCER,
                List.of(),
                List.of(new Connection.Refused(1))));
  }

  @Test
  void manyTargetsAreAskedForInWavesAndAtOnce() {
    Facts many =
        facts.mapTargetGroups(group -> group.withTargets(group.targets().map(this::onManyPorts)));
    probe(many, _ -> new Connection.TimedOut(1500));
    assertThat(asked)
        .extracting(request -> request.endpoints().size())
        .containsExactlyInAnyOrder(900 + 450, 500 + 250);
  }

  private List<Target> onManyPorts(List<Target> targets) {
    return IntStream.rangeClosed(1, 700)
        .mapToObj(port -> targets.getFirst().withPort(port))
        .toList();
  }

  @Test
  void aProberThatDoesNotAnswerIsWhyNothingWasProbed() {
    Prober gone =
        new Prober(
            "the prober p",
            Vantage.LOAD_BALANCER,
            List.of(),
            _ -> Known.unknown("the prober p: no"));
    assertThat(TargetProbing.probed(facts, gone, LIMIT, Set.of()).evidence().probes())
        .isEqualTo(Known.unknown("the prober p: no"));
    Prober broken =
        new Prober(
            "the prober p",
            Vantage.LOAD_BALANCER,
            List.of(),
            _ -> {
              throw new IllegalStateException("ours");
            });
    assertThat(TargetProbing.probed(facts, broken, LIMIT, Set.of()).evidence().probes())
        .isEqualTo(
            Known.unknown(
                "the prober p could not be asked: java.lang.IllegalStateException: ours"));
  }

  @Test
  void aWaveWithoutAnAnswerSaysWhyAndTheOthersCount() {
    Prober half =
        new Prober(
            "the prober p",
            Vantage.LOAD_BALANCER,
            List.of(),
            request ->
                request.endpoints().size() == 1350
                    ? Known.unknown("too large")
                    : prober(_ -> new Connection.Connected(1)).ask().apply(request));
    Facts many =
        facts.mapTargetGroups(group -> group.withTargets(group.targets().map(this::onManyPorts)));
    List<ProbeResult> probes =
        TargetProbing.probed(many, half, LIMIT, Set.of()).evidence().probes().orElse(List.of());
    assertThat(probes).hasSize(1400);
    assertThat(probes.subList(0, 900))
        .allSatisfy(
            probe ->
                assertThat(probe.attempts())
                    .containsExactly(new Connection.NotDialled("too large")));
    assertThat(probes.subList(900, 1400))
        .allSatisfy(
            probe -> assertThat(probe.attempts()).containsExactly(new Connection.Connected(1)));
  }

  @Test
  void aTargetThatHangsUpOnHttp2IsAskedInHttp1() {
    Facts http2 =
        facts.mapTargetGroups(
            group -> group.withProtocol(Protocol.HTTP).withProtocolVersion(ProtocolVersion.HTTP2));
    List<ProbeResult> probes =
        probe(
            http2,
            endpoint ->
                endpoint.http2()
                    ? new Connection.Closed(1, Connection.Stage.HTTP)
                    : new Connection.Answered(1, 200, null));
    assertThat(probes)
        .extracting(ProbeResult::purpose)
        .containsOnly(Purpose.TRAFFIC, Purpose.HEALTH_CHECK, Purpose.ALTERNATE_PROTOCOL);
    assertThat(otherwise()).hasSize(3).noneMatch(Endpoint::http2);
  }

  @Test
  void aTargetThatDoesNotAnswerPlainHttpIsAskedOverTls() {
    probe(facts, _ -> new Connection.Reset(1, Connection.Stage.HTTP));
    assertThat(otherwise())
        .hasSize(3)
        .extracting(Endpoint::stages)
        .containsOnly(List.of(Stage.TLS, Stage.HTTP));
  }

  @Test
  void theHeaderIsSentAsTheGroupSendsItAndThenTheOtherWay() {
    Facts sent = RecordedFacts.of("ProxyProtocolMismatch/the-target-expects-none");
    probe(sent, _ -> new Connection.Closed(1, Connection.Stage.HTTP));
    assertThat(asAsked()).isNotEmpty().extracting(Endpoint::proxyHeader).containsOnly("v2");
    assertThat(otherwise()).isNotEmpty().extracting(Endpoint::proxyHeader).containsOnlyNulls();
    Facts not =
        sent.mapTargetGroups(
            group -> group.withProxyProtocol(Known.of(new ProxyProtocol(false, "v1", false))));
    asked.clear();
    probe(not, _ -> new Connection.Closed(1, Connection.Stage.HTTP));
    assertThat(otherwise()).isNotEmpty().extracting(Endpoint::proxyHeader).containsOnly("v1");
  }

  private List<Endpoint> asAsked() {
    return asked.getFirst().endpoints().stream()
        .filter(endpoint -> endpoint.purpose() != Purpose.ALTERNATE_PROTOCOL)
        .toList();
  }

  private List<Endpoint> otherwise() {
    return asked.getFirst().endpoints().stream()
        .filter(endpoint -> endpoint.purpose() == Purpose.ALTERNATE_PROTOCOL)
        .toList();
  }

  /// A prober of an older version asks in the other protocol whatever the traffic port told.
  @Test
  void theOtherProtocolTellsNothingOfATargetThatUnderstands() {
    assertThat(
            probe(
                facts,
                endpoint ->
                    endpoint.stages().contains(Stage.TLS)
                        ? new Connection.TlsFailed(1, Connection.TlsFailure.PLAINTEXT, "no")
                        : new Connection.Answered(1, 200, null)))
        .extracting(ProbeResult::purpose)
        .containsOnly(Purpose.TRAFFIC, Purpose.HEALTH_CHECK);
  }

  @Test
  void whatWasNotAskedInTheOtherProtocolIsNoResult() {
    assertThat(
            probe(
                facts,
                endpoint ->
                    endpoint.stages().contains(Stage.TLS)
                        ? new Connection.NotDialled("no time was left")
                        : new Connection.Silent(6000, Connection.Stage.HTTP)))
        .extracting(ProbeResult::purpose)
        .containsOnly(Purpose.TRAFFIC, Purpose.HEALTH_CHECK);
  }

  @Test
  void aFewAreHeldALittleLongerThanTheLoadBalancerWould() {
    TargetProbing.probed(
        facts, prober(_ -> new Connection.Answered(1, 200, null)), LIMIT, Set.of(Also.KEEP_ALIVE));
    assertThat(asked.getLast().endpoints())
        .hasSize(3)
        .allSatisfy(endpoint -> assertThat(endpoint.holdMillis()).isEqualTo(61_000));
  }
}
