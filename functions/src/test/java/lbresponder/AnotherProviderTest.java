package lbresponder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import lbresponder.aws.AwsProvider;
import lbresponder.channel.Message;
import lbresponder.facts.Connection;
import lbresponder.facts.Evidence;
import lbresponder.facts.Facts;
import lbresponder.facts.Fleet;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.Network;
import lbresponder.facts.ProbeResult;
import lbresponder.facts.ProbeResult.Purpose;
import lbresponder.facts.ProbeResult.Vantage;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Port;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import lbresponder.facts.Wiring;
import lbresponder.journey.AlarmHandler;
import lbresponder.journey.Outcome;
import lbresponder.journey.Probing;
import lbresponder.journey.Providers;
import lbresponder.report.Report;
import lbresponder.report.ReportJson;
import lbresponder.report.text.ReportText;
import lbresponder.testing.RackProvider;
import lbresponder.testing.Remembering;
import org.junit.jupiter.api.Test;

/// A load balancer that is in no cloud goes the whole way, from its alarm's line to the report,
/// beside AWS and through the same checks.
class AnotherProviderTest {
  private static final Instant NOW = Instant.parse("2026-01-02T17:02:00Z");
  private static final String CANNOT_CONNECT = "rack edge-1: shop cannot connect, ALARM at " + NOW;
  private static final String NO_SERVER = "rack edge-1: shop has no server, ALARM at " + NOW;
  private static final String WHY = "a rack has no such thing";

  @Test
  void aDeadProcessIsProven() {
    Report report =
        answer(
            CANNOT_CONNECT,
            about(List.of(refusing("a1"), well("a2")), refused("a1"), answered("a2")));
    assertThat(led(report)).isEqualTo("PROVEN NothingListening [a1:8080]");
    assertThat(report.summary())
        .isEqualTo(
            "shop: The target refuses connections on its port (1 of 2 targets). a1:8080 refuses"
                + " connections on all of 5 tries from where the load balancer stands.");
  }

  @Test
  void anEmptyGroupIsProven() {
    Report report = answer(NO_SERVER, about(List.of()));
    assertThat(led(report)).isEqualTo("PROVEN NoTargets []");
    assertThat(report.causes().getFirst().fix())
        .containsExactly("rackctl add-server --to shop/servers <name>");
  }

  @Test
  void anApplicationThatHangsIsProven() {
    Report report =
        answer(
            CANNOT_CONNECT,
            about(List.of(hanging("a1"), well("a2")), silent("a1"), answered("a2")));
    assertThat(led(report)).isEqualTo("PROVEN TargetHangs [a1:8080]");
  }

  /// What a rack does not have is neither asked for nor missed.
  @Test
  void nothingOfACloudIsMissing() {
    Report report =
        answer(
            CANNOT_CONNECT,
            about(List.of(refusing("a1"), well("a2")), refused("a1"), answered("a2")));
    assertThat(report.gaps()).isEmpty();
    assertThat(report.ruledOut().stream().filter(one -> !one.applies()).map(one -> one.id()))
        .contains(
            "CapacityAtMaximum",
            "ClientPreservationBlocks",
            "HairpinFails",
            "IdleFlowExpired",
            "OnlyHealthChecksFail",
            "SnatPortsExhausted",
            "SubnetOutOfAddresses");
    String text = ReportText.write(report);
    assertThat(text).contains("load balancer  shop (rack)").doesNotContain("SnatPortsExhausted");
    assertThat(ReportJson.write(report))
        .contains("\"provider\":\"rack\"", "\"arn\":\"rack://edge-1/shop\"");
  }

  @Test
  void anAlarmOfNobodyIsLetGo() {
    Remembering channel = Remembering.open();
    Outcome outcome = handler(about(List.of()), channel).respond("{}", NOW);
    assertThat(outcome.done()).isTrue();
    assertThat(channel.messages()).isEmpty();
  }

  private static String led(Report report) {
    Report.CausePart first = report.causes().getFirst();
    return "%s %s %s".formatted(first.confidence(), first.id(), first.targets());
  }

  /// The report that the channel is given.
  private static Report answer(String alarm, Function<Incident, Facts> facts) {
    Remembering channel = Remembering.open();
    Outcome outcome = handler(facts, channel).respond(alarm, Instant.now().plusSeconds(20));
    assertThat(outcome.done()).isTrue();
    assertThat(channel.messages()).singleElement().isInstanceOf(Message.Finding.class);
    return ((Message.Finding) channel.messages().getFirst()).report();
  }

