package lbresponder.aws;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Load;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancing.model.Tag;

/// Reads a Classic Load Balancer in two levels: what its name leads to, then instances and metrics.
final class GatherClassic {
  private static final String ELB = "elasticloadbalancing:";
  static final String POLICIES = ELB + "DescribeLoadBalancerPolicies";

  private GatherClassic() {}

  static Facts gather(Gathering gathering) {
    ElasticLoadBalancingClient elb = gathering.clients().elb();
    LoadBalancerId id = gathering.incident().loadBalancer();
    String name = id.name();
    Calls calls = gathering.calls();
    Fleets fleet = Fleets.begin(gathering);
    var description = calls.start(ELB + "DescribeLoadBalancers", () -> balancer(gathering));
    var health = calls.start(ELB + "DescribeInstanceHealth", () -> health(elb, name));
    var attributes =
        calls.start(
            ELB + "DescribeLoadBalancerAttributes",
            () ->
                Classic.attributes(
                    elb.describeLoadBalancerAttributes(call -> call.loadBalancerName(name))
                        .loadBalancerAttributes()));
    var tags = calls.start(ELB + "DescribeTags", () -> tags(elb, name));

    Known<LoadBalancerDescription> read = description.get();
    if (read instanceof Known.Unknown<LoadBalancerDescription>(String why)
        && why.equals(gathering.goneMessage())) {
      return gathering.nothing(why);
    }
    Known<LoadBalancer> balancer =
        read.map(one -> Classic.loadBalancer(id, one, attributes.get(), tags.get()));
    Networks between = Networks.begin(gathering, balancer);
    Calls.Pending<Load> load = gathering.load(List.of(), Set.of());
    Known<Set<Integer>> proxied = read.flatMap(one -> proxied(gathering, Classic.policies(one)));
    Known<List<TargetGroup>> groups =
        read.map(one -> Classic.targetGroups(id, one, health.get(), proxied));
    Known<List<Instance>> instances = gathering.instances(groups, null);
    return gathering.facts(
        new Gathering.Wiring(
            balancer, read.map(one -> Classic.listeners(id, one)), groups, instances),
        load.get(),
        fleet,
        between);
  }

  private static LoadBalancerDescription balancer(Gathering gathering) {
    String name = gathering.incident().loadBalancer().name();
    try {
      return gathering
          .clients()
          .elb()
          .describeLoadBalancers(call -> call.loadBalancerNames(name))
          .loadBalancerDescriptions()
          .stream()
          .findFirst()
          .orElseThrow(() -> new Calls.Gone(gathering.goneMessage()));
    } catch (LoadBalancerNotFoundException gone) {
      throw new Calls.Gone(gathering.goneMessage());
    }
  }

  /// Most have no such policy, and are not asked.
  private static Known<Set<Integer>> proxied(
      Gathering gathering, Map<Integer, List<String>> policies) {
    String name = gathering.incident().loadBalancer().name();
    List<String> names = policies.values().stream().flatMap(List::stream).distinct().toList();
    return names.isEmpty()
        ? Known.of(Set.of())
        : gathering
            .calls()
            .start(
                POLICIES,
                () ->
                    gathering
                        .clients()
                        .elb()
                        .describeLoadBalancerPolicies(
                            call -> call.loadBalancerName(name).policyNames(names))
                        .policyDescriptions())
            .get()
            .map(descriptions -> Classic.proxied(policies, descriptions));
  }

  private static List<InstanceState> health(ElasticLoadBalancingClient elb, String name) {
    return elb.describeInstanceHealth(call -> call.loadBalancerName(name)).instanceStates();
  }

  static Map<String, String> tags(ElasticLoadBalancingClient elb, String name) {
    return elb.describeTags(call -> call.loadBalancerNames(name)).tagDescriptions().stream()
        .findFirst()
        .map(one -> V2.map(one.tags(), Tag::key, Tag::value))
        .orElse(Map.of());
  }
}
