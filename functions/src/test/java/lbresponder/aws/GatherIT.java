package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
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
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lbresponder.check.Confidence;
import lbresponder.check.Diagnosis;
import lbresponder.check.Runbook;
import lbresponder.facts.Alarm;
import lbresponder.facts.Facts;
import lbresponder.facts.Function;
import lbresponder.facts.Incident;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Measure;
import lbresponder.facts.NetworkInterface;
import lbresponder.facts.PrefixList;
import lbresponder.facts.Recognised;
import lbresponder.facts.RouteTable;
import lbresponder.facts.ScalingGroup;
import lbresponder.facts.SecurityGroup;
import lbresponder.facts.Service;
import lbresponder.facts.StatusCheck;
import lbresponder.facts.Subnet;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.report.Report;
import lbresponder.testing.Interfering;
import lbresponder.testing.Moto;
import lbresponder.testing.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// Gathering against an emulated AWS through the real SDK, and through a network that fails.
class GatherIT {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<String> CALLS = new TreeSet<>();
  private static URI endpoint = URI.create("http://127.0.0.1:0");

  @BeforeAll
  static void configure() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @BeforeEach
  void start() {
    endpoint = Moto.fresh();
    System.setProperty("aws.endpointUrl", endpoint.toString());
  }

  /// The emulator connects nothing: that the target times out is put in its place.
  private static String blamed(String event) {
    return blamed(event, withFailures());
  }

  private static String blamed(String event, Interfering network) {
    Facts facts = gather(event, network, Duration.ofSeconds(20));
    Diagnosis.Finding first = Runbook.diagnose(facts).causes().getFirst();
    return "%s %s %s"
        .formatted(
            first.check().id(),
            first.cause().confidence(),
            first.cause().repairs().stream()
                .flatMap(repair -> new AwsProvider().word(repair, facts).stream())
                .map(command -> command.replaceFirst(" --region.*", ""))
                .distinct()
                .toList());
  }

  @Test
  void rulesThatBlockAreFoundOnEveryKind() {
    World world = new World(endpoint, 2);
    String own = world.securityGroup("balancer");
    String targets = world.securityGroup("targets");
    world.wear(targets);
    String balancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    world.elbv2.setSecurityGroups(call -> call.loadBalancerArn(balancer).securityGroups(own));
    String group = world.targetGroup("web", ProtocolEnum.HTTP, 8080, world.instances);
    world.listener(balancer, ProtocolEnum.HTTP, 80, group);
    String alarm =
        World.event(
            "AWS/ApplicationELB",
            "UnHealthyHostCount",
            "LoadBalancer",
            World.dimension(balancer),
            "TargetGroup",
            World.dimension(group));
    assertThat(blamed(alarm))
        .isEqualTo("SecurityGroupBlocks PROVEN [aws ec2 authorize-security-group-ingress]");
    world.admit(targets, own, 8080);
    world.deny(8080);
    assertThat(blamed(alarm))
        .isEqualTo("NetworkAclBlocks PROVEN [aws ec2 create-network-acl-entry --ingress]");

    String edge = world.loadBalancer("edge", LoadBalancerTypeEnum.NETWORK);
    String tcp = world.targetGroup("tcp", ProtocolEnum.TCP, 9000, world.instances);
    world.listener(edge, ProtocolEnum.TCP, 443, tcp);
    assertThat(
            blamed(
                World.event(
                    "AWS/NetworkELB",
                    "UnHealthyHostCount",
                    "LoadBalancer",
                    World.dimension(edge),
                    "TargetGroup",
                    World.dimension(tcp))))
        .startsWith("SecurityGroupBlocks PROVEN");

    world.classic("legacy", world.instances);
    world.elb.applySecurityGroupsToLoadBalancer(
        call -> call.loadBalancerName("legacy").securityGroups(world.securityGroup("old")));
    assertThat(blamed(World.event("AWS/ELB", "UnHealthyHostCount", "LoadBalancerName", "legacy")))
        .startsWith("SecurityGroupBlocks PROVEN");
  }

