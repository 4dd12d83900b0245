package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.cause.Runbook;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Gatherer.Picture;
import lbresponder.facts.Incident;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.Recognised;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.report.Report;
import lbresponder.testing.Interfering;
import lbresponder.testing.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Gathering against an emulated AWS through the real SDK, and through a network that fails.
class GatherIT extends Emulated {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String DESCRIBE_ALARMS = "cloudwatch:DescribeAlarms";
  private static final String WHOSE = "sts:GetCallerIdentity";

  /// What was called is what the role is given: no more, no less. Whoever has credentials may ask
  /// whose they are.
  @AfterAll
  static void thePermissionsAreTheCalls() throws IOException {
    CALLS.remove(WHOSE);
    Files.writeString(Path.of("target/aws-calls.json"), MAPPER.writeValueAsString(CALLS));
    List<String> listed = new ArrayList<>();
    MAPPER
        .readTree(Path.of("src/main/resources/lbresponder/permissions.json").toFile())
        .path("gather")
        .forEach(action -> listed.add(action.asText()));
    assertThat(CALLS).containsExactlyElementsOf(listed);
  }

  @Test
  void aCompositeAlarmIsAboutWhatItsChildrenWatch() throws IOException {
    World world = new World(endpoint, 1);
    world.alarm(
        "web-blue-connection-errors",
        "AWS/ApplicationELB",
        "TargetConnectionErrorCount",
        "LoadBalancer",
        "app/web/50dc6c495c0c9188");
    Interfering network = new Interfering(AwsClients.http());
    AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
    Recognised.Composite composite =
        (Recognised.Composite)
            provider.recognise(Files.readString(Path.of("../events/composite.json")));
    Alarm alarm =
        ((Recognised.Alarms) provider.resolve(composite, Instant.now().plusSeconds(20)))
            .alarms()
            .getFirst();
    CALLS.addAll(network.calls());
    assertThat(alarm.name()).isEqualTo("web-down");
    assertThat(alarm.loadBalancer().name()).isEqualTo("web");
    assertThat(alarm.watched().measure()).isEqualTo(Measure.CONNECTION_ERRORS);
    network.on(DESCRIBE_ALARMS, Interfering.error(DESCRIBE_ALARMS, 403, "AccessDenied"));
    assertThat(provider.resolve(composite, Instant.now().plusSeconds(20)))
        .isEqualTo(
            new Recognised.Unreadable(
                "composite alarm web-down: its children could not be read:"
                    + " cloudwatch:DescribeAlarms: AccessDenied (the role needs this action)"));
  }

  /// A composite over another, which is over the first again.
  @Test
  void compositesOfCompositesEnd() throws IOException {
    new World(endpoint, 1);
    Interfering network =
        new Interfering(AwsClients.http())
            .on(
                DESCRIBE_ALARMS,
                new Interfering.Answer(
                    200,
                    """
                    <DescribeAlarmsResponse><DescribeAlarmsResult><CompositeAlarms><member>
                      <AlarmName>inner</AlarmName><AlarmRule>ALARM("web-down") OR ALARM(inner)</AlarmRule>
                    </member></CompositeAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>
                    """));
    AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
    Recognised.Composite composite =
        (Recognised.Composite)
            provider.recognise(Files.readString(Path.of("../events/composite.json")));
    assertThat(provider.resolve(composite, Instant.now().plusSeconds(20)))
        .isEqualTo(
            new Recognised.NotOurs(
                "composite alarm web-down: none of its children watches a metric"));
    assertThat(network.calls()).hasSizeLessThan(6);
  }

  @Test
  void applicationLoadBalancer() {
    World world = new World(endpoint, 2);
    Facts facts = gather(application(world, 2));
    LoadBalancer loadBalancer = value(facts.wiring().loadBalancer());
    assertThat(loadBalancer.zones())
        .extracting("name")
        .containsExactlyInAnyOrder("eu-west-1a", "eu-west-1b");
    assertThat(loadBalancer.idleTimeoutSeconds()).isEqualTo(Known.of(60));
    Listener listener = value(facts.wiring().listeners()).getFirst();
    assertThat(value(listener.rules()))
        .extracting(Listener.Rule::action)
        .containsExactly(
            new Listener.Forward(
                List.of(
                    new Listener.WeightedTargetGroup(
                        value(facts.wiring().targetGroups()).get(1).id(), 7))));
    TargetGroup group = value(facts.wiring().targetGroups()).getFirst();
    assertThat(value(group.targets()))
        .extracting(target -> value(target.health()).reason())
        .contains(TargetHealth.Reason.NOT_RUNNING);
    assertThat(value(facts.fleet().instances()))
        .extracting(Instance::state)
        .contains(Instance.State.STOPPED, Instance.State.RUNNING);
    assertThat(
            value(
                value(facts.load())
                    .series(Measure.CONNECTION_ERRORS, group.id(), null)
                    .orElseThrow()
                    .total(value(facts.load()).incident())))
        .isEqualTo(36);
    assertThat(leading(facts)).isEqualTo("TargetStopped PROVEN");
  }

  @Test
  void classicLoadBalancer() {
    World world = new World(endpoint, 3);
    Facts facts = gather(classic(world));
    TargetGroup group = value(facts.wiring().targetGroups()).getFirst();
    assertThat(group.id()).isEqualTo("legacy/HTTP:8080");
    assertThat(group.healthCheck().path()).isEqualTo("/health");
    assertThat(group.proxyProtocol()).isInstanceOf(Known.None.class);
    TargetGroup tcp = value(facts.wiring().targetGroups()).getLast();
    assertThat(tcp.id()).isEqualTo("legacy/TCP:8080");
    assertThat(value(tcp.proxyProtocol())).isEqualTo(new ProxyProtocol(true, "v1", false));
    assertThat(value(group.targets())).hasSize(3);
    assertThat(leading(facts)).isEqualTo("TargetStopped PROVEN");
  }

