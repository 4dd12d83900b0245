package lbresponder.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.Calls.Pending;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId.Kind;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupAttribute;

/// Reads an Application or Network Load Balancer in two levels: what the alarm's own ids lead to,
/// then what hangs on that.
final class GatherV2 {
  private static final String ELB = "elasticloadbalancing:";

  /// The account's bucket holds 40 calls and fills with 10 a second: health for so many groups,
  /// attributes for fewer, and the handful of other calls stay within it.
  private static final int MOST_GROUPS = 25;

  private static final int MOST_ATTRIBUTES = 5;

  private final Gathering gathering;
  private final ElasticLoadBalancingV2Client elb;
  private final String arn;

  private GatherV2(Gathering gathering) {
    this.gathering = gathering;
    this.elb = gathering.clients().elbv2();
    this.arn = gathering.incident().loadBalancer().arn();
  }

  static Facts gather(Gathering gathering) {
    return new GatherV2(gathering).first();
  }

  private Facts first() {
    Pending<LoadBalancer> balancer = start("DescribeLoadBalancers", this::balancer);
    Pending<List<Listener>> listeners = start("DescribeListeners", this::listeners);
    Pending<List<TargetGroup>> groups = start("DescribeTargetGroups", this::groups);
    Pending<Map<String, String>> attributes =
        start("DescribeLoadBalancerAttributes", this::attributes);
    Pending<Map<String, String>> tags = start("DescribeTags", this::tags);

    Known<LoadBalancer> read = balancer.get().map(one -> one.with(attributes.get(), tags.get()));
    if (read instanceof Known.Unknown<LoadBalancer>(String why)
        && why.equals(gathering.goneMessage())) {
      return gathering.nothing(why);
    }
    return second(read, listeners.get(), groups.get());
  }

