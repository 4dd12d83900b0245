package lbresponder.aws.admin;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.Absent;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;

/// Finds a load balancer by what people call it.
public final class LoadBalancers {
  private static final String ELB = "elasticloadbalancing:DescribeLoadBalancers";

  /// @param dnsName as AWS tells it
  public record Listed(LoadBalancerId id, String dnsName) {}

  private LoadBalancers() {}

  /// @param region where to look for a name; an ARN and a DNS name say it themselves
  /// @return None where there is none of that name, or there are two; Unknown where nobody may ask
  public static Known<LoadBalancerId> find(Asked asked, String region) {
    return switch (asked) {
      case Asked.Arn(LoadBalancerId id) -> Known.of(id);
      case Asked.Name(String name) -> called(name, region);
      case Asked.Dns dns ->
          all(dns.region())
              .flatMap(
                  all ->
                      only(
                          "has the DNS name " + dns.host(),
                          dns.region(),
                          all.stream()
                              .filter(found -> Asked.bare(found.dnsName()).equals(dns.host()))
                              .toList()));
    };
  }

  private static Known<LoadBalancerId> called(String name, String region) {
    AwsClients clients = AwsClients.in(region);
    try (Calls calls = new Calls(Instant.now().plusSeconds(10))) {
      var newer = calls.start(ELB, () -> newer(clients, name));
      var older = calls.start(ELB, () -> older(clients, name));
      return listed(newer.get(), older.get(), region)
          .flatMap(found -> only("is called " + name, region, found));
    }
  }

  /// Every load balancer of the credentials' account in a Region, by name.
  public static Known<List<Listed>> all(String region) {
    AwsClients clients = AwsClients.in(region);
    try (Calls calls = new Calls(Instant.now().plusSeconds(20))) {
      var newer =
          calls.start(
              ELB,
              () ->
                  clients.elbv2().describeLoadBalancersPaginator().loadBalancers().stream()
                      .toList());
      var older =
          calls.start(
              ELB,
              () ->
                  clients.elb().describeLoadBalancersPaginator().loadBalancerDescriptions().stream()
                      .toList());
      return listed(newer.get(), older.get(), region);
    }
  }

  private static Known<LoadBalancerId> only(String what, String region, List<Listed> found) {
    return switch (found.size()) {
      case 0 -> {
        String[] caller = caller(region);
        yield Known.none(
            "no load balancer %s in %s%s"
                .formatted(what, region, caller.length > 4 ? " of account " + caller[4] : ""));
      }
      case 1 -> Known.of(found.getFirst().id());
      default ->
          Known.none(
              "two load balancers are called %s in %s: name one by its ARN, %s or %s"
                  .formatted(
                      found.getFirst().id().name(),
                      region,
                      found.getFirst().id().arn(),
                      found.getLast().id().arn()));
    };
  }

  private static List<LoadBalancer> newer(AwsClients clients, String name) {
    try {
      return clients.elbv2().describeLoadBalancers(call -> call.names(name)).loadBalancers();
    } catch (LoadBalancerNotFoundException none) {
      return List.of();
    }
  }

  private static List<LoadBalancerDescription> older(AwsClients clients, String name) {
    try {
      return clients
          .elb()
          .describeLoadBalancers(call -> call.loadBalancerNames(name))
          .loadBalancerDescriptions();
    } catch (
        software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException
            none) {
      return List.of();
    }
  }

  private static Known<List<Listed>> listed(
      Known<List<LoadBalancer>> newer, Known<List<LoadBalancerDescription>> older, String region) {
    return newer.flatMap(
        some ->
            older.map(
                others ->
                    Stream.concat(
                            some.stream().flatMap(LoadBalancers::listed), classic(others, region))
                        .sorted(Comparator.comparing(found -> found.id().name()))
                        .toList()));
  }

  /// Gateway Load Balancers are not covered: their ARN is none that is asked for.
  private static Stream<Listed> listed(LoadBalancer found) {
    Matcher arn = Asked.ARN.matcher(found.loadBalancerArn());
    return arn.matches()
        ? Stream.of(
            new Listed(
                Asked.kind(arn.group(4))
                    .id(arn.group(3), arn.group(2), arn.group(5), found.loadBalancerArn()),
                Absent.orEmpty(found.dnsName())))
        : Stream.empty();
  }

  /// Classic load balancers have no ARN in the API's answer: the account is the caller's.
  private static Stream<Listed> classic(List<LoadBalancerDescription> all, String region) {
    if (all.isEmpty()) {
      return Stream.empty();
    }
    String[] caller = caller(region);
    String partition = caller.length > 4 ? caller[1] : "aws";
    String account = caller.length > 4 ? caller[4] : "000000000000";
    return all.stream()
        .map(
            found ->
                new Listed(
                    Kind.CLASSIC.id(
                        account,
                        region,
                        found.loadBalancerName(),
                        "arn:%s:elasticloadbalancing:%s:%s:loadbalancer/%s"
                            .formatted(partition, region, account, found.loadBalancerName())),
                    Absent.orEmpty(found.dnsName())));
  }

  /// The parts of the caller's ARN; fewer than five where nobody tells.
  private static String[] caller(String region) {
    return Permissions.caller(region).orElse("").split(":", -1);
  }
}
