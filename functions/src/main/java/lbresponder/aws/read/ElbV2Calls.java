package lbresponder.aws.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.Calls;
import lbresponder.aws.sdk.Calls.Pending;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/// The calls about one Application or Network Load Balancer, each begun where it is asked for.
final class ElbV2Calls {
  private static final String ELB = "elasticloadbalancing:";

  private final Gathering gathering;
  private final Kind kind;
  private final ElasticLoadBalancingV2Client elb;
  private final String arn;

  ElbV2Calls(Gathering gathering) {
    this(gathering, gathering.kind(), gathering.incident().loadBalancer().arn());
  }

  /// About another load balancer of the same account and Region.
  ElbV2Calls(Gathering gathering, Kind kind, String arn) {
    this.gathering = gathering;
    this.kind = kind;
    this.elb = gathering.clients().elbv2();
    this.arn = arn;
  }

  private <T> Pending<T> start(String operation, Callable<T> call) {
    return gathering.calls().start(ELB + operation, call);
  }

  private <T> Map<String, Pending<T>> startEach(
      String operation, List<String> ids, Function<String, T> call) {
    return ids.stream()
        .collect(
            Collectors.toMap(
                id -> id,
                id -> start(operation, () -> call.apply(id)),
                (first, _) -> first,
                LinkedHashMap::new));
  }

  /// None where there is no such load balancer.
  Pending<LoadBalancer> loadBalancer() {
    return start("DescribeLoadBalancers", this::described);
  }

  private LoadBalancer described() {
    try {
      return elb.describeLoadBalancers(call -> call.loadBalancerArns(arn)).loadBalancers().stream()
          .findFirst()
          .map(found -> ElbV2Mapper.loadBalancer(kind, found))
          .orElseThrow(this::gone);
    } catch (LoadBalancerNotFoundException notFound) {
      throw gone();
    }
  }

  private Calls.Gone gone() {
    return gathering.gone(InnerLoadBalancers.name(arn));
  }

  Pending<Map<String, String>> attributes() {
    return start(
        "DescribeLoadBalancerAttributes",
        () ->
            Attributes.map(
                elb.describeLoadBalancerAttributes(call -> call.loadBalancerArn(arn)).attributes(),
                LoadBalancerAttribute::key,
                LoadBalancerAttribute::value));
  }

  Pending<List<Listener>> listeners() {
    return start(
        "DescribeListeners",
        () ->
            elb.describeListenersPaginator(call -> call.loadBalancerArn(arn)).listeners().stream()
                .map(ElbV2Mapper::listener)
                .toList());
  }

  /// With the rules of each; a Network Load Balancer's listeners have none.
  Known<List<Listener>> withRules(Known<List<Listener>> listeners) {
    return kind == Kind.APPLICATION ? withRules(listeners, _ -> true) : listeners;
  }

  /// With the rules of those that are wanted.
  Known<List<Listener>> withRules(Known<List<Listener>> listeners, Predicate<Listener> wanted) {
    Map<String, Pending<List<Listener.Rule>>> rules =
        startEach(
            "DescribeRules",
            listeners.orElse(List.of()).stream().filter(wanted).map(Listener::id).toList(),
            this::rules);
    return listeners.map(
        all ->
            all.stream().map(listener -> withRules(listener, rules.get(listener.id()))).toList());
  }

  private static Listener withRules(
      Listener listener, @Nullable Pending<List<Listener.Rule>> rules) {
    return rules == null ? listener : listener.withRules(rules.get());
  }

  private List<Listener.Rule> rules(String listener) {
    return ElbV2Mapper.rules(
        elb.describeRulesPaginator(call -> call.listenerArn(listener)).rules().stream().toList());
  }

  /// Those the load balancer uses.
  Pending<List<TargetGroup>> targetGroups() {
    return start(
        "DescribeTargetGroups",
        () ->
            elb
                .describeTargetGroupsPaginator(call -> call.loadBalancerArn(arn))
                .targetGroups()
                .stream()
                .map(TargetGroupMapper::targetGroup)
                .toList());
  }

  Pending<List<TargetGroup>> targetGroups(List<String> ids) {
    return start(
        "DescribeTargetGroups",
        () ->
            ids.stream()
                .flatMap(id -> existing(id).stream())
                .map(TargetGroupMapper::targetGroup)
                .toList());
  }

  /// One that was deleted is missing from the list, which is known all the same.
  private List<software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup> existing(
      String id) {
    try {
      return elb.describeTargetGroups(call -> call.targetGroupArns(id)).targetGroups();
    } catch (TargetGroupNotFoundException deleted) {
      return List.of();
    }
  }

  /// By target group.
  Map<String, Pending<List<Target>>> targets(List<String> groups) {
    return startEach(
        "DescribeTargetHealth",
        groups,
        group ->
            TargetHealthMapper.targets(
                kind,
                elb.describeTargetHealth(call -> call.targetGroupArn(group))
                    .targetHealthDescriptions()));
  }

  /// By target group.
  Map<String, Pending<Map<String, String>>> groupAttributes(List<String> groups) {
    return startEach(
        "DescribeTargetGroupAttributes",
        groups,
        group ->
            Attributes.map(
                elb.describeTargetGroupAttributes(call -> call.targetGroupArn(group)).attributes(),
                TargetGroupAttribute::key,
                TargetGroupAttribute::value));
  }
}