  private static AlarmHandler handler(Function<Incident, Facts> facts, Remembering channel) {
    Providers providers = new Providers(List.of(new AwsProvider(), new RackProvider(facts)));
    return new AlarmHandler(providers, List.of(channel), Clock.systemUTC(), Probing.NONE);
  }

  private static Function<Incident, Facts> about(List<Target> servers, ProbeResult... probes) {
    return incident ->
        new Facts(
            incident,
            NOW.plusSeconds(5),
            wiring(servers),
            Known.of(load()),
            Fleet.none(WHY),
            new Network(none(), none(), none(), none(), none(), none(), none()),
            new Evidence(probes.length == 0 ? none() : Known.of(List.of(probes)), Known.none(WHY)));
  }

  private static <T> Known<T> none() {
    return Known.none(WHY);
  }

  private static Wiring wiring(List<Target> servers) {
    TargetGroup group =
        new TargetGroup(
            "shop/servers",
            "servers",
            TargetType.ADDRESS,
            Protocol.HTTP,
            ProtocolVersion.HTTP1,
            8080,
            "",
            List.of("rack://edge-1/shop"),
            new HealthCheck(true, Protocol.HTTP, null, "/up", "200", 5, 2, 2, 3),
            Known.of(true),
            none(),
            none(),
            Known.of(false),
            none(),
            Known.of(servers));
    LoadBalancer edge =
        new LoadBalancer(
            "edge.example", false, "", "", List.of(), Known.of(List.of()), Known.of(50), none());
    Listener listener =
        new Listener(
            "edge-1:443",
            443,
            Protocol.HTTPS,
            new Listener.Forward(List.of(new Listener.WeightedTargetGroup("shop/servers", 1))),
            Known.of(List.of()));
    return new Wiring(Known.of(edge), Known.of(List.of(listener)), Known.of(List.of(group)));
  }

  /// Connections began to fail three minutes ago; requests come as ever, and find a server.
  private static Load load() {
    Instant from = NOW.minusSeconds(180);
    List<Load.Point> requests =
        IntStream.rangeClosed(0, 70)
            .mapToObj(i -> new Load.Point(NOW.minusSeconds(60L * (70 - i)), 600))
            .toList();
    List<Load.Point> errors =
        IntStream.range(0, 3).mapToObj(i -> new Load.Point(from.plusSeconds(60L * i), 40)).toList();
    return new Load(
        new Load.Window(from, NOW.plusSeconds(60)),
        new Load.Window(from.minusSeconds(3900), from.minusSeconds(300)),
        60,
        NOW.minusSeconds(60),
        List.of(
            series(Measure.CONNECTION_ERRORS, "connection_errors", errors),
            series(Measure.REQUESTS, "requests", requests),
            series(Measure.LB_503, "no_server", List.of())));
  }

  private static Load.Series series(Measure measure, String name, List<Load.Point> points) {
    return new Load.Series(measure, name, null, null, "sum", true, Known.of(points));
  }

  private static Target server(String name, TargetHealth health) {
    return new Target(name, 8080, "192.0.2." + name.substring(1), null, Known.of(health));
  }

  private static Target well(String name) {
    return server(name, TargetHealth.healthy(8080));
  }

  private static Target refusing(String name) {
    return server(name, unhealthy(Reason.REFUSED, Port.CLOSED, "L4CON"));
  }

  private static Target hanging(String name) {
    return server(name, unhealthy(Reason.ANSWER_TIMED_OUT, Port.OPEN, "L7TOUT"));
  }

  private static TargetHealth unhealthy(Reason reason, Port port, String code) {
    return new TargetHealth(State.UNHEALTHY, reason, port, code, "", List.of(), 8080, null);
  }

  private static ProbeResult refused(String name) {
    return probed(name, new Connection.Refused(1));
  }

  private static ProbeResult silent(String name) {
    return probed(name, new Connection.Silent(2000, Connection.Stage.HTTP));
  }

  private static ProbeResult answered(String name) {
    return probed(name, new Connection.Answered(3, 200, null));
  }

  private static ProbeResult probed(String name, Connection result) {
    return new ProbeResult(
        name + ":8080",
        "192.0.2." + name.substring(1),
        8080,
        Purpose.TRAFFIC,
        Vantage.LOAD_BALANCER,
        List.of(),
        List.of(result, result, result, result, result));
  }
}
