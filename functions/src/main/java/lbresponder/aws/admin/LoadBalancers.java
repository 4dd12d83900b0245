package lbresponder.aws.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancerId;
import lbresponder.message.Untrusted;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;

/// Finds a load balancer by what people call it.
public final class LoadBalancers {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws[a-z-]*:elasticloadbalancing:([a-z0-9-]+):(\\d{12}):loadbalancer/(?:(app|net)/)?([A-Za-z0-9-]{1,32})(/[0-9a-f]{16})?");
  private static final String ELB = "elasticloadbalancing:DescribeLoadBalancers";

  private LoadBalancers() {}

  /// @param nameOrArn an ARN needs no call
  /// @param region where to look for a name
  /// @return Unknown where there is none of that name, there are two, or nobody may ask
  public static Known<LoadBalancerId> find(String nameOrArn, String region) {
    Matcher arn = ARN.matcher(nameOrArn);
    if (arn.matches() && (arn.group(3) == null) == (arn.group(5) == null)) {
      return Known.of(kind(arn.group(3)).id(arn.group(2), arn.group(1), arn.group(4), nameOrArn));
    }
    if (!nameOrArn.matches("[A-Za-z0-9-]{1,32}")) {
      return Known.unknown(
          "found `%s`, expected a load balancer's name or ARN"
              .formatted(Untrusted.clean(nameOrArn, 120)));
    }
    AwsClients clients = AwsClients.in(region);
    try (Calls calls = new Calls(Instant.now().plusSeconds(10))) {
      var newer = calls.start(ELB, () -> newer(clients, nameOrArn, region));
      var older = calls.start(ELB, () -> classic(clients, nameOrArn, region));
      Known<Optional<LoadBalancerId>> classic = older.get();
      return newer
          .get()
          .flatMap(found -> classic.flatMap(other -> only(nameOrArn, region, found, other)));
    }
  }

  private static Known<LoadBalancerId> only(
      String name,
      String region,
      Optional<LoadBalancerId> newer,
      Optional<LoadBalancerId> classic) {
    List<LoadBalancerId> found = Stream.concat(newer.stream(), classic.stream()).toList();
    return switch (found.size()) {
      case 0 -> Known.unknown("no load balancer is called %s in %s".formatted(name, region));
      case 1 -> Known.of(found.getFirst());
      default ->
          Known.unknown(
              "two load balancers are called %s in %s: name one by its ARN, %s or %s"
                  .formatted(name, region, found.getFirst().arn(), found.getLast().arn()));
    };
  }

  private static Optional<LoadBalancerId> newer(AwsClients clients, String name, String region) {
    try {
      return clients
          .elbv2()
          .describeLoadBalancers(call -> call.names(name))
          .loadBalancers()
          .stream()
          .map(LoadBalancer::loadBalancerArn)
          .map(ARN::matcher)
          .filter(Matcher::matches)
          .findFirst()
          .map(arn -> kind(arn.group(3)).id(arn.group(2), region, name, arn.group()));
    } catch (LoadBalancerNotFoundException none) {
      return Optional.empty();
    }
  }

  /// Classic load balancers have no ARN in the API's answer: the account is the caller's.
  private static Optional<LoadBalancerId> classic(AwsClients clients, String name, String region) {
    try {
      if (clients
          .elb()
          .describeLoadBalancers(call -> call.loadBalancerNames(name))
          .loadBalancerDescriptions()
          .isEmpty()) {
        return Optional.empty();
      }
    } catch (
        software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException
            none) {
      return Optional.empty();
    }
    String[] caller = Permissions.caller(region).orElse("").split(":", -1);
    String partition = caller.length > 4 ? caller[1] : "aws";
    String account = caller.length > 4 ? caller[4] : "000000000000";
    String arn =
        "arn:%s:elasticloadbalancing:%s:%s:loadbalancer/%s"
            .formatted(partition, region, account, name);
    return Optional.of(Kind.CLASSIC.id(account, region, name, arn));
  }

  private static Kind kind(@Nullable String prefix) {
    return prefix == null ? Kind.CLASSIC : prefix.equals("app") ? Kind.APPLICATION : Kind.NETWORK;
  }
}
