package lbresponder.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.cause.Runbook;
import lbresponder.diagnosis.Confidence;
import lbresponder.diagnosis.Diagnosis;
import lbresponder.facts.Facts;
import lbresponder.facts.Incident;
import lbresponder.facts.Known;
import lbresponder.facts.Recognised;
import lbresponder.testing.Interfering;
import lbresponder.testing.Moto;
import lbresponder.testing.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// An emulated AWS for each test, the load balancers in it, and gathering through the real SDK.
abstract class Emulated {
  static final Set<String> CALLS = new TreeSet<>();
  static URI endpoint = URI.create("http://127.0.0.1:0");

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

  static Facts gather(String event, Interfering network, Duration limit) {
    AwsProvider provider = new AwsProvider(network, List.of(), Clock.systemUTC());
    Recognised.Alarms alarms = (Recognised.Alarms) provider.recognise(event);
    Facts facts = provider.gather(Incident.of(alarms.alarms()), Instant.now().plus(limit));
    synchronized (CALLS) {
      CALLS.addAll(network.calls());
    }
    return facts;
  }

  static Facts gather(String event) {
    return gather(event, new Interfering(AwsClients.http()), Duration.ofSeconds(20));
  }

  static <T> T value(Known<T> known) {
    assertThat(known).isInstanceOf(Known.Value.class);
    return ((Known.Value<T>) known).value();
  }

  /// An Application Load Balancer with so many groups, the first with a stopped instance, and its
  /// alarm.
  static String application(World world, int groups) {
    String loadBalancer = world.loadBalancer("web", LoadBalancerTypeEnum.APPLICATION);
    List<String> arns = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      arns.add(
          world.targetGroup("web-" + i, ProtocolEnum.HTTP, 8080, world.instances.subList(0, 2)));
    }
    String listener = world.listener(loadBalancer, ProtocolEnum.HTTP, 80, arns.getFirst());
    for (int i = 1; i < groups; i++) {
      world.rule(listener, i, "/" + i + "/*", arns.get(i), 7);
    }
    world.ec2.stopInstances(call -> call.instanceIds(world.instances.getFirst()));
    String load = World.dimension(loadBalancer);
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
  static String everything(World world) {
    String event = application(world, 2);
    String loadBalancer =
        world.elbv2.describeLoadBalancers().loadBalancers().getFirst().loadBalancerArn();
    String listener =
        world
            .elbv2
            .describeListeners(call -> call.loadBalancerArn(loadBalancer))
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
    world.wearAlso(world.withoutRules("bare"));
    world.strangerWith("10.0.0.250");
    String far = world.peered("10.9.0.0/16", "10.9.1.7");
    world.rule(listener, 92, "/far/*", world.targetGroup("far", TargetTypeEnum.IP, far), 1);
    world.service("web", group);
    world.scalingGroup("web-asg", group);
    world.prefixListRule(8080);
    world.node("ELB " + World.dimension(loadBalancer), world.subnets.getFirst());
    return event;
  }

  /// What the emulator cannot do: a target that fails, and a task that stopped.
  static Interfering withFailures() {
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

  /// A Classic Load Balancer that sends HTTP, and TCP with the proxy protocol's header, one of its
  /// instances stopped, and its alarm.
  static String classic(World world) {
    world.classic("legacy", world.instances);
    Listener listener =
        Listener.builder()
            .protocol("TCP")
            .loadBalancerPort(25)
            .instanceProtocol("TCP")
            .instancePort(8080)
            .build();
    world.elb.createLoadBalancerListeners(
        call -> call.loadBalancerName("legacy").listeners(listener));
    world.ec2.stopInstances(call -> call.instanceIds(world.instances.getFirst()));
    world.metric("AWS/ELB", "BackendConnectionErrors", 4, 6, "LoadBalancerName", "legacy");
    return World.event("AWS/ELB", "BackendConnectionErrors", "LoadBalancerName", "legacy");
  }

  static String network(World world) {
    String loadBalancer = world.loadBalancer("edge", LoadBalancerTypeEnum.NETWORK);
    String group = world.targetGroup("edge-tcp", ProtocolEnum.TCP, 9000, List.of());
    world.listener(loadBalancer, ProtocolEnum.TCP, 443, group);
    return World.event(
        "AWS/NetworkELB",
        "HealthyHostCount",
        "LoadBalancer",
        World.dimension(loadBalancer),
        "TargetGroup",
        World.dimension(group));
  }

  /// What is held to be the cause, more than possibly.
  static Set<String> blamed(Facts facts) {
    Set<String> names = new HashSet<>();
    Diagnosis diagnosis = Runbook.diagnose(facts);
    diagnosis.causes().stream()
        .filter(finding -> finding.cause().confidence() != Confidence.POSSIBLE)
        .forEach(finding -> names.add(finding.check().id()));
    return names;
  }

  static String leading(Facts facts) {
    Diagnosis.Finding first = Runbook.diagnose(facts).causes().getFirst();
    return first.check().id() + " " + first.cause().confidence();
  }
}
