package lbresponder.aws.admin;

import static lbresponder.aws.sdk.Absent.orEmpty;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.read.LoadBalancerTags;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Known;
import lbresponder.message.Nearest;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;

/// The load balancers of an account in one region, and the networks they stand in: what a
/// deployment is planned from.
///
/// @param networks the VPCs that a load balancer stands in
public record Inventory(
    String account, String region, List<LoadBalancer> loadBalancers, List<Network> networks) {

  /// @param targetGroups ARNs; empty on Classic
  public record LoadBalancer(
      String arn,
      String network,
      List<String> subnets,
      List<String> securityGroups,
      List<String> targetGroups) {}

  /// @param cidrs IPv4 and IPv6
  public record Network(String id, List<String> cidrs) {}

  private static final String ELB = "elasticloadbalancing:";

  /// DescribeTags takes no more.
  private static final int CHUNK = 20;

  /// @param tags only load balancers that carry all of these; empty: all
  /// @return None where no load balancer has the tags; Unknown where anything could not be read:
  ///   half a plan would leave load balancers out without a word
  public static Known<Inventory> read(String region, Map<String, String> tags, Instant deadline) {
    AwsClients clients = AwsClients.in(region);
    Known<String> caller = Permissions.caller(region);
    if (caller instanceof Known.Unknown<String>(String why)) {
      return Known.unknown(why);
    }
    String[] parts = caller.orElse("").split(":", -1);
    String prefix =
        "arn:%s:elasticloadbalancing:%s:%s:loadbalancer/".formatted(parts[1], region, parts[4]);
    try (Calls calls = new Calls(deadline)) {
      return all(calls, clients, prefix)
          .flatMap(
              all ->
                  tags.isEmpty()
                      ? Known.of(all)
                      : calls
                          .start(ELB + "DescribeTags", () -> tagsOf(clients, all, prefix))
                          .get()
                          .flatMap(found -> tagged(all, found, tags, region)))
          .flatMap(
              wanted ->
                  calls
                      .start("ec2:DescribeVpcs", () -> networks(clients, wanted))
                      .get()
                      .map(networks -> new Inventory(parts[4], region, wanted, networks)));
    }
  }

  private static Known<List<LoadBalancer>> all(Calls calls, AwsClients clients, String prefix) {
    var newer = calls.start(ELB + "DescribeLoadBalancers", () -> newer(clients));
    var classic = calls.start(ELB + "DescribeLoadBalancers", () -> classic(clients, prefix));
    return newer
        .get()
        .flatMap(
            some ->
                classic
                    .get()
                    .map(others -> Stream.concat(some.stream(), others.stream()).toList()));
  }

  private static List<LoadBalancer> newer(AwsClients clients) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (TargetGroup group : clients.elbv2().describeTargetGroupsPaginator().targetGroups()) {
      group
          .loadBalancerArns()
          .forEach(
              arn ->
                  groups.computeIfAbsent(arn, _ -> new ArrayList<>()).add(group.targetGroupArn()));
    }
    return clients.elbv2().describeLoadBalancersPaginator().loadBalancers().stream()
        .filter(found -> found.type() != LoadBalancerTypeEnum.GATEWAY)
        .map(
            found ->
                new LoadBalancer(
                    found.loadBalancerArn(),
                    orEmpty(found.vpcId()),
                    found.availabilityZones().stream()
                        .map(zone -> orEmpty(zone.subnetId()))
                        .toList(),
                    found.securityGroups(),
                    groups.getOrDefault(found.loadBalancerArn(), List.of())))
        .toList();
  }

  private static List<LoadBalancer> classic(AwsClients clients, String prefix) {
    return clients.elb().describeLoadBalancersPaginator().loadBalancerDescriptions().stream()
        .map(
            found ->
                new LoadBalancer(
                    prefix + found.loadBalancerName(),
                    orEmpty(found.vpcId()),
                    found.subnets(),
                    found.securityGroups(),
                    List.of()))
        .toList();
  }

  private static Known<List<LoadBalancer>> tagged(
      List<LoadBalancer> all,
      Map<String, Map<String, String>> tags,
      Map<String, String> wanted,
      String region) {
    List<LoadBalancer> found =
        all.stream()
            .filter(
                loadBalancer ->
                    tags.getOrDefault(loadBalancer.arn(), Map.of())
                        .entrySet()
                        .containsAll(wanted.entrySet()))
            .toList();
    return found.isEmpty()
        ? Known.none(nothingTagged(all.size(), tags, wanted, region))
        : Known.of(found);
  }

  private static String nothingTagged(
      int all, Map<String, Map<String, String>> tags, Map<String, String> wanted, String region) {
    List<String> there =
        tags.values().stream()
            .flatMap(some -> some.entrySet().stream())
            .map(String::valueOf)
            .distinct()
            .sorted()
            .toList();
    return "--tag: none of the %d load balancers in %s has %s%s"
        .formatted(
            all,
            region,
            wanted.entrySet().stream().map(String::valueOf).collect(Collectors.joining(" and ")),
            wanted.entrySet().stream()
                .map(String::valueOf)
                .filter(tag -> !there.contains(tag))
                .map(tag -> Nearest.question(tag, there))
                .filter(question -> !question.isEmpty())
                .findFirst()
                .orElse(""));
  }

  /// By ARN.
  private static Map<String, Map<String, String>> tagsOf(
      AwsClients clients, List<LoadBalancer> all, String prefix) {
    Map<String, Map<String, String>> tags = new TreeMap<>();
    List<String> newer =
        all.stream().map(LoadBalancer::arn).filter(arn -> isNewer(arn, prefix)).toList();
    for (int i = 0; i < newer.size(); i += CHUNK) {
      tags.putAll(
          LoadBalancerTags.elbV2(
              clients.elbv2(), newer.subList(i, Math.min(newer.size(), i + CHUNK))));
    }
    all.stream()
        .map(LoadBalancer::arn)
        .filter(arn -> !isNewer(arn, prefix))
        .forEach(
            arn ->
                tags.put(
                    arn, LoadBalancerTags.classic(clients.elb(), arn.substring(prefix.length()))));
    return tags;
  }

  private static boolean isNewer(String arn, String prefix) {
    return arn.substring(prefix.length()).contains("/");
  }

  private static List<Network> networks(AwsClients clients, List<LoadBalancer> loadBalancers) {
    Set<String> ids =
        loadBalancers.stream()
            .map(LoadBalancer::network)
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    if (ids.isEmpty()) {
      return List.of();
    }
    return clients.ec2().describeVpcsPaginator(call -> call.vpcIds(ids)).vpcs().stream()
        .map(vpc -> new Network(vpc.vpcId(), cidrs(vpc)))
        .toList();
  }

  private static List<String> cidrs(Vpc vpc) {
    return Stream.concat(
            vpc.cidrBlockAssociationSet().stream().map(block -> block.cidrBlock()),
            vpc.ipv6CidrBlockAssociationSet().stream().map(block -> block.ipv6CidrBlock()))
        .distinct()
        .sorted()
        .toList();
  }
}
