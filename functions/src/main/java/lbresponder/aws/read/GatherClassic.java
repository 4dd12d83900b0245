package lbresponder.aws.read;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import lbresponder.aws.sdk.Calls;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.Wiring;
import software.amazon.awssdk.services.elasticloadbalancing.ElasticLoadBalancingClient;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerAttributes;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerNotFoundException;

/// Reads a Classic Load Balancer: first what its name leads to, then instances, network and
/// metrics, then what hangs on those.
final class GatherClassic {
  private static final String ELB = "elasticloadbalancing:";

  private final Gathering gathering;
  private final Calls calls;
  private final ElasticLoadBalancingClient elb;
  private final String name;

  private GatherClassic(Gathering gathering) {
    this.gathering = gathering;
    this.calls = gathering.calls();
    this.elb = gathering.clients().elb();
    this.name = gathering.incident().loadBalancer().name();
  }

  static Facts gather(Gathering gathering) {
    return new GatherClassic(gathering).gather();
  }

  /// What needs nothing but the load balancer's name.
  private record First(
      Fleets fleets,
      Calls.Pending<List<InstanceState>> states,
      Calls.Pending<LoadBalancerAttributes> attributes,
      Calls.Pending<Map<String, String>> tags) {}

  private Facts gather() {
    Calls.Pending<LoadBalancerDescription> described =
        calls.start(ELB + "DescribeLoadBalancers", this::description);
    First first =
        new First(
            Fleets.begin(gathering),
            calls.start(ELB + "DescribeInstanceHealth", this::states),
            calls.start(ELB + "DescribeLoadBalancerAttributes", this::attributes),
            gathering.tags());
    Known<ClassicMapper> mapper =
        described.get().map(from -> new ClassicMapper(gathering.incident().loadBalancer(), from));
    return mapper instanceof Known.None<ClassicMapper>(String gone)
        ? gathering.nothing(gone)
        : facts(first, mapper);
  }

  private Facts facts(First first, Known<ClassicMapper> mapper) {
    Known<LoadBalancer> loadBalancer = mapper.map(ClassicMapper::loadBalancer);
    Networks networks = Networks.begin(gathering, loadBalancer);
    Calls.Pending<LoadReader.Answers> load = gathering.load(List.of(), Set.of(), first.fleets());
    Supplier<Known<List<Instance>>> instances =
        calls.chain(() -> gathering.instances(mapper.map(ClassicMapper::registered), null));
    Supplier<Known<Set<Integer>>> proxied = calls.chain(() -> mapper.flatMap(this::proxied));

    Known<LoadBalancerAttributes> attributes = first.attributes().get();
    Known<List<TargetGroup>> groups =
        mapper.map(from -> from.targetGroups(attributes, first.states().get(), proxied.get()));
    Gathering.Around around =
        gathering.around(groups, instances.get(), load, first.fleets(), networks);
    Known<LoadBalancer> complete =
        loadBalancer.map(known -> ClassicMapper.complete(known, attributes, first.tags().get()));
    return gathering.facts(
        new Wiring(complete, mapper.map(ClassicMapper::listeners), groups),
        load.get().map(LoadReader.Answers::load),
        around);
  }

  private LoadBalancerDescription description() {
    try {
      return elb
          .describeLoadBalancers(call -> call.loadBalancerNames(name))
          .loadBalancerDescriptions()
          .stream()
          .findFirst()
          .orElseThrow(gathering::gone);
    } catch (LoadBalancerNotFoundException notFound) {
      throw gathering.gone();
    }
  }

  private List<InstanceState> states() {
    return elb.describeInstanceHealth(call -> call.loadBalancerName(name)).instanceStates();
  }

  private LoadBalancerAttributes attributes() {
    return elb.describeLoadBalancerAttributes(call -> call.loadBalancerName(name))
        .loadBalancerAttributes();
  }

  /// Most have no such policy, and are not asked.
  private Known<Set<Integer>> proxied(ClassicMapper mapper) {
    Map<Integer, List<String>> policies = mapper.policies();
    List<String> names = policies.values().stream().flatMap(List::stream).distinct().toList();
    return names.isEmpty()
        ? Known.of(Set.of())
        : calls
            .start(
                ELB + "DescribeLoadBalancerPolicies",
                () ->
                    elb.describeLoadBalancerPolicies(
                            call -> call.loadBalancerName(name).policyNames(names))
                        .policyDescriptions())
            .get()
            .map(descriptions -> ClassicMapper.proxied(policies, descriptions));
  }
}
