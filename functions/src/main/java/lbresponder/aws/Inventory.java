package lbresponder.aws;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.facts.Known;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// The load balancers of an account in one region, and the networks they stand in: what a
/// deployment is planned from.
///
/// @param networks the VPCs that a load balancer stands in
public record Inventory(
    String account, String region, List<Balancer> balancers, List<Vpcs> networks) {

  /// @param targetGroups ARNs; empty on Classic
  public record Balancer(
      String arn,
      String network,
      List<String> subnets,
      List<String> securityGroups,
      List<String> targetGroups) {}

  /// @param cidrs IPv4 and IPv6
  public record Vpcs(String id, List<String> cidrs) {}

  private static final String ELB = "elasticloadbalancing:";

  /// DescribeTags takes no more.
  private static final int CHUNK = 20;

  /// @param tags only load balancers that carry all of these; empty: all
  /// @return Unknown where anything could not be read: half a plan would leave load balancers out
  ///   without a word
  public static Known<Inventory> read(String region, Map<String, String> tags, Instant deadline) {
    AwsClients clients = AwsClients.in(region, AwsClients.http(), List.of());
    Known<String> caller = Permissions.caller(region);
    if (caller instanceof Known.Unknown<String>(String why)) {
      return Known.unknown(why);
    }
    String[] parts = caller.orElse("").split(":", -1);
    String prefix =
        "arn:%s:elasticloadbalancing:%s:%s:loadbalancer/".formatted(parts[1], region, parts[4]);
    try (Calls calls = new Calls(deadline)) {
      var newer = calls.start(ELB + "DescribeLoadBalancers", () -> newer(clients));
      var older = calls.start(ELB + "DescribeLoadBalancers", () -> classic(clients, prefix));
      Known<List<Balancer>> all =
          newer
              .get()
              .flatMap(
                  some ->
                      older
                          .get()
                          .map(others -> Stream.concat(some.stream(), others.stream()).toList()));
      Known<List<Balancer>> wanted =
          all.flatMap(
              some ->
                  calls
                      .start(ELB + "DescribeTags", () -> tagged(clients, some, tags, prefix))
                      .get());
      return wanted.flatMap(
          some ->
              calls
                  .start("ec2:DescribeVpcs", () -> networks(clients, some))
                  .get()
                  .map(networks -> new Inventory(parts[4], region, some, networks)));
    }
  }

  private static List<Balancer> newer(AwsClients clients) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (TargetGroup group : clients.elbv2().describeTargetGroupsPaginator().targetGroups()) {
      group
          .loadBalancerArns()
          .forEach(
              arn ->
                  groups.computeIfAbsent(arn, _ -> new ArrayList<>()).add(group.targetGroupArn()));
    }
    List<Balancer> balancers = new ArrayList<>();
    for (LoadBalancer one : clients.elbv2().describeLoadBalancersPaginator().loadBalancers()) {
      if (one.type() != LoadBalancerTypeEnum.GATEWAY) {
        balancers.add(
            new Balancer(
                one.loadBalancerArn(),
                V2.orEmpty(one.vpcId()),
                one.availabilityZones().stream().map(zone -> V2.orEmpty(zone.subnetId())).toList(),
                one.securityGroups(),
                groups.getOrDefault(one.loadBalancerArn(), List.of())));
      }
    }
    return balancers;
  }

  private static List<Balancer> classic(AwsClients clients, String prefix) {
    List<Balancer> balancers = new ArrayList<>();
    for (LoadBalancerDescription one :
        clients.elb().describeLoadBalancersPaginator().loadBalancerDescriptions()) {
      balancers.add(
          new Balancer(
              prefix + one.loadBalancerName(),
              V2.orEmpty(one.vpcId()),
              one.subnets(),
              one.securityGroups(),
              List.of()));
    }
    return balancers;
  }

  private static List<Balancer> tagged(
      AwsClients clients, List<Balancer> all, Map<String, String> wanted, String prefix) {
    if (wanted.isEmpty()) {
      return all;
    }
    Set<String> found = new TreeSet<>();
    List<String> newer =
        all.stream().map(Balancer::arn).filter(arn -> isNewer(arn, prefix)).toList();
    for (int i = 0; i < newer.size(); i += CHUNK) {
      List<String> chunk = newer.subList(i, Math.min(newer.size(), i + CHUNK));
      clients.elbv2().describeTags(call -> call.resourceArns(chunk)).tagDescriptions().stream()
          .filter(
              one ->
                  V2.map(one.tags(), tag -> tag.key(), tag -> tag.value())
                      .entrySet()
                      .containsAll(wanted.entrySet()))
          .forEach(one -> found.add(one.resourceArn()));
    }
    all.stream()
        .map(Balancer::arn)
        .filter(arn -> !isNewer(arn, prefix))
        .filter(
            arn ->
                GatherClassic.tags(clients.elb(), arn.substring(prefix.length()))
                    .entrySet()
                    .containsAll(wanted.entrySet()))
        .forEach(found::add);
    return all.stream().filter(one -> found.contains(one.arn())).toList();
  }

  private static boolean isNewer(String arn, String prefix) {
    return arn.substring(prefix.length()).contains("/");
  }

  private static List<Vpcs> networks(AwsClients clients, List<Balancer> balancers) {
    Set<String> ids =
        balancers.stream()
            .map(Balancer::network)
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    if (ids.isEmpty()) {
      return List.of();
    }
    return clients.ec2().describeVpcsPaginator(call -> call.vpcIds(ids)).vpcs().stream()
        .map(one -> new Vpcs(one.vpcId(), cidrs(one)))
        .toList();
  }

  private static List<String> cidrs(Vpc vpc) {
    return Stream.concat(
            vpc.cidrBlockAssociationSet().stream().map(one -> one.cidrBlock()),
            vpc.ipv6CidrBlockAssociationSet().stream().map(one -> one.ipv6CidrBlock()))
        .distinct()
        .sorted()
        .toList();
  }
}
