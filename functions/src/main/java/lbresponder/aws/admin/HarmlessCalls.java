package lbresponder.aws.admin;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import lbresponder.aws.sdk.AwsClients;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/// Each call that gathering makes, on something that does not exist, or for the smallest page there
/// is.
final class HarmlessCalls {
  /// Names that no load balancer has: whoever may ask is answered that it does not exist.
  private static final String NOBODY = "lb-responder-doctor";

  private static final String ELB = "elasticloadbalancing:";

  private HarmlessCalls() {}

  /// By IAM action, in alphabetical order, as in `permissions.json`.
  static SortedMap<String, Callable<?>> of(AwsClients clients, String region) {
    SortedMap<String, Callable<?>> calls = new TreeMap<>();
    calls.putAll(fleetCalls(clients, region));
    calls.putAll(metricCalls(clients.cloudwatch()));
    calls.putAll(networkCalls(clients.ec2()));
    calls.putAll(classicCalls(clients.elb()));
    calls.putAll(elbV2Calls(clients.elbv2(), region));
    return calls;
  }

  private static Map<String, Callable<?>> fleetCalls(AwsClients clients, String region) {
    String function = "arn:aws:lambda:%s:000000000000:function:%s".formatted(region, NOBODY);
    String task =
        "arn:aws:ecs:%s:000000000000:task/%s/%s".formatted(region, NOBODY, "0".repeat(32));
    return Map.of(
        "autoscaling:DescribeAutoScalingGroups",
        () -> clients.autoscaling().describeAutoScalingGroups(call -> call.maxRecords(1)),
        "autoscaling:DescribeScalingActivities",
        () -> clients.autoscaling().describeScalingActivities(call -> call.maxRecords(1)),
        "ecs:DescribeServices",
        () -> clients.ecs().describeServices(call -> call.cluster(NOBODY).services(NOBODY)),
        "ecs:DescribeTasks",
        () -> clients.ecs().describeTasks(call -> call.cluster(NOBODY).tasks(task)),
        "ecs:ListClusters",
        () -> clients.ecs().listClusters(call -> call.maxResults(1)),
        "ecs:ListServices",
        () -> clients.ecs().listServices(call -> call.cluster(NOBODY)),
        "ecs:ListTasks",
        () -> clients.ecs().listTasks(call -> call.cluster(NOBODY)),
        "lambda:GetPolicy",
        () -> clients.lambda().getPolicy(call -> call.functionName(function)));
  }

  private static Map<String, Callable<?>> metricCalls(CloudWatchClient cloudwatch) {
    return Map.of(
        "cloudwatch:DescribeAlarms",
        () -> cloudwatch.describeAlarms(call -> call.maxRecords(1)),
        "cloudwatch:GetMetricData",
        () -> requests(cloudwatch),
        "cloudwatch:GetMetricWidgetImage",
        () -> cloudwatch.getMetricWidgetImage(call -> call.metricWidget("{}")));
  }

  private static Object requests(CloudWatchClient cloudwatch) {
    MetricStat requests =
        MetricStat.builder()
            .period(60)
            .stat("Sum")
            .metric(Metric.builder().namespace("AWS/ELB").metricName("RequestCount").build())
            .build();
    MetricDataQuery query = MetricDataQuery.builder().id("q").metricStat(requests).build();
    Instant now = Instant.now();
    return cloudwatch.getMetricData(
        call ->
            call.startTime(now.minusSeconds(60)).endTime(now).metricDataQueries(List.of(query)));
  }

  private static Map<String, Callable<?>> networkCalls(Ec2Client ec2) {
    return Map.of(
        "ec2:DescribeInstanceStatus",
        () -> ec2.describeInstanceStatus(call -> call.maxResults(5)),
        "ec2:DescribeInstances",
        () -> ec2.describeInstances(call -> call.maxResults(5)),
        "ec2:DescribeNetworkAcls",
        () -> ec2.describeNetworkAcls(call -> call.maxResults(5)),
        "ec2:DescribeNetworkInterfaces",
        () -> ec2.describeNetworkInterfaces(call -> call.maxResults(5)),
        "ec2:DescribeRouteTables",
        () -> ec2.describeRouteTables(call -> call.maxResults(5)),
        "ec2:DescribeSecurityGroupRules",
        () -> ec2.describeSecurityGroupRules(call -> call.maxResults(5)),
        "ec2:DescribeSecurityGroups",
        () -> ec2.describeSecurityGroups(call -> call.maxResults(5)),
        "ec2:DescribeSubnets",
        () -> ec2.describeSubnets(call -> call.maxResults(5)),
        "ec2:DescribeVpcPeeringConnections",
        () -> ec2.describeVpcPeeringConnections(call -> call.maxResults(5)),
        "ec2:GetManagedPrefixListEntries",
        () -> ec2.getManagedPrefixListEntries(call -> call.prefixListId("pl-00000000")));
  }

  private static Map<String, Callable<?>> classicCalls(ElasticLoadBalancingClient elb) {
    return Map.of(
        ELB + "DescribeInstanceHealth",
        () -> elb.describeInstanceHealth(call -> call.loadBalancerName(NOBODY)),
        ELB + "DescribeLoadBalancerPolicies",
        () -> elb.describeLoadBalancerPolicies(call -> call.loadBalancerName(NOBODY)));
  }

  private static Map<String, Callable<?>> elbV2Calls(
      ElasticLoadBalancingV2Client elb, String region) {
    String prefix = "arn:aws:elasticloadbalancing:%s:000000000000:".formatted(region);
    String loadBalancer = prefix + "loadbalancer/app/" + NOBODY + "/0000000000000000";
    String listener = prefix + "listener/app/" + NOBODY + "/0000000000000000/0000000000000000";
    String group = prefix + "targetgroup/" + NOBODY + "/0000000000000000";
    return Map.of(
        ELB + "DescribeListeners",
        () -> elb.describeListeners(call -> call.loadBalancerArn(loadBalancer)),
        ELB + "DescribeLoadBalancerAttributes",
        () -> elb.describeLoadBalancerAttributes(call -> call.loadBalancerArn(loadBalancer)),
        ELB + "DescribeLoadBalancers",
        () -> elb.describeLoadBalancers(call -> call.pageSize(1)),
        ELB + "DescribeRules",
        () -> elb.describeRules(call -> call.listenerArn(listener)),
        ELB + "DescribeTags",
        () -> elb.describeTags(call -> call.resourceArns(loadBalancer)),
        ELB + "DescribeTargetGroupAttributes",
        () -> elb.describeTargetGroupAttributes(call -> call.targetGroupArn(group)),
        ELB + "DescribeTargetGroups",
        () -> elb.describeTargetGroups(call -> call.pageSize(1)),
        ELB + "DescribeTargetHealth",
        () -> elb.describeTargetHealth(call -> call.targetGroupArn(group)));
  }
}
