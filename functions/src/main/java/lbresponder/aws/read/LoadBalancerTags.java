package lbresponder.aws.read;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.AwsClients;
import lbresponder.facts.LoadBalancerId;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/// Reads what its owner wrote on a load balancer.
public final class LoadBalancerTags {
  static final String ACTION = "elasticloadbalancing:DescribeTags";

  private LoadBalancerTags() {}

  static Map<String, String> of(AwsClients clients, LoadBalancerId loadBalancer) {
    return Kind.of(loadBalancer) == Kind.CLASSIC
        ? classic(clients.elb(), loadBalancer.name())
        : elbV2(clients.elbv2(), List.of(loadBalancer.arn())).values().stream()
            .findFirst()
            .orElse(Map.of());
  }

  /// Of a Classic Load Balancer.
  public static Map<String, String> classic(ElasticLoadBalancingClient elb, String name) {
    return elb.describeTags(call -> call.loadBalancerNames(name)).tagDescriptions().stream()
        .findFirst()
        .map(found -> Attributes.map(found.tags(), Tag::key, Tag::value))
        .orElse(Map.of());
  }

  /// Of Application and Network Load Balancers, by their ARNs.
  ///
  /// @param arns 20 at most
  public static Map<String, Map<String, String>> elbV2(
      ElasticLoadBalancingV2Client elb, List<String> arns) {
    return elb.describeTags(call -> call.resourceArns(arns)).tagDescriptions().stream()
        .collect(
            Collectors.toMap(
                TagDescription::resourceArn,
                found -> Attributes.map(found.tags(), tag -> tag.key(), tag -> tag.value()),
                (first, _) -> first));
  }
}
