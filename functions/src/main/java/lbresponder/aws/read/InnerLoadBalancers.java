package lbresponder.aws.read;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import lbresponder.aws.kind.Kind;
import lbresponder.aws.sdk.Calls.Pending;
import lbresponder.facts.Fleet.InnerLoadBalancer;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import lbresponder.facts.Wiring;
import org.jspecify.annotations.Nullable;

/// Reads load balancers that are targets of another: only an Application Load Balancer can be one,
/// in the same account and Region. Each costs four calls, and one for each of its target groups.
final class InnerLoadBalancers {
  /// A group holds one at most, and several groups are mostly ports of the same.
  private static final int MOST = 2;

  private static final int MOST_GROUPS = 5;

  private static final String NOT_READ = "not read of a load balancer that is a target";

  private final Gathering gathering;

  private InnerLoadBalancers(Gathering gathering) {
    this.gathering = gathering;
  }

  /// Begins to read them.
  static Supplier<Known<List<InnerLoadBalancer>>> begin(
      Gathering gathering, Known<List<TargetGroup>> groups) {
    Map<String, Set<Integer>> ports = ports(groups.orElse(List.of()));
    InnerLoadBalancers reader = new InnerLoadBalancers(gathering);
    List<Supplier<InnerLoadBalancer>> all =
        ports.entrySet().stream()
            .limit(MOST)
            .map(one -> reader.reading(one.getKey(), one.getValue()))
            .toList();
    return () -> groups.map(_ -> all.stream().map(Supplier::get).toList());
  }

  /// By the ARN of each, the ports that it is registered with.
  private static Map<String, Set<Integer>> ports(List<TargetGroup> groups) {
    return groups.stream()
        .filter(group -> group.targetType() == TargetType.LOAD_BALANCER)
        .flatMap(group -> group.targets().orElse(List.of()).stream())
        .filter(target -> target.id().contains(":loadbalancer/app/") && target.port() != null)
        .collect(
            Collectors.groupingBy(
                Target::id,
                LinkedHashMap::new,
                Collectors.mapping(Target::port, Collectors.toSet())));
  }

  private Supplier<InnerLoadBalancer> reading(String arn, Set<Integer> ports) {
    Supplier<Known<Wiring>> wiring = gathering.calls().chain(() -> Known.of(wiring(arn, ports)));
    return () ->
        new InnerLoadBalancer(
            arn, name(arn), wiring.get().fold(read -> read, Wiring::unknown, Wiring::unknown));
  }

  private Wiring wiring(String arn, Set<Integer> ports) {
    ElbV2Calls elb = new ElbV2Calls(gathering, Kind.APPLICATION, arn);
    Pending<LoadBalancer> described = elb.loadBalancer();
    Pending<List<Listener>> listeners = elb.listeners();
    Known<List<TargetGroup>> groups = elb.targetGroups().get();
    Map<String, Pending<List<Target>>> targets =
        elb.targets(
            groups.orElse(List.of()).stream().map(TargetGroup::id).limit(MOST_GROUPS).toList());
    Known<List<Listener>> withRules =
        elb.withRules(
            listeners
                .get()
                .map(
                    all ->
                        all.stream()
                            .map(listener -> listener.withRules(Known.unknown(NOT_READ)))
                            .toList()),
            listener -> ports.contains(listener.port()));
    return new Wiring(
        described
            .get()
            .map(
                known ->
                    known
                        .withIdleTimeoutSeconds(Known.unknown(NOT_READ))
                        .withTags(Known.unknown(NOT_READ))),
        withRules,
        groups.map(
            all -> all.stream().map(group -> complete(group, targets.get(group.id()))).toList()));
  }

  /// Ids of the groups at them, as far as these were read.
  static List<String> securityGroups(Known<List<InnerLoadBalancer>> inner) {
    return inner.orElse(List.of()).stream()
        .map(one -> one.wiring().loadBalancer().flatMap(LoadBalancer::securityGroups))
        .flatMap(groups -> groups.orElse(List.of()).stream())
        .toList();
  }

  private static TargetGroup complete(TargetGroup group, @Nullable Pending<List<Target>> targets) {
    return group.with(
        builder ->
            builder
                .targets(targets == null ? Known.unknown(NOT_READ) : targets.get())
                .crossZone(Known.unknown(NOT_READ))
                .keepsClientAddress(Known.unknown(NOT_READ))
                .proxyProtocol(Known.unknown(NOT_READ))
                .sticky(Known.unknown(NOT_READ))
                .deregistrationDelaySeconds(Known.unknown(NOT_READ)));
  }

  /// @param arn of an Application or Network Load Balancer: `…:loadbalancer/app/NAME/ID`
  static String name(String arn) {
    String[] parts = arn.split("/", -1);
    return parts.length == 4 ? parts[2] : arn;
  }
}
