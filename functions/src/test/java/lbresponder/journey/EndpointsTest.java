package lbresponder.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Facts;
import lbresponder.facts.Known;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.TargetGroup;
import lbresponder.probe.Endpoint;
import lbresponder.probe.Endpoint.Stage;
import lbresponder.testing.RecordedFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EndpointsTest {
  private static final int CHECKED = 8090;

  /// Traffic on 8080, health checks on 8090, both in HTTP.
  private final Facts facts =
      RecordedFacts.of("SecurityGroupBlocks/only-the-health-checks-port-is-open");

  private static List<Endpoint> endpoints(Facts facts, Purpose purpose) {
    return new Endpoints(facts)
        .all().stream().filter(endpoint -> endpoint.purpose() == purpose).toList();
  }

  private static String stages(Endpoint endpoint) {
    return endpoint.stages().stream().map(Stage::name).collect(Collectors.joining(" "));
  }

  @Test
  void bothPortsOfEachTargetAreProbedWhereTheyDiffer() {
    assertThat(new Endpoints(facts).all())
        .extracting(Endpoint::address, Endpoint::port, Endpoint::purpose, EndpointsTest::stages)
        .startsWith(
            tuple("10.0.1.10", 8080, Purpose.TRAFFIC, "HTTP"),
            tuple("10.0.1.10", CHECKED, Purpose.HEALTH_CHECK, "HTTP"))
        .hasSize(6);
  }

  @Test
  void targetsWithoutAnAddressAreNotProbed() {
    Facts unread = facts.withFleet(facts.fleet().withInstances(Known.unknown("AccessDenied")));
    assertThat(new Endpoints(unread).all()).isEmpty();
    assertThat(new Endpoints(RecordedFacts.of("LambdaTargetFails/it-throws")).all()).isEmpty();
  }

  @Test
  void aTargetThatIsRegisteredUnderAnotherNameIsProbedAtItsAddress() {
    Facts named =
        facts.mapTargetGroups(
            group ->
                group.withTargets(
                    group
                        .targets()
                        .map(
                            targets ->
                                targets.stream()
                                    .map(
                                        target ->
                                            target
                                                .withId("web1")
                                                .withAddress("192.0.2.7")
                                                .withZone("rack-1"))
                                    .toList())));
    assertThat(new Endpoints(named).all().getFirst())
        .extracting(Endpoint::target, Endpoint::address, Endpoint::zone)
        .containsExactly("web1:8080", "192.0.2.7", "rack-1");
  }

  /// What the load balancer speaks to targets, what its health check speaks on the same port, and
  /// how far the traffic port is spoken with.
  @ParameterizedTest
  @CsvSource({
    "HTTP,     HTTP,  HTTP",
    "HTTP,     HTTPS, HTTP",
    "HTTPS,    HTTPS, TLS HTTP",
    "HTTPS,    HTTP,  TLS HTTP",
    "TCP,      TCP,   ''",
    "TCP,      HTTP,  HTTP",
    "TCP,      HTTPS, TLS HTTP",
    "TCP_UDP,  HTTP,  HTTP",
    "TCP_QUIC, HTTPS, TLS HTTP",
    "TLS,      TCP,   TLS",
    "TLS,      HTTP,  TLS",
    "TLS,      TLS,   TLS",
    "TLS,      HTTPS, TLS HTTP",
    "OTHER,    TCP,   ''"
  })
  void theCheckOnTheSamePortTellsWhatAConnectionCarries(
      Protocol spoken, Protocol checked, String expected) {
    Facts same =
        facts.mapTargetGroups(
            group ->
                group
                    .withProtocol(spoken)
                    .withHealthCheck(group.healthCheck().withProtocol(checked))
                    .withTargets(
                        group
                            .targets()
                            .map(
                                targets ->
                                    targets.stream()
                                        .map(target -> target.withPort(CHECKED))
                                        .toList())));
    assertThat(endpoints(same, Purpose.TRAFFIC))
        .hasSize(3)
        .allSatisfy(endpoint -> assertThat(stages(endpoint)).isEqualTo(expected));
  }

  @ParameterizedTest
  @CsvSource({"UDP", "QUIC", "NONE"})
  void aPortThatTakesNoTcpIsProbedForItsHealthCheckOnly(Protocol protocol) {
    Facts datagrams = facts.mapTargetGroups(group -> group.withProtocol(protocol));
    assertThat(new Endpoints(datagrams).all())
        .extracting(Endpoint::purpose)
        .containsOnly(Purpose.HEALTH_CHECK);
  }

  @Test
  void aCheckThatIsSwitchedOffIsNotAsked() {
    Facts off =
        facts.mapTargetGroups(
            group -> group.withHealthCheck(group.healthCheck().withEnabled(false)));
    assertThat(new Endpoints(off).all())
        .extracting(Endpoint::purpose)
        .containsOnly(Purpose.TRAFFIC);
  }

  @Test
  void aTargetInTwoGroupsIsProbedOnceAndSpokenToAsBothWould() {
    TargetGroup group = facts.targetGroups().getFirst();
    assertThat(new Endpoints(with(group, group)).all()).isEqualTo(new Endpoints(facts).all());
    TargetGroup tls = group.withProtocol(Protocol.HTTPS).withProtocolVersion(ProtocolVersion.HTTP1);
    Facts apart = with(group, tls);
    assertThat(new Endpoints(apart).all()).hasSize(6);
    assertThat(endpoints(apart, Purpose.TRAFFIC))
        .allSatisfy(endpoint -> assertThat(endpoint.stages()).isEmpty());
  }

  private Facts with(TargetGroup... groups) {
    return facts.withWiring(facts.wiring().withTargetGroups(Known.of(List.of(groups))));
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of(Known.none("HTTP carries the client's address"), null, "HTTP", null, "HTTP"),
        Arguments.of(Known.unknown("AccessDenied"), null, "", null, ""),
        Arguments.of(Known.of(new ProxyProtocol(false, "v2", true)), null, "HTTP", null, "HTTP"),
        Arguments.of(Known.of(new ProxyProtocol(true, "v2", true)), "v2", "HTTP", "v2", "HTTP"),
        Arguments.of(Known.of(new ProxyProtocol(true, "v1", false)), "v1", "HTTP", null, ""));
  }

  /// Where it is not known whether a connection begins with the header, nothing is sent on it.
  @ParameterizedTest
  @MethodSource("headers")
  void theProxyProtocolsHeaderIsSentWhereTheLoadBalancerSendsIt(
      Known<ProxyProtocol> header,
      @Nullable String onTraffic,
      String trafficStages,
      @Nullable String onCheck,
      String checkStages) {
    Facts configured = facts.mapTargetGroups(group -> group.withProxyProtocol(header));
    assertThat(endpoints(configured, Purpose.TRAFFIC))
        .hasSize(3)
        .allSatisfy(
            endpoint -> {
              assertThat(endpoint.proxyHeader()).isEqualTo(onTraffic);
              assertThat(stages(endpoint)).isEqualTo(trafficStages);
            });
    assertThat(endpoints(configured, Purpose.HEALTH_CHECK))
        .hasSize(3)
        .allSatisfy(
            endpoint -> {
              assertThat(endpoint.proxyHeader()).isEqualTo(onCheck);
              assertThat(stages(endpoint)).isEqualTo(checkStages);
            });
  }

  static Stream<Arguments> timeouts() {
    return Stream.of(
        Arguments.of(Known.of(60), List.of(61_000, 61_000, 61_000)),
        Arguments.of(Known.of(4000), List.of(121_000, 121_000, 121_000)),
        Arguments.of(Known.none("it keeps no connections"), List.of()),
        Arguments.of(Known.unknown("AccessDenied"), List.of()));
  }

  @ParameterizedTest
  @MethodSource("timeouts")
  void connectionsAreHeldWhereTheLoadBalancerHoldsThem(
      Known<Integer> timeout, List<Integer> millis) {
    Facts configured =
        facts.withWiring(
            facts
                .wiring()
                .withLoadBalancer(
                    facts
                        .wiring()
                        .loadBalancer()
                        .map(loadBalancer -> loadBalancer.withIdleTimeoutSeconds(timeout))));
    assertThat(new Endpoints(configured).held())
        .extracting(Endpoint::holdMillis)
        .containsExactlyElementsOf(millis);
  }
}