  private Facts second(
      Known<LoadBalancer> balancer,
      Known<List<Listener>> listeners,
      Known<List<TargetGroup>> listed) {
    Map<String, Pending<List<Listener.Rule>>> rules =
        gathering.incident().loadBalancer().kind() == Kind.APPLICATION
            ? startEach(
                "DescribeRules",
                listeners.orElse(List.of()).stream().map(Listener::id).toList(),
                this::rules)
            : Map.of();
    List<String> ids = order(listed).stream().limit(MOST_GROUPS).toList();
    Pending<List<TargetGroup>> elsewhere = elsewhere(listed);
    Map<String, Pending<List<Target>>> targets =
        startEach("DescribeTargetHealth", ids, this::targets);
    Map<String, Pending<Map<String, String>>> attributes =
        startEach(
            "DescribeTargetGroupAttributes",
            ids.stream().limit(MOST_ATTRIBUTES).toList(),
            this::groupAttributes);
    Pending<Instances.Page> network = network(balancer, listed);
    Pending<Load> load = gathering.load(ids, balancer);

    Known<List<TargetGroup>> all =
        elsewhere == null
            ? listed
            : listed.flatMap(
                here ->
                    elsewhere
                        .get()
                        .map(more -> Stream.concat(here.stream(), more.stream()).toList()));
    Known<List<TargetGroup>> groups =
        all.map(
            known ->
                known.stream()
                    .map(
                        one ->
                            one.withAttributes(await(attributes.get(one.id()), MOST_ATTRIBUTES))
                                .withTargets(await(targets.get(one.id()), MOST_GROUPS)))
                    .toList());
    Known<List<Instance>> instances = gathering.instances(groups, network);
    return gathering.facts(balancer, withRules(listeners, rules), groups, instances, load.get());
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

  /// The groups the alarms name first, then the load balancer's others as they were listed.
  private List<String> order(Known<List<TargetGroup>> listed) {
    Set<String> order = new LinkedHashSet<>(gathering.named());
    listed.orElse(List.of()).forEach(group -> order.add(group.id()));
    return List.copyOf(order);
  }

  /// Groups the alarms name and the load balancer does not list: no listener sends to them. Null
  /// where there is none.
  private @Nullable Pending<List<TargetGroup>> elsewhere(Known<List<TargetGroup>> listed) {
    List<String> missing = new ArrayList<>(gathering.named());
    listed.orElse(List.of()).forEach(group -> missing.remove(group.id()));
    return missing.isEmpty()
        ? null
        : start(
            "DescribeTargetGroups",
            () ->
                elb
                    .describeTargetGroups(call -> call.targetGroupArns(missing))
                    .targetGroups()
                    .stream()
                    .map(V2::targetGroup)
                    .toList());
  }

  private @Nullable Pending<Instances.Page> network(
      Known<LoadBalancer> balancer, Known<List<TargetGroup>> listed) {
    String network = balancer.map(LoadBalancer::network).orElse("");
    boolean byInstance =
        listed.orElse(List.of()).stream().anyMatch(one -> one.targetType() == TargetType.INSTANCE);
    return network.isEmpty() || !byInstance
        ? null
        : gathering
            .calls()
            .start(Instances.ACTION, () -> Instances.inNetwork(gathering.clients().ec2(), network));
  }

  private static Known<List<Listener>> withRules(
      Known<List<Listener>> listeners, Map<String, Pending<List<Listener.Rule>>> rules) {
    return listeners.map(
        all -> all.stream().map(one -> withRules(one, rules.get(one.id()))).toList());
  }

  /// Kinds without rules have none to wait for.
  private static Listener withRules(
      Listener listener, @Nullable Pending<List<Listener.Rule>> rules) {
    return rules == null ? listener : listener.withRules(rules.get());
  }

  private static <T> Known<T> await(@Nullable Pending<T> pending, int most) {
    return pending == null
        ? Known.unknown(
            "not read: only for %d of a load balancer's target groups, to spare the account's ELB calls"
                .formatted(most))
        : pending.get();
  }

  private LoadBalancer balancer() {
    try {
      return elb.describeLoadBalancers(call -> call.loadBalancerArns(arn)).loadBalancers().stream()
          .findFirst()
          .map(one -> V2.loadBalancer(gathering.incident().loadBalancer(), one))
          .orElseThrow(() -> new Calls.Gone(gathering.goneMessage()));
    } catch (LoadBalancerNotFoundException gone) {
      throw new Calls.Gone(gathering.goneMessage());
    }
  }

  private List<Listener> listeners() {
    return elb.describeListenersPaginator(call -> call.loadBalancerArn(arn)).listeners().stream()
        .map(V2::listener)
        .toList();
  }

  private List<TargetGroup> groups() {
    return elb
        .describeTargetGroupsPaginator(call -> call.loadBalancerArn(arn))
        .targetGroups()
        .stream()
        .map(V2::targetGroup)
        .toList();
  }

  private Map<String, String> attributes() {
    return V2.map(
        elb.describeLoadBalancerAttributes(call -> call.loadBalancerArn(arn)).attributes(),
        LoadBalancerAttribute::key,
        LoadBalancerAttribute::value);
  }

  private Map<String, String> tags() {
    return elb.describeTags(call -> call.resourceArns(arn)).tagDescriptions().stream()
        .findFirst()
        .map(one -> V2.map(one.tags(), Tag::key, Tag::value))
        .orElse(Map.of());
  }

  private List<Listener.Rule> rules(String listener) {
    return V2.rules(
        elb.describeRulesPaginator(call -> call.listenerArn(listener)).rules().stream().toList());
  }

  private List<Target> targets(String group) {
    return V2.targets(
        elb.describeTargetHealth(call -> call.targetGroupArn(group)).targetHealthDescriptions());
  }

  private Map<String, String> groupAttributes(String group) {
    return V2.map(
        elb.describeTargetGroupAttributes(call -> call.targetGroupArn(group)).attributes(),
        TargetGroupAttribute::key,
        TargetGroupAttribute::value);
  }
}