  @Test
  void networkLoadBalancer() {
    Facts facts = gather(network(new World(endpoint, 1)));
    assertThat(value(value(facts.wiring().targetGroups()).getFirst().targets())).isEmpty();
    assertThat(leading(facts)).isEqualTo("NoTargets PROVEN");
  }

  @Test
  void aLoadBalancerThatIsGone() {
    Facts facts =
        gather(
            World.event(
                "AWS/ApplicationELB",
                "HTTPCode_ELB_5XX_Count",
                "LoadBalancer",
                "app/gone/50dc6c495c0c9188"));
    assertThat(why(facts)).startsWith("gone does not exist in account");
    assertThat(facts.network().subnets()).isEqualTo(Known.none(why(facts)));
    assertThat(Report.of(Runbook.diagnose(facts), new AwsProvider()).summary())
        .startsWith("gone: nothing to look at");
    Facts old = gather(World.event("AWS/ELB", "SpilloverCount", "LoadBalancerName", "gone"));
    assertThat(why(old)).startsWith("gone does not exist in account");
  }

  private static String why(Facts facts) {
    assertThat(facts.wiring().loadBalancer()).isInstanceOf(Known.None.class);
    return ((Known.None<LoadBalancer>) facts.wiring().loadBalancer()).why();
  }

  /// The emulator draws nothing, so that its answer is made here; the call is among those that the
  /// role is given.
  @Test
  void aPictureIsOneCallMore() {
    Interfering network =
        new Interfering(AwsClients.http())
            .on(
                "cloudwatch:GetMetricWidgetImage",
                new Interfering.Answer(
                    200,
                    "<GetMetricWidgetImageResponse><GetMetricWidgetImageResult><MetricWidgetImage>UE5H</MetricWidgetImage></GetMetricWidgetImageResult></GetMetricWidgetImageResponse>"));
    AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
    Recognised.Alarms alarms =
        (Recognised.Alarms) provider.recognise(application(new World(endpoint, 2), 1));
    Known<Picture> picture =
        provider.picture(
            Incident.of(alarms.alarms()), Instant.now(), Instant.now().plusSeconds(20));
    assertThat(value(picture).png()).hasSize(3);
    assertThat(network.calls()).containsExactly("cloudwatch:GetMetricWidgetImage");
    CALLS.addAll(network.calls());
  }

  @Test
  void fiveTargetGroupsTakeFewCallsAndNoneTwice() {
    World world = new World(endpoint, 2);
    String event = application(world, 5);
    Interfering network = new Interfering(AwsClients.http());
    gather(event, network, Duration.ofSeconds(20));
    System.out.printf(
        "%d calls for 5 target groups: %s%n",
        network.calls().size(),
        network.calls().stream()
            .collect(Collectors.groupingBy(call -> call, TreeMap::new, Collectors.counting())));
    assertThat(network.calls()).hasSizeLessThanOrEqualTo(30);
    assertThat(new HashSet<>(network.requests())).hasSameSizeAs(network.requests());
  }

  /// The emulator calls every running target healthy: what AWS says of the others is put in its
  /// place. Every call, refused, throttled, failed, late, reset, cut and emptied, one at a time: a
  /// report is made, names the call, and blames nothing that the whole facts did not show.
  @Test
  void oneCallFailsAtATime() throws Exception {
    World world = new World(endpoint, 3);
    List<Future<String>> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (String event : List.of(everything(world), classic(world), network(world))) {
        Interfering whole = withFailures();
        Set<String> blamed = blamed(gather(event, whole, Duration.ofSeconds(20)));
        for (String action : new TreeSet<>(whole.calls())) {
          faults(action)
              .forEach(
                  (name, fault) ->
                      made.add(threads.submit(() -> sweep(event, action, name, fault, blamed))));
        }
      }
    }
    int each = faults("any").size();
    System.out.printf(
        "%d calls, each failing in %d ways: %d failures, one at a time%n",
        made.size() / each, each, made.size());
    assertThat(made).hasSizeGreaterThan(100);
    for (Future<String> offence : made) {
      assertThat(offence.get()).isEmpty();
    }
  }

  private static String sweep(
      String event, String action, String name, Interfering.Fault fault, Set<String> blamed) {
    Interfering network = withFailures().on(action, fault);
    Facts facts = gather(event, network, Duration.ofSeconds(name.equals("late") ? 5 : 20));
    Report report = Report.of(Runbook.diagnose(facts), new AwsProvider());
    Set<String> now = blamed(facts);
    now.removeAll(blamed);
    boolean named = report.gaps().stream().anyMatch(gap -> gap.contains(action));
    return named && now.isEmpty()
        ? ""
        : "%s %s: blamed %s, gaps %s".formatted(action, name, now, report.gaps());
  }

  private static Map<String, Interfering.Fault> faults(String action) {
    Map<String, Interfering.Fault> faults = new LinkedHashMap<>();
    faults.put(
        "denied",
        Interfering.error(
            action, 403, action.startsWith("ec2:") ? "UnauthorizedOperation" : "AccessDenied"));
    faults.put("throttled", Interfering.error(action, 400, "Throttling"));
    faults.put("failed", new Interfering.Answer(500, "<html>no</html>"));
    faults.put("late", new Interfering.Late(10_000));
    faults.put("reset", new Interfering.Reset());
    faults.put("cut", new Interfering.Rewrite(body -> body.substring(0, body.length() / 2)));
    faults.put("empty", new Interfering.Answer(200, ""));
    return faults;
  }
}
