package lbresponder.testing;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AddPrefixListEntry;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.PrefixListId;
import software.amazon.awssdk.services.ec2.model.UserIdGroupPair;
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
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/// A network with three zones and running instances, in which load balancers can be set up.
public final class World {
  public static final String REGION = "eu-west-1";
  public static final String ACCOUNT = "123456789012";

  public final Ec2Client ec2;
  public final ElasticLoadBalancingClient elb;
  public final ElasticLoadBalancingV2Client elbv2;
  public final CloudWatchClient cloudwatch;
  public final List<String> subnets = new ArrayList<>();
  public final List<String> instances = new ArrayList<>();
  private final URI endpoint;
  private final String network;

  /// @param instances how many, one after another in zones a, b, c
  public World(URI endpoint, int instances) {
    this.endpoint = endpoint;
    ec2 = client(Ec2Client.builder());
    elb = client(ElasticLoadBalancingClient.builder());
    elbv2 = client(ElasticLoadBalancingV2Client.builder());
    cloudwatch =
        client(
            CloudWatchClient.builder()
                .overrideConfiguration(
                    override ->
                        override.compressionConfiguration(
                            compression -> compression.requestCompressionEnabled(false))));
    network = ec2.createVpc(call -> call.cidrBlock("10.0.0.0/16")).vpc().vpcId();
    for (int i = 0; i < 3; i++) {
      String range = "10.0.%d.0/24".formatted(i);
      String zone = REGION + "abc".charAt(i);
      subnets.add(
          ec2.createSubnet(call -> call.vpcId(network).cidrBlock(range).availabilityZone(zone))
              .subnet()
              .subnetId());
    }
    String image = ec2.describeImages().images().getFirst().imageId();
    for (int i = 0; i < instances; i++) {
      String subnet = subnets.get(i % 3);
      this.instances.add(
          ec2.runInstances(call -> call.imageId(image).minCount(1).maxCount(1).subnetId(subnet))
              .instances()
              .getFirst()
              .instanceId());
    }
  }

  /// A client of this world.
  public <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .build();
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

  /// A Lambda function that load balancers may invoke.
  public String function(String name) {
    IamClient iam = client(IamClient.builder());
    String role =
        iam.createRole(call -> call.roleName(name).assumeRolePolicyDocument("{}")).role().arn();
    LambdaClient lambda = client(LambdaClient.builder());
    byte[] emptyZip = new byte[22];
    emptyZip[0] = 'P';
    emptyZip[1] = 'K';
    emptyZip[2] = 5;
    emptyZip[3] = 6;
    String arn =
        lambda
            .createFunction(
                call ->
                    call.functionName(name)
                        .role(role)
                        .handler("a.b")
                        .runtime("python3.12")
                        .code(code -> code.zipFile(SdkBytes.fromByteArray(emptyZip))))
            .functionArn();
    lambda.addPermission(
        call ->
            call.functionName(name)
                .statementId("alb")
                .action("lambda:InvokeFunction")
                .principal("elasticloadbalancing.amazonaws.com"));
    return arn;
  }

  /// A security group of the network; it lets everything out, and nothing in.
  public String securityGroup(String name) {
    return ec2.createSecurityGroup(call -> call.groupName(name).description(name).vpcId(network))
        .groupId();
  }

  /// Lets one group into another on a port.
  public void admit(String group, String peer, int port) {
    ec2.authorizeSecurityGroupIngress(
        call ->
            call.groupId(group)
                .ipPermissions(
                    IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(port)
                        .toPort(port)
                        .userIdGroupPairs(UserIdGroupPair.builder().groupId(peer).build())
                        .build()));
  }

  /// Puts every instance into a group.
  public void wear(String group) {
    instances.forEach(id -> ec2.modifyInstanceAttribute(call -> call.instanceId(id).groups(group)));
  }

  /// A rule of the network's own ACL, before the one that allows everything.
  public void deny(int port) {
    String acl =
        ec2.describeNetworkAcls(
                call -> call.filters(Filter.builder().name("vpc-id").values(network).build()))
            .networkAcls()
            .getFirst()
            .networkAclId();
    ec2.createNetworkAclEntry(
        call ->
            call.networkAclId(acl)
                .ruleNumber(50)
                .protocol("6")
                .ruleAction("deny")
                .egress(false)
                .cidrBlock("0.0.0.0/0")
                .portRange(range -> range.from(port).to(port)));
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

  /// An Auto Scaling group that registers what it launches with a target group.
  public void scalingGroup(String name, String group) {
    AutoScalingClient autoscaling = client(AutoScalingClient.builder());
    String image = ec2.describeImages().images().getFirst().imageId();
    autoscaling.createLaunchConfiguration(
        call -> call.launchConfigurationName(name).imageId(image).instanceType("t3.micro"));
    autoscaling.createAutoScalingGroup(
        call ->
            call.autoScalingGroupName(name)
                .launchConfigurationName(name)
                .minSize(0)
                .desiredCapacity(0)
                .maxSize(3)
                .vpcZoneIdentifier(subnets.getFirst())
                .targetGroupARNs(group));
  }

  /// Lets a prefix list into the network's default security group, which the instances wear.
  public void prefixListRule(int port) {
    String list =
        ec2.createManagedPrefixList(
                call ->
                    call.prefixListName("offices")
                        .addressFamily("IPv4")
                        .maxEntries(2)
                        .entries(AddPrefixListEntry.builder().cidr("198.51.100.0/24").build()))
            .prefixList()
            .prefixListId();
    String group =
        ec2.describeSecurityGroups(
                call -> call.filters(Filter.builder().name("vpc-id").values(network).build()))
            .securityGroups()
            .getFirst()
            .groupId();
    ec2.authorizeSecurityGroupIngress(
        call ->
            call.groupId(group)
                .ipPermissions(
                    IpPermission.builder()
                        .ipProtocol("tcp")
                        .fromPort(port)
                        .toPort(port)
                        .prefixListIds(PrefixListId.builder().prefixListId(list).build())
                        .build()));
  }

  /// An interface as the nodes of a load balancer have them: the emulator makes none.
  public void node(String description, String subnet) {
    ec2.createNetworkInterface(call -> call.subnetId(subnet).description(description));
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
