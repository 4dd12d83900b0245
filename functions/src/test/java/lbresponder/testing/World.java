package lbresponder.testing;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.Instance;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// A network with three zones and running instances, in which load balancers can be set up.
public final class World extends WorldNetwork {
  public static final String REGION = "eu-west-1";
  public static final String ACCOUNT = "123456789012";

  public final ElasticLoadBalancingClient elb;
  public final ElasticLoadBalancingV2Client elbv2;
  public final CloudWatchClient cloudwatch;

  /// @param instances how many, one after another in zones a, b, c
  public World(URI endpoint, int instances) {
    super(endpoint, instances);
    elb = client(ElasticLoadBalancingClient.builder());
    elbv2 = client(ElasticLoadBalancingV2Client.builder());
    cloudwatch =
        client(
            CloudWatchClient.builder()
                .overrideConfiguration(
                    override ->
                        override.compressionConfiguration(
                            compression -> compression.requestCompressionEnabled(false))));
  }

  /// An Application or Network Load Balancer in zones a and b.
  public String loadBalancer(String name, LoadBalancerTypeEnum type) {
    return elbv2
        .createLoadBalancer(call -> call.name(name).type(type).subnets(subnets.subList(0, 2)))
        .loadBalancers()
        .getFirst()
        .loadBalancerArn();
  }

  /// A target group with these instances on its port.
  public String targetGroup(String name, ProtocolEnum protocol, int port, List<String> targets) {
    String arn =
        elbv2
            .createTargetGroup(call -> call.name(name).protocol(protocol).port(port).vpcId(network))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    if (!targets.isEmpty()) {
      elbv2.registerTargets(
          call ->
              call.targetGroupArn(arn)
                  .targets(
                      targets.stream()
                          .map(id -> TargetDescription.builder().id(id).port(port).build())
                          .toList()));
    }
    return arn;
  }

  /// A listener that sends to a group by default.
  public String listener(String loadBalancer, ProtocolEnum protocol, int port, String group) {
    Action forward = Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(group).build();
    return elbv2
        .createListener(
            call ->
                call.loadBalancerArn(loadBalancer)
                    .protocol(protocol)
                    .port(port)
                    .defaultActions(List.of(forward)))
        .listeners()
        .getFirst()
        .listenerArn();
  }

  /// A rule that sends what is asked under a path to a group.
  public void rule(String listener, int priority, String path, String group, int weight) {
    RuleCondition condition = RuleCondition.builder().field("path-pattern").values(path).build();
    TargetGroupTuple weighted =
        TargetGroupTuple.builder().targetGroupArn(group).weight(weight).build();
    Action forward =
        Action.builder()
            .type(ActionTypeEnum.FORWARD)
            .forwardConfig(config -> config.targetGroups(List.of(weighted)))
            .build();
    elbv2.createRule(
        call ->
            call.listenerArn(listener)
                .priority(priority)
                .conditions(List.of(condition))
                .actions(List.of(forward)));
  }

  /// A Classic Load Balancer in zones a and b, port 80 to instance port 8080.
  public void classic(String name, List<String> targets) {
    Listener listener =
        Listener.builder()
            .protocol("HTTP")
            .loadBalancerPort(80)
            .instanceProtocol("HTTP")
            .instancePort(8080)
            .build();
    elb.createLoadBalancer(
        call ->
            call.loadBalancerName(name)
                .subnets(subnets.subList(0, 2))
                .listeners(List.of(listener)));
    elb.createLoadBalancerPolicy(
        call ->
            call.loadBalancerName(name)
                .policyName("proxied")
                .policyTypeName("ProxyProtocolPolicyType")
                .policyAttributes(
                    PolicyAttribute.builder()
                        .attributeName("ProxyProtocol")
                        .attributeValue("true")
                        .build()));
    elb.setLoadBalancerPoliciesForBackendServer(
        call -> call.loadBalancerName(name).instancePort(8080).policyNames("proxied"));
    elb.configureHealthCheck(
        call ->
            call.loadBalancerName(name)
                .healthCheck(
                    check ->
                        check
                            .target("HTTP:8080/health")
                            .interval(30)
                            .timeout(5)
                            .unhealthyThreshold(2)
                            .healthyThreshold(3)));
    elb.registerInstancesWithLoadBalancer(
        call ->
            call.loadBalancerName(name)
                .instances(
                    targets.stream()
                        .map(id -> Instance.builder().instanceId(id).build())
                        .toList()));
  }