  /// The emulator's routes are always active.
  @Test
  void aBlackholeIsFound() {
    World world = new World(endpoint, 2);
    String event = application(world, 1);
    Interfering network =
        withFailures()
            .on(
                "ec2:DescribeRouteTables",
                new Interfering.Rewrite(
                    body -> body.replace("<state>active</state>", "<state>blackhole</state>")));
    Facts facts = gather(event, network, Duration.ofSeconds(20));
    assertThat(
            Runbook.diagnose(facts).causes().stream()
                .map(one -> one.check().id() + " " + one.cause().confidence()))
        .contains("NoRoute PROVEN");
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
    network.on(Composites.ACTION, Interfering.error(Composites.ACTION, 403, "AccessDenied"));
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
                Composites.ACTION,
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

  /// What was called is what the role is given: no more, no less.
  @AfterAll
  static void thePermissionsAreTheCalls() throws IOException {
    Files.writeString(Path.of("target/aws-calls.json"), MAPPER.writeValueAsString(CALLS));
    List<String> listed = new ArrayList<>();
    MAPPER
        .readTree(Path.of("src/main/resources/lbresponder/permissions.json").toFile())
        .path("gather")
        .forEach(action -> listed.add(action.asText()));
    assertThat(CALLS).containsExactlyElementsOf(listed);
  }

  private static Facts gather(String event, Interfering network, Duration limit) {
    AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
    Recognised.Alarms alarms = (Recognised.Alarms) provider.recognise(event);
    Facts facts = provider.gather(Incident.of(alarms.alarms()), Instant.now().plus(limit));
    synchronized (CALLS) {
      CALLS.addAll(network.calls());
    }
    return facts;
  }

  private static Facts gather(String event) {
    return gather(event, new Interfering(AwsClients.http()), Duration.ofSeconds(20));
  }

  private static <T> T value(Known<T> known) {
    assertThat(known).isInstanceOf(Known.Value.class);
    return ((Known.Value<T>) known).value();
  }

  /// An Application Load Balancer with so many groups, the first with a stopped instance, and its
  /// alarm.
  private static String application(World world, int groups) {
    String balancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      arns.add(
          world.targetGroup("web-" + i, ProtocolEnum.HTTP, 8080, world.instances.subList(0, 2)));
    }
    String listener = world.listener(balancer, ProtocolEnum.HTTP, 80, arns.getFirst());
    for (int i = 1; i < groups; i++) {
      world.rule(listener, i, "/" + i + "/*", arns.get(i), 7);
    }
    world.ec2.stopInstances(call -> call.instanceIds(world.instances.getFirst()));
    String load = World.dimension(balancer);
    String group = World.dimension(arns.getFirst());
    world.metric("AWS/ApplicationELB", "RequestCount", 50, 90, "LoadBalancer", load);
    world.metric(
        "AWS/ApplicationELB",
        "TargetConnectionErrorCount",
        9,
        4,
        "LoadBalancer",
        load,
        "TargetGroup",
        group);
    return World.event(
        "AWS/ApplicationELB",
        "TargetConnectionErrorCount",
        "LoadBalancer",
        load,
        "TargetGroup",
        group);
  }

  /// As {@link #application}, with everything that a target can be and everybody who keeps one.
  private static String everything(World world) {
    String event = application(world, 2);
    String balancer =
        world.elbv2.describeLoadBalancers().loadBalancers().getFirst().loadBalancerArn();
    String listener =
        world
            .elbv2
            .describeListeners(call -> call.loadBalancerArn(balancer))
            .listeners()
            .getFirst()
            .listenerArn();
    String group =
        world
            .elbv2
            .describeTargetGroups(call -> call.names("web-0"))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    String function = world.function("resize");
    world.rule(listener, 90, "/fn/*", world.targetGroup("fn", TargetTypeEnum.LAMBDA, function), 1);
    world.rule(listener, 91, "/ip/*", world.targetGroup("ip", TargetTypeEnum.IP, "10.0.0.250"), 1);
    world.service("web", group);
    world.scalingGroup("web-asg", group);
    world.prefixListRule(8080);
    world.node("ELB " + World.dimension(balancer), world.subnets.getFirst());
    return event;
  }

