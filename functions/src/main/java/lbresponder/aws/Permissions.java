package lbresponder.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lbresponder.facts.Known;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;

/// Tries, one at a time, whether the credentials allow what gathering needs.
public final class Permissions {
  /// Names that no load balancer has: whoever may ask is told that it does not exist.
  private static final String NOBODY = "lb-responder-doctor";

  private Permissions() {}

  /// Where to try.
  ///
  /// @param asked empty: the SDK's own region
  public static Known<String> region(String asked) {
    if (!asked.isEmpty()) {
      return Known.of(asked);
    }
    try {
      return Known.of(new DefaultAwsRegionProviderChain().getRegion().id());
    } catch (SdkClientException none) {
      return Known.unknown("no region is configured: set AWS_REGION, or use --region");
    }
  }

  /// Who asks: the ARN of the user or role.
  public static Known<String> caller(String region) {
    try (StsClient sts =
        StsClient.builder().region(Region.of(region)).httpClient(AwsClients.http()).build()) {
      return Known.of(sts.getCallerIdentity().arn());
    } catch (AwsServiceException refused) {
      return Known.unknown(
          "AWS does not accept the credentials: %s (sts:GetCallerIdentity)"
              .formatted(Calls.code(refused)));
    } catch (SdkClientException failure) {
      return Known.unknown(
          "sign in, or set AWS_PROFILE: " + Text.clean(String.valueOf(failure.getMessage()), 200));
    }
  }

  /// Makes each call once on something that does not exist.
  ///
  /// @return for each IAM action, in the order of `permissions.json`, why it cannot be made; empty:
  ///   it can
  public static Map<String, String> tryEach(String region) {
    AwsClients clients = AwsClients.in(region, AwsClients.http(), List.of());
    Map<String, String> answers = new LinkedHashMap<>();
    try (Calls calls = new Calls(Instant.now().plusSeconds(30))) {
      Map<String, Calls.Pending<Boolean>> pending = new LinkedHashMap<>();
      calls(clients, region)
          .forEach(
              (action, call) -> pending.put(action, calls.start(action, () -> isAllowed(call))));
      pending.forEach((action, one) -> answers.put(action, answer(one.get())));
    }
    return answers;
  }

  private static String answer(Known<Boolean> allowed) {
    return switch (allowed) {
      case Known.Value<Boolean> _ -> "";
      case Known.Unknown<Boolean>(String why) -> why;
    };
  }

  /// An answer that the thing does not exist, or that a parameter is wrong, comes after the
  /// permission was looked at.
  private static boolean isAllowed(Callable<?> call) throws Exception {
    try {
      call.call();
    } catch (AwsServiceException answer) {
      String code = Calls.code(answer);
      boolean isAboutTheThing =
          code.contains("NotFound") || code.contains("Validation") || code.startsWith("Invalid");
      // `InvalidClientTokenId` and its like, which are about the credentials, come with 401 or 403.
      if (!isAboutTheThing || answer.statusCode() == 401 || answer.statusCode() == 403) {
        throw answer;
      }
    }
    return true;
  }

  private static Object metrics(AwsClients clients) {
    MetricStat requests =
        MetricStat.builder()
            .period(60)
            .stat("Sum")
            .metric(Metric.builder().namespace("AWS/ELB").metricName("RequestCount").build())
            .build();
    MetricDataQuery query = MetricDataQuery.builder().id("q").metricStat(requests).build();
    Instant now = Instant.now();
    return clients
        .cloudwatch()
        .getMetricData(
            call ->
                call.startTime(now.minusSeconds(60))
                    .endTime(now)
                    .metricDataQueries(List.of(query)));
  }

  private static Map<String, Callable<?>> fleetCalls(AwsClients clients, String region) {
    String function = "arn:aws:lambda:%s:000000000000:function:%s".formatted(region, NOBODY);
    String task =
        "arn:aws:ecs:%s:000000000000:task/%s/%s".formatted(region, NOBODY, "0".repeat(32));
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put(
        "autoscaling:DescribeAutoScalingGroups",
        () -> clients.autoscaling().describeAutoScalingGroups(call -> call.maxRecords(1)));
    calls.put(
        "autoscaling:DescribeScalingActivities",
        () -> clients.autoscaling().describeScalingActivities(call -> call.maxRecords(1)));
    calls.put(
        "ecs:DescribeServices",
        () -> clients.ecs().describeServices(call -> call.cluster(NOBODY).services(NOBODY)));
    calls.put(
        "ecs:DescribeTasks",
        () -> clients.ecs().describeTasks(call -> call.cluster(NOBODY).tasks(task)));
    calls.put("ecs:ListClusters", () -> clients.ecs().listClusters(call -> call.maxResults(1)));
    calls.put("ecs:ListServices", () -> clients.ecs().listServices(call -> call.cluster(NOBODY)));
    calls.put("ecs:ListTasks", () -> clients.ecs().listTasks(call -> call.cluster(NOBODY)));
    calls.put(
        "lambda:GetPolicy", () -> clients.lambda().getPolicy(call -> call.functionName(function)));
    return calls;
  }

