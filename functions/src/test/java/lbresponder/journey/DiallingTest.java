package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import lbresponder.facts.Connection;
import lbresponder.facts.Dial;
import lbresponder.facts.Dial.Purpose;
import lbresponder.facts.Dial.Vantage;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.journey.Dialling.Also;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Endpoint.Stage;
import lbresponder.probe.ProbeAnswer;
import lbresponder.probe.ProbeRequest;
import lbresponder.probe.Sweep;
import lbresponder.testing.RecordedFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Nothing here reaches a network: the prober answers from what the test says.
class DiallingTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private final Facts facts =
      RecordedFacts.of("SecurityGroupBlocks/only-the-health-checks-port-is-open");
  private final List<ProbeRequest> asked = new ArrayList<>();

  private Prober prober(Function<Endpoint, Connection> world) {
    return new Prober(
        Vantage.LOAD_BALANCER,
        List.of(),
        request -> {
          asked.add(request);
          return Known.of(
              new ProbeAnswer(
                  request.endpoints().stream()
                      .map(one -> new Sweep.Result(one, List.of(world.apply(one))))
                      .toList(),
                  1,
                  1));
        });
  }

  private Facts dial(Facts before, Function<Endpoint, Connection> world) {
    return Dialling.dialled(before, prober(world), LIMIT, Set.of());
  }

  private static Facts each(Facts facts, Function<TargetGroup, TargetGroup> change) {
    return facts.withTargetGroups(
        facts.targetGroups().map(all -> all.stream().map(change).toList()));
  }

  private static TargetGroup speaking(TargetGroup one, String protocol, @Nullable String version) {
    return new TargetGroup(
        one.id(),
        one.name(),
        one.targetType(),
        protocol,
        version,
        one.port(),
        one.network(),
        one.loadBalancers(),
        one.healthCheck(),
        one.attributes(),
        one.targets());
  }

  @Test
  void bothPortsOfEachTargetAreDialledWhereTheyDiffer() {
    assertThat(new Endpoints(facts).all())
        .extracting(Endpoint::address, Endpoint::port, Endpoint::purpose, Endpoint::stages)
        .startsWith(
            tuple("10.0.1.10", 8080, Purpose.TRAFFIC, List.of(Stage.HTTP)),
            tuple("10.0.1.10", 8090, Purpose.HEALTH_CHECK, List.of(Stage.HTTP)))
        .hasSize(6);
  }

  @Test
  void whatIsMetBecomesAFact() {
    List<Dial> dials = dial(facts, _ -> new Connection.Refused(1)).dials().orElse(List.of());
    assertThat(dials).hasSize(6);
    assertThat(dials.getFirst().target()).isEqualTo("i-0a1b2c3d4e5f60718:8080");
    assertThat(dials.getFirst().from()).isEqualTo(Vantage.LOAD_BALANCER);
  }

  @Test
  void targetsWithoutAnAddressAreNotDialled() {
    assertThat(new Endpoints(facts.withInstances(Known.unknown("AccessDenied"))).all()).isEmpty();
    assertThat(new Endpoints(RecordedFacts.of("LambdaTargetFails/it-throws")).all()).isEmpty();
  }

  @Test
  void aPortThatTakesDatagramsIsNotDialledWithTcp() {
    assertThat(new Endpoints(each(facts, one -> speaking(one, "UDP", null))).all())
        .extracting(Endpoint::purpose)
        .containsOnly(Purpose.HEALTH_CHECK);
  }

  @Test
  void aTargetInTwoGroupsIsDialledOnceAndSpokenToAsBothWould() {
    TargetGroup one = facts.targetGroups().orElse(List.of()).getFirst();
    Facts twice = facts.withTargetGroups(Known.of(List.of(one, one)));
    assertThat(new Endpoints(twice).all()).isEqualTo(new Endpoints(facts).all());
    Facts apart = facts.withTargetGroups(Known.of(List.of(one, speaking(one, "HTTPS", "HTTP1"))));
    assertThat(new Endpoints(apart).all())
        .hasSize(6)
        .filteredOn(endpoint -> endpoint.purpose() == Purpose.TRAFFIC)
        .allSatisfy(endpoint -> assertThat(endpoint.stages()).isEmpty());
  }

  @Test
  void manyTargetsAreAskedForInWavesAndAtOnce() {
    Facts many =
        each(
            facts,
            group ->
                group.withTargets(
                    group
                        .targets()
                        .map(
                            all -> {
                              List<Target> targets = new ArrayList<>();
                              for (int port = 1; port <= 700; port++) {
                                targets.add(
                                    new Target(
                                        all.getFirst().id(), port, null, all.getFirst().health()));
                              }
                              return targets;
                            })));
    dial(many, _ -> new Connection.TimedOut(1500));
    assertThat(asked).extracting(one -> one.endpoints().size()).containsExactlyInAnyOrder(900, 500);
  }

  @Test
  void aProberThatDoesNotAnswerIsWhyNothingWasDialled() {
    Prober gone =
        new Prober(Vantage.LOAD_BALANCER, List.of(), _ -> Known.unknown("the prober p: no"));
    assertThat(Dialling.dialled(facts, gone, LIMIT, Set.of()).dials())
        .isEqualTo(Known.unknown("the prober p: no"));
    Prober broken =
        new Prober(
            Vantage.LOAD_BALANCER,
            List.of(),
            _ -> {
              throw new IllegalStateException("ours");
            });
    assertThat(Dialling.dialled(facts, broken, LIMIT, Set.of()).dials())
        .isEqualTo(
            Known.unknown("the prober could not be asked: java.lang.IllegalStateException: ours"));
  }

  @Test
  void aTargetThatHangsUpOnHttp2IsAskedInHttp1() {
    Facts http2 = each(facts, one -> speaking(one, "HTTP", "HTTP2"));
    Facts dialled =
        dial(
            http2,
            one ->
                one.http2()
                    ? new Connection.Closed(1, Connection.Stage.HTTP)
                    : new Connection.Answered(1, 200, null));
    assertThat(dialled.dials().orElse(List.of()).stream().map(Dial::purpose))
        .containsOnly(Purpose.TRAFFIC, Purpose.HEALTH_CHECK, Purpose.OTHERWISE);
    assertThat(asked.getLast().endpoints()).hasSize(3).noneMatch(Endpoint::http2);
  }

  @Test
  void aTargetThatDoesNotAnswerPlainWordsIsAskedOverTls() {
    dial(facts, _ -> new Connection.Reset(1, Connection.Stage.HTTP));
    assertThat(asked.getLast().endpoints())
        .extracting(Endpoint::stages)
        .containsOnly(List.of(Stage.TLS, Stage.HTTP));
  }

  @Test
  void theHeaderIsSentAsTheGroupSendsItAndThenTheOtherWay() {
    Facts network = RecordedFacts.of("ProxyProtocolMismatch/the-target-expects-none");
    assertThat(network.incident().loadBalancer().kind()).isEqualTo(Kind.NETWORK);
    dial(network, _ -> new Connection.Closed(1, Connection.Stage.HTTP));
    assertThat(asked.getFirst().endpoints()).extracting(Endpoint::proxyHeader).containsOnly("v2");
    assertThat(asked.getLast().endpoints()).extracting(Endpoint::proxyHeader).containsOnlyNulls();
  }

  @Test
  void nothingIsSaidWhereTheHeaderIsNotKnown() {
    Facts network =
        each(
            RecordedFacts.of("ProxyProtocolMismatch/the-target-expects-none"),
            one -> one.withAttributes(Known.unknown("AccessDenied")));
    assertThat(new Endpoints(network).all()).allSatisfy(one -> assertThat(one.stages()).isEmpty());
  }

  @Test
  void aFewAreHeldALittleLongerThanTheLoadBalancerWould() {
    Dialling.dialled(
        facts, prober(_ -> new Connection.Answered(1, 200, null)), LIMIT, Set.of(Also.KEEP_ALIVE));
    assertThat(asked.getLast().endpoints())
        .hasSize(3)
        .allSatisfy(one -> assertThat(one.holdMillis()).isEqualTo(61_000));
  }

  @Test
  void theListNamesWhatIsWrongInIt() {
    assertThat(ProberList.parse("{\"vpc-0a1b\": \"" + FUNCTION + "\"}"))
        .isEqualTo(Map.of("vpc-0a1b", FUNCTION));
    assertThat(catchThrowable(() -> ProberList.check("{\"web\": 1}")))
        .hasMessage(
            "LB_RESPONDER_PROBERS: found `web`, expected a load balancer's ARN, or a VPC's id");
    assertThat(catchThrowable(() -> ProberList.check("{\"vpc-0a1b\": \"probe\"}")))
        .hasMessage(
            "LB_RESPONDER_PROBERS: found `probe`, expected the ARN of a function for vpc-0a1b");
    assertThat(catchThrowable(() -> ProberList.check("{")))
        .hasMessage("LB_RESPONDER_PROBERS: found `{`, expected a JSON object");
    assertThat(catchThrowable(() -> ProberList.check("a b")))
        .hasMessageContaining("expected a JSON object, or the name of an SSM parameter");
  }

  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:probe";
}