  /// What the emulator cannot do: a target that fails, and a task that stopped.
  private static Interfering withFailures() {
    return new Interfering(AwsClients.http())
        .on(
            "elasticloadbalancing:DescribeTargetHealth",
            new Interfering.Rewrite(
                body ->
                    body.replace(
                        "<State>healthy</State>",
                        "<State>unhealthy</State><Reason>Target.Timeout</Reason>")))
        .on(
            "elasticloadbalancing:DescribeInstanceHealth",
            new Interfering.Rewrite(
                body ->
                    body.replace(">InService<", ">OutOfService<")
                        .replaceAll(
                            "<Description>[^<]*</Description>",
                            "<Description>Instance has failed at least the UnhealthyThreshold"
                                + " number of health checks consecutively.</Description>")))
        .on(
            "ecs:ListTasks",
            new Interfering.Answer(
                200, "{\"taskArns\":[\"arn:aws:ecs:eu-west-1:123456789012:task/main/7f3c\"]}"))
        .on(
            "ecs:DescribeTasks",
            new Interfering.Answer(
                200,
                """
                {"tasks": [{"taskArn": "arn:aws:ecs:eu-west-1:123456789012:task/main/7f3c",
                  "taskDefinitionArn": "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7",
                  "stopCode": "EssentialContainerExited", "stoppedReason": "Essential container in task exited",
                  "startedAt": 1767373200.5, "stoppingAt": 1767373210, "stoppedAt": 1767373220,
                  "attachments": [{"details": [{"name": "privateIPv4Address", "value": "10.0.0.9"}]}],
                  "containers": [{"name": "app", "exitCode": 137, "reason": "OutOfMemoryError: killed"}]}]}
                """));
  }

  @Test
  void whoKeepsTheTargets() {
    Facts facts =
        gather(everything(new World(endpoint, 2)), withFailures(), Duration.ofSeconds(20));
    Service service = value(facts.fleet().services()).getFirst();
    assertThat(service.name()).isEqualTo("web");
    assertThat(service.desired()).isEqualTo(2);
    assertThat(service.deployments()).hasSize(1);
    assertThat(value(service.stopped()))
        .containsExactly(
            new Service.StoppedTask(
                "arn:aws:ecs:eu-west-1:123456789012:task/main/7f3c",
                "10.0.0.9",
                "web:7",
                "EssentialContainerExited",
                "Essential container in task exited",
                List.of("app: 137 OutOfMemoryError: killed"),
                Instant.ofEpochMilli(1767373200500L),
                Instant.ofEpochSecond(1767373210),
                Instant.ofEpochSecond(1767373220)));
    ScalingGroup scaling = value(facts.fleet().scalingGroups()).getFirst();
    assertThat(List.of(scaling.minimum(), scaling.desired(), scaling.maximum()))
        .containsExactly(0, 0, 3);
    assertThat(scaling.activities()).isEqualTo(Known.of(List.of()));
    assertThat(value(facts.fleet().functions()))
        .extracting(Function::admits)
        .containsExactly(Known.of(true));
    assertThat(value(facts.fleet().statusChecks()))
        .extracting(StatusCheck::name, StatusCheck::state)
        .contains(tuple("system", StatusCheck.State.OK));
  }