  private static Map<String, Callable<?>> networkCalls(Ec2Client ec2) {
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.put(
        "ec2:DescribeInstanceStatus", () -> ec2.describeInstanceStatus(call -> call.maxResults(5)));
    calls.put(Instances.ACTION, () -> ec2.describeInstances(call -> call.maxResults(5)));
    calls.put("ec2:DescribeNetworkAcls", () -> ec2.describeNetworkAcls(call -> call.maxResults(5)));
    calls.put(
        "ec2:DescribeNetworkInterfaces",
        () -> ec2.describeNetworkInterfaces(call -> call.maxResults(5)));
    calls.put("ec2:DescribeRouteTables", () -> ec2.describeRouteTables(call -> call.maxResults(5)));
    calls.put(
        "ec2:DescribeSecurityGroupRules",
        () -> ec2.describeSecurityGroupRules(call -> call.maxResults(5)));
    calls.put("ec2:DescribeSubnets", () -> ec2.describeSubnets(call -> call.maxResults(5)));
    calls.put(
        "ec2:GetManagedPrefixListEntries",
        () -> ec2.getManagedPrefixListEntries(call -> call.prefixListId("pl-00000000")));
    return calls;
  }

  private static Map<String, Callable<?>> calls(AwsClients clients, String region) {
    String elb = "elasticloadbalancing:";
    String prefix = "arn:aws:elasticloadbalancing:%s:000000000000:".formatted(region);
    String balancer = prefix + "loadbalancer/app/" + NOBODY + "/0000000000000000";
    String listener = prefix + "listener/app/" + NOBODY + "/0000000000000000/0000000000000000";
    String group = prefix + "targetgroup/" + NOBODY + "/0000000000000000";
    Map<String, Callable<?>> calls = new LinkedHashMap<>();
    calls.putAll(fleetCalls(clients, region));
    calls.put(
        Composites.ACTION, () -> clients.cloudwatch().describeAlarms(call -> call.maxRecords(1)));
    calls.put(LoadReader.ACTION, () -> metrics(clients));
    calls.putAll(networkCalls(clients.ec2()));
    calls.put(
        elb + "DescribeInstanceHealth",
        () -> clients.elb().describeInstanceHealth(call -> call.loadBalancerName(NOBODY)));
    calls.put(
        elb + "DescribeListeners",
        () -> clients.elbv2().describeListeners(call -> call.loadBalancerArn(balancer)));
    calls.put(
        elb + "DescribeLoadBalancerAttributes",
        () ->
            clients.elbv2().describeLoadBalancerAttributes(call -> call.loadBalancerArn(balancer)));
    calls.put(
        GatherClassic.POLICIES,
        () -> clients.elb().describeLoadBalancerPolicies(call -> call.loadBalancerName(NOBODY)));
    calls.put(
        elb + "DescribeLoadBalancers",
        () -> clients.elbv2().describeLoadBalancers(call -> call.pageSize(1)));
    calls.put(
        elb + "DescribeRules",
        () -> clients.elbv2().describeRules(call -> call.listenerArn(listener)));
    calls.put(
        elb + "DescribeTags",
        () -> clients.elbv2().describeTags(call -> call.resourceArns(balancer)));
    calls.put(
        elb + "DescribeTargetGroupAttributes",
        () -> clients.elbv2().describeTargetGroupAttributes(call -> call.targetGroupArn(group)));
    calls.put(
        elb + "DescribeTargetGroups",
        () -> clients.elbv2().describeTargetGroups(call -> call.pageSize(1)));
    calls.put(
        elb + "DescribeTargetHealth",
        () -> clients.elbv2().describeTargetHealth(call -> call.targetGroupArn(group)));
    return calls;
  }
}