  /// A target group of another type than instances.
  public String targetGroup(String name, TargetTypeEnum type, String target) {
    String arn =
        elbv2
            .createTargetGroup(
                call -> {
                  call.name(name).targetType(type);
                  if (type == TargetTypeEnum.IP) {
                    call.protocol(ProtocolEnum.HTTP).port(8080).vpcId(network);
                  }
                })
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elbv2.registerTargets(
        call -> call.targetGroupArn(arn).targets(TargetDescription.builder().id(target).build()));
    return arn;
  }

  /// An ECS service that registers with a target group.
  public void service(String name, String group) {
    EcsClient ecs = client(EcsClient.builder());
    ecs.createCluster(call -> call.clusterName("main"));
    ecs.registerTaskDefinition(
        call ->
            call.family(name)
                .containerDefinitions(
                    ContainerDefinition.builder().name("app").image("app").memory(64).build()));
    ecs.createService(
        call ->
            call.cluster("main")
                .serviceName(name)
                .taskDefinition(name)
                .desiredCount(2)
                .loadBalancers(
                    LoadBalancer.builder()
                        .targetGroupArn(group)
                        .containerName("app")
                        .containerPort(8080)
                        .build()));
  }

  /// A metric alarm.
  public void alarm(String name, String namespace, String metric, String... dimension) {
    cloudwatch.putMetricAlarm(
        call ->
            call.alarmName(name)
                .namespace(namespace)
                .metricName(metric)
                .dimensions(Dimension.builder().name(dimension[0]).value(dimension[1]).build())
                .statistic("Sum")
                .period(60)
                .evaluationPeriods(1)
                .threshold(1.0)
                .comparisonOperator("GreaterThanOrEqualToThreshold"));
  }

  /// One value a minute for so many minutes up to now. The emulator matches dimensions in the order
  /// they were written, AWS in any: both orders are written.
  public void metric(
      String namespace, String name, double value, int minutes, String... dimensions) {
    List<Dimension> forwards =
        IntStream.range(0, dimensions.length / 2)
            .mapToObj(
                i ->
                    Dimension.builder()
                        .name(dimensions[2 * i])
                        .value(dimensions[2 * i + 1])
                        .build())
            .toList();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    List<List<Dimension>> orders =
        forwards.size() > 1 ? List.of(forwards, forwards.reversed()) : List.of(forwards);
    for (List<Dimension> order : orders) {
      List<MetricDatum> data =
          IntStream.range(0, minutes)
              .mapToObj(
                  i ->
                      MetricDatum.builder()
                          .metricName(name)
                          .dimensions(order)
                          .timestamp(now.minus(i, ChronoUnit.MINUTES))
                          .value(value)
                          .build())
              .toList();
      cloudwatch.putMetricData(call -> call.namespace(namespace).metricData(data));
    }
  }

  /// An alarm event as EventBridge sends it, of now.
  public static String event(String namespace, String metric, String... dimensions) {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < dimensions.length; i += 2) {
      pairs
          .append(i == 0 ? "" : ",")
          .append("\"%s\":\"%s\"".formatted(dimensions[i], dimensions[i + 1]));
    }
    return """
    {"version":"0","id":"c4c1c1c9-6542-e61b-6ef0-8c4d36933a92","detail-type":"CloudWatch Alarm State Change",
     "source":"aws.cloudwatch","account":"%s","time":"%s","region":"%s",
     "resources":["arn:aws:cloudwatch:%s:%s:alarm:trial"],
     "detail":{"alarmName":"trial","configuration":{"metrics":[{"id":"m1","returnData":true,"metricStat":
       {"metric":{"namespace":"%s","name":"%s","dimensions":{%s}},"period":60,"stat":"Sum"}}]},
      "previousState":{"value":"OK"},"state":{"value":"ALARM","reason":"trial","timestamp":"%s"}}}
    """
        .formatted(
            ACCOUNT,
            Instant.now(),
            REGION,
            REGION,
            ACCOUNT,
            namespace,
            metric,
            pairs,
            Instant.now());
  }

  /// The part of an ARN that CloudWatch's dimensions carry.
  public static String dimension(String arn) {
    return arn.contains(":loadbalancer/")
        ? arn.substring(arn.indexOf('/') + 1)
        : arn.substring(arn.lastIndexOf(':') + 1);
  }
}