  @Test
  void theNetworkBetween() {
    World world = new World(endpoint, 2);
    Facts facts = gather(everything(world), withFailures(), Duration.ofSeconds(20));
    assertThat(value(facts.network().subnets()))
        .extracting(Subnet::id)
        .containsExactlyInAnyOrderElementsOf(world.subnets);
    assertThat(value(facts.network().interfaces()))
        .extracting(NetworkInterface::description)
        .anyMatch(text -> text.startsWith("ELB app/web/"))
        .hasSize(1);
    assertThat(value(facts.network().prefixLists()))
        .extracting(PrefixList::ranges)
        .containsExactly(Known.of(List.of("198.51.100.0/24")));
    assertThat(value(facts.network().networkAcls()).getFirst().entries()).isNotEmpty();
    assertThat(value(facts.network().routeTables()).getFirst().routes())
        .extracting(RouteTable.Route::via)
        .contains("local");
    assertThat(value(facts.network().securityGroups()))
        .flatExtracting(SecurityGroup::rules)
        .extracting(SecurityGroup.Rule::peer)
        .contains(
            new SecurityGroup.PrefixList(value(facts.network().prefixLists()).getFirst().id()));
  }

  private static String classic(World world) {
    world.classic("legacy", world.instances);
    world.ec2.stopInstances(call -> call.instanceIds(world.instances.getFirst()));
    world.metric("AWS/ELB", "BackendConnectionErrors", 4, 6, "LoadBalancerName", "legacy");
    return World.event("AWS/ELB", "BackendConnectionErrors", "LoadBalancerName", "legacy");
  }

  private static String network(World world) {
    String balancer = world.loadBalancer("edge", LoadBalancerTypeEnum.NETWORK);
    String group = world.targetGroup("edge-tcp", ProtocolEnum.TCP, 9000, List.of());
    world.listener(balancer, ProtocolEnum.TCP, 443, group);
    return World.event(
        "AWS/NetworkELB",
        "HealthyHostCount",
        "LoadBalancer",
        World.dimension(balancer),
        "TargetGroup",
        World.dimension(group));
  }

  @Test
  void applicationLoadBalancer() {
    World world = new World(endpoint, 2);
    Facts facts = gather(application(world, 2));
    LoadBalancer balancer = value(facts.loadBalancer());
    assertThat(balancer.zones())
        .extracting("name")
        .containsExactlyInAnyOrder("eu-west-1a", "eu-west-1b");
    assertThat(balancer.attributes().isKnown()).isTrue();
    Listener listener = value(facts.listeners()).getFirst();
    assertThat(value(listener.rules()))
        .extracting(Listener.Rule::action)
        .containsExactly(
            new Listener.Forward(
                List.of(
                    new Listener.WeightedTargetGroup(value(facts.targetGroups()).get(1).id(), 7))));
    TargetGroup group = value(facts.targetGroups()).getFirst();
    assertThat(value(group.targets()))
        .extracting(target -> value(target.health()).reason())
        .contains(TargetHealth.Reason.NOT_RUNNING);
    assertThat(value(facts.instances()))
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
    TargetGroup group = value(facts.targetGroups()).getFirst();
    assertThat(group.id()).isEqualTo("legacy/HTTP:8080");
    assertThat(group.healthCheck().path()).isEqualTo("/health");
    assertThat(value(group.targets())).hasSize(3);
    assertThat(leading(facts)).isEqualTo("TargetStopped PROVEN");
  }

  @Test
  void networkLoadBalancer() {
    Facts facts = gather(network(new World(endpoint, 1)));
    assertThat(value(value(facts.targetGroups()).getFirst().targets())).isEmpty();
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
    assertThat(facts.loadBalancer().toString()).contains("gone does not exist in account");
    assertThat(Report.of(facts, Runbook.diagnose(facts), new AwsProvider()).summary())
        .startsWith("gone: nothing to look at");
    Facts old = gather(World.event("AWS/ELB", "SpilloverCount", "LoadBalancerName", "gone"));
    assertThat(old.loadBalancer().toString()).contains("gone does not exist in account");
  }

