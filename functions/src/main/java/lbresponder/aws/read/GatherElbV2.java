package lbresponder.aws.read;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.sdk.Calls.Pending;
import lbresponder.facts.Facts;
import lbresponder.facts.Instance;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.Wiring;
import org.jspecify.annotations.Nullable;

/// Reads an Application or Network Load Balancer: first what the alarm's own ids lead to, then what
/// hangs on that, then what hangs on the targets. Nothing waits for an answer that it does not
/// need.
final class GatherElbV2 {
  /// The account's bucket holds 40 calls and fills with 10 a second: health for so many groups,
  /// attributes for fewer, and the handful of other calls stay within it.
  private static final int MOST_GROUPS = 25;

  private static final int MOST_ATTRIBUTES = 5;

  private final Gathering gathering;
  private final ElbV2Calls elb;

  private GatherElbV2(Gathering gathering) {
    this.gathering = gathering;
    this.elb = new ElbV2Calls(gathering);
  }

  static Facts gather(Gathering gathering) {
    return new GatherElbV2(gathering).gather();
  }

  /// What needs nothing but the alarm's own ids.
  private record First(
      Fleets fleets,
      Pending<List<TargetGroup>> targetGroups,
      Pending<List<Listener>> listeners,
      Pending<Map<String, String>> attributes,
      Pending<Map<String, String>> tags) {}

  private Facts gather() {
    Pending<LoadBalancer> described = elb.loadBalancer();
    First first =
        new First(
            Fleets.begin(gathering),
            elb.targetGroups(),
            elb.listeners(),
            elb.attributes(),
            gathering.tags());
    Known<LoadBalancer> loadBalancer = described.get();
    return loadBalancer instanceof Known.None<LoadBalancer>(String gone)
        ? gathering.nothing(gone)
        : facts(first, loadBalancer);
  }

  private Facts facts(First first, Known<LoadBalancer> loadBalancer) {
    Networks networks = Networks.begin(gathering, loadBalancer);
    Supplier<Known<List<Listener>>> listeners =
        gathering.calls().chain(() -> elb.withRules(first.listeners().get()));
    Known<List<TargetGroup>> listed = first.targetGroups().get();
    List<String> ids = ids(listed);
    Pending<LoadReader.Answers> load = gathering.load(ids, functions(listed), first.fleets());
    Pending<List<Instance>> inNetwork = inNetwork(loadBalancer, listed);
    Groups groups = new Groups(listed, ids);

    Known<List<TargetGroup>> registered = groups.withTargets();
    Known<List<Instance>> instances = gathering.instances(registered, inNetwork);
    Gathering.Around around =
        gathering.around(registered, instances, load, first.fleets(), networks);
    Attributes own = new Attributes(first.attributes().get());
    Known<LoadBalancer> complete =
        loadBalancer.map(
            known -> ElbV2Mapper.complete(known, gathering.kind(), own, first.tags().get()));
    return gathering.facts(
        new Wiring(complete, listeners.get(), groups.complete(registered, own)),
        load.get().map(LoadReader.Answers::load),
        around);
  }

  /// The groups the alarms name first, then the load balancer's others as they were listed.
  private List<String> ids(Known<List<TargetGroup>> listed) {
    Set<String> order = new LinkedHashSet<>(gathering.named());
    listed.orElse(List.of()).forEach(group -> order.add(group.id()));
    return order.stream().limit(MOST_GROUPS).toList();
  }

  private static Set<String> functions(Known<List<TargetGroup>> listed) {
    return listed.orElse(List.of()).stream()
        .filter(group -> group.targetType() == TargetType.FUNCTION)
        .map(TargetGroup::id)
        .collect(Collectors.toSet());
  }

  private @Nullable Pending<List<Instance>> inNetwork(
      Known<LoadBalancer> loadBalancer, Known<List<TargetGroup>> listed) {
    String network = loadBalancer.map(LoadBalancer::network).orElse("");
    boolean byInstance =
        listed.orElse(List.of()).stream()
            .anyMatch(group -> group.targetType() == TargetType.MACHINE);
    return network.isEmpty() || !byInstance
        ? null
        : gathering
            .calls()
            .start(Instances.ACTION, () -> Instances.inNetwork(gathering.clients().ec2(), network));
  }

  /// The target groups, and the calls about each that are under way.
  private final class Groups {
    private final Known<List<TargetGroup>> listed;
    private final @Nullable Pending<List<TargetGroup>> elsewhere;
    private final Map<String, Pending<List<Target>>> targets;
    private final Map<String, Pending<Map<String, String>>> attributes;

    /// @param ids of those to read, those that matter most first
    Groups(Known<List<TargetGroup>> listed, List<String> ids) {
      this.listed = listed;
      this.targets = elb.targets(ids);
      this.attributes = elb.groupAttributes(ids.stream().limit(MOST_ATTRIBUTES).toList());
      this.elsewhere = elsewhere();
    }

    /// Groups the alarms name and the load balancer does not list: no listener sends to them. Null
    /// where there is none.
    private @Nullable Pending<List<TargetGroup>> elsewhere() {
      List<String> missing = new ArrayList<>(gathering.named());
      listed.orElse(List.of()).forEach(group -> missing.remove(group.id()));
      return missing.isEmpty() ? null : elb.targetGroups(missing);
    }

    Known<List<TargetGroup>> withTargets() {
      Known<List<TargetGroup>> all =
          elsewhere == null
              ? listed
              : listed.flatMap(
                  here ->
                      elsewhere
                          .get()
                          .map(more -> Stream.concat(here.stream(), more.stream()).toList()));
      return all.map(
          groups ->
              groups.stream()
                  .map(group -> group.withTargets(await(targets.get(group.id()), MOST_GROUPS)))
                  .toList());
    }

    Known<List<TargetGroup>> complete(Known<List<TargetGroup>> all, Attributes ofLoadBalancer) {
      return all.map(
          groups -> groups.stream().map(group -> complete(group, ofLoadBalancer)).toList());
    }

    private TargetGroup complete(TargetGroup group, Attributes ofLoadBalancer) {
      return TargetGroupMapper.complete(
          group,
          gathering.kind(),
          new Attributes(await(attributes.get(group.id()), MOST_ATTRIBUTES)),
          ofLoadBalancer);
    }
  }

  private static <T> Known<T> await(@Nullable Pending<T> pending, int most) {
    return pending == null
        ? Known.unknown(
            "not read: only for %d of a load balancer's target groups, to spare the account's ELB calls"
                .formatted(most))
        : pending.get();
  }
}