  @Test
  void fiveTargetGroupsTakeFewCallsAndNoneTwice() {
    World world = new World(endpoint, 2);
    String event = application(world, 5);
    Interfering network = new Interfering(AwsClients.http());
    gather(event, network, Duration.ofSeconds(20));
    System.out.printf(
        "%d calls for 5 target groups: %s%n", network.calls().size(), network.calls());
    assertThat(network.calls()).hasSizeLessThanOrEqualTo(30);
    assertThat(new HashSet<>(network.requests())).hasSameSizeAs(network.requests());
  }

  /// The emulator calls every running target healthy: what AWS says of the others is put in its
  /// place.
  @Test
  void theReasonsThatAwsGives() {
    World world = new World(endpoint, 2);
    String event = application(world, 1);
    Map<String, TargetHealth.Reason> reasons = new LinkedHashMap<>();
    reasons.put("Target.Timeout", TargetHealth.Reason.TIMED_OUT);
    reasons.put("Target.FailedHealthChecks", TargetHealth.Reason.CHECK_FAILED);
    reasons.put("Target.ResponseCodeMismatch", TargetHealth.Reason.UNEXPECTED_STATUS);
    reasons.put("Something.New", TargetHealth.Reason.OTHER);
    reasons.forEach(
        (code, reason) -> {
          Interfering network =
              new Interfering(AwsClients.http())
                  .on(
                      "elasticloadbalancing:DescribeTargetHealth",
                      new Interfering.Rewrite(
                          body ->
                              body.replace(
                                  "<State>healthy</State>",
                                  "<State>unhealthy</State><Reason>%s</Reason><Description>Health checks failed with these codes: [404, 502]</Description>"
                                      .formatted(code))));
          Facts facts = gather(event, network, Duration.ofSeconds(20));
          assertThat(value(value(facts.targetGroups()).getFirst().targets()))
              .extracting(target -> value(target.health()))
              .anyMatch(
                  health ->
                      health.reason() == reason && health.statusCodes().equals(List.of(404, 502)));
        });
  }

  /// Every call, refused, throttled, failed, late, reset, cut and emptied, one at a time: a report
  /// is made, names the call, and accuses nobody that the whole facts did not accuse.
  @Test
  void oneCallFailsAtATime() throws Exception {
    World world = new World(endpoint, 3);
    List<Future<String>> made = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (String event : List.of(everything(world), classic(world), network(world))) {
        Interfering whole = withFailures();
        Set<String> accused = accused(gather(event, whole, Duration.ofSeconds(20)));
        for (String action : new TreeSet<>(whole.calls())) {
          faults(action)
              .forEach(
                  (name, fault) ->
                      made.add(threads.submit(() -> sweep(event, action, name, fault, accused))));
        }
      }
    }
    System.out.printf("%d failures, one at a time%n", made.size());
    assertThat(made).hasSizeGreaterThan(100);
    for (Future<String> one : made) {
      assertThat(one.get()).isEmpty();
    }
  }

  private static String sweep(
      String event, String action, String name, Interfering.Fault fault, Set<String> accused) {
    Interfering network = withFailures().on(action, fault);
    Facts facts = gather(event, network, Duration.ofSeconds(name.equals("late") ? 3 : 20));
    Report report = Report.of(facts, Runbook.diagnose(facts), new AwsProvider());
    Set<String> now = accused(facts);
    now.removeAll(accused);
    boolean named = report.gaps().stream().anyMatch(gap -> gap.contains(action));
    return named && now.isEmpty()
        ? ""
        : "%s %s: accused %s, gaps %s".formatted(action, name, now, report.gaps());
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

  private static Set<String> accused(Facts facts) {
    Set<String> names = new HashSet<>();
    Diagnosis diagnosis = Runbook.diagnose(facts);
    diagnosis.causes().stream()
        .filter(one -> one.cause().confidence() != Confidence.POSSIBLE)
        .forEach(one -> names.add(one.check().id()));
    return names;
  }

  private static String leading(Facts facts) {
    Diagnosis.Finding first = Runbook.diagnose(facts).causes().getFirst();
    return first.check().id() + " " + first.cause().confidence();
  }
}
