package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;
import static lbresponder.aws.sdk.Absent.orZero;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancing.model.ListenerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerAttributes;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.Policies;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyDescription;

/// Maps the SDK's Classic Load Balancer to the vocabulary: the listeners' instance ports become
/// target groups.
record ClassicMapper(LoadBalancerId id, LoadBalancerDescription from) {
  /// `HTTP:8080/health`, `TCP:80`.
  private static final Pattern TARGET = Pattern.compile("([A-Z]+):(\\d{1,5})(/.*)?");

  /// Health and attributes that are still being read.
  private static final Known<LoadBalancerAttributes> UNREAD = Known.unknown("not read yet");

  /// Idle timeout and tags come from other calls, see {@link #complete}.
  LoadBalancer loadBalancer() {
    List<LoadBalancer.Zone> zones = new ArrayList<>();
    List<String> subnets = from.subnets();
    List<String> names = from.availabilityZones();
    // The answer lists zones and subnets apart; which subnet is in which zone its subnets tell.
    for (int i = 0; i < Math.max(names.size(), subnets.size()); i++) {
      zones.add(
          new LoadBalancer.Zone(
              i < names.size() ? names.get(i) : "", i < subnets.size() ? subnets.get(i) : ""));
    }
    return new LoadBalancer(
        orEmpty(from.dnsName()),
        "internal".equals(from.scheme()),
        "",
        orEmpty(from.vpcId()),
        zones,
        ElbV2Mapper.securityGroups(Kind.CLASSIC, from.securityGroups()),
        Known.unknown("not read yet"),
        Known.unknown("not read yet"));
  }

  static LoadBalancer complete(
      LoadBalancer loadBalancer,
      Known<LoadBalancerAttributes> attributes,
      Known<Map<String, String>> tags) {
    return loadBalancer
        .withIdleTimeoutSeconds(attributes.map(ClassicMapper::idleTimeoutSeconds))
        .withTags(tags);
  }

  private static int idleTimeoutSeconds(LoadBalancerAttributes from) {
    return from.connectionSettings() == null
        ? 60
        : Objects.requireNonNullElse(from.connectionSettings().idleTimeout(), 60);
  }

  /// Off unless it was turned on.
  private static boolean isCrossZone(LoadBalancerAttributes from) {
    return from.crossZoneLoadBalancing() != null
        && Boolean.TRUE.equals(from.crossZoneLoadBalancing().enabled());
  }

  /// Without draining, connections are cut at once.
  private static int deregistrationDelaySeconds(LoadBalancerAttributes from) {
    return from.connectionDraining() == null
            || !Boolean.TRUE.equals(from.connectionDraining().enabled())
        ? 0
        : Objects.requireNonNullElse(from.connectionDraining().timeout(), 300);
  }

  List<lbresponder.facts.Listener> listeners() {
    return from.listenerDescriptions().stream()
        .map(ListenerDescription::listener)
        .map(
            listener ->
                new lbresponder.facts.Listener(
                    id.name() + ":" + listener.loadBalancerPort(),
                    listener.loadBalancerPort(),
                    Protocols.protocol(listener.protocol()),
                    new lbresponder.facts.Listener.Forward(
                        List.of(
                            new lbresponder.facts.Listener.WeightedTargetGroup(
                                groupId(listener), 1))),
                    Known.of(List.of())))
        .toList();
  }

  private String groupId(Listener listener) {
    return id.name() + "/" + protocol(listener) + ":" + listener.instancePort();
  }

  private static String protocol(Listener listener) {
    return listener.instanceProtocol() == null ? listener.protocol() : listener.instanceProtocol();
  }

  /// What is registered, while the rest is still being read.
  List<TargetGroup> registered() {
    return targetGroups(UNREAD, Known.unknown("not read yet"), Known.unknown("not read yet"));
  }

  /// @param states of the registered instances
  /// @param proxied the instance ports that the proxy protocol's header is sent to
  List<TargetGroup> targetGroups(
      Known<LoadBalancerAttributes> attributes,
      Known<List<InstanceState>> states,
      Known<Set<Integer>> proxied) {
    List<TargetGroup> groups = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (ListenerDescription description : from.listenerDescriptions()) {
      if (seen.add(groupId(description.listener()))) {
        groups.add(targetGroup(description.listener(), attributes, states, proxied));
      }
    }
    return groups;
  }

  private TargetGroup targetGroup(
      Listener listener,
      Known<LoadBalancerAttributes> attributes,
      Known<List<InstanceState>> states,
      Known<Set<Integer>> proxied) {
    String group = groupId(listener);
    Protocol protocol = Protocols.protocol(protocol(listener));
    return new TargetGroup(
        group,
        group,
        TargetGroup.TargetType.MACHINE,
        protocol,
        null,
        listener.instancePort(),
        orEmpty(from.vpcId()),
        List.of(id.arn()),
        healthCheck(),
        attributes.map(ClassicMapper::isCrossZone),
        Known.none("only Network Load Balancers keep client addresses"),
        proxyProtocol(protocol, listener.instancePort(), proxied),
        Known.of(isSticky(group)),
        attributes.map(ClassicMapper::deregistrationDelaySeconds),
        Known.of(targets(listener.instancePort(), states)));
  }

  /// Whether the checks' connections begin with the header too is not documented.
  private static Known<ProxyProtocol> proxyProtocol(
      Protocol protocol, int port, Known<Set<Integer>> proxied) {
    return protocol.isHttp()
        ? Known.none("the header is sent to TCP and TLS ports only")
        : proxied.map(ports -> new ProxyProtocol(ports.contains(port), "v1", false));
  }

  /// Whether one of the listeners that send to the group has a policy with a cookie.
  private boolean isSticky(String group) {
    Set<String> sticky = stickyPolicies(from.policies());
    return from.listenerDescriptions().stream()
        .filter(description -> groupId(description.listener()).equals(group))
        .anyMatch(description -> description.policyNames().stream().anyMatch(sticky::contains));
  }

  private static Set<String> stickyPolicies(@Nullable Policies from) {
    return from == null
        ? Set.of()
        : Stream.concat(
                from.appCookieStickinessPolicies().stream().map(policy -> policy.policyName()),
                from.lbCookieStickinessPolicies().stream().map(policy -> policy.policyName()))
            .collect(Collectors.toSet());
  }

  /// The instance ports with a policy, by which the proxy protocol's header may be sent to them.
  Map<Integer, List<String>> policies() {
    Set<Integer> ports =
        from.listenerDescriptions().stream()
            .map(ListenerDescription::listener)
            .filter(listener -> !Protocols.protocol(protocol(listener)).isHttp())
            .map(Listener::instancePort)
            .collect(Collectors.toSet());
    Map<Integer, List<String>> policies = new TreeMap<>();
    from.backendServerDescriptions().stream()
        .filter(server -> ports.contains(server.instancePort()))
        .filter(server -> !server.policyNames().isEmpty())
        .forEach(server -> policies.put(server.instancePort(), server.policyNames()));
    return policies;
  }

  /// The ports of which a policy sends the header.
  static Set<Integer> proxied(
      Map<Integer, List<String>> policies, List<PolicyDescription> descriptions) {
    Set<String> sending =
        descriptions.stream()
            .filter(policy -> "ProxyProtocolPolicyType".equals(policy.policyTypeName()))
            .filter(
                policy ->
                    policy.policyAttributeDescriptions().stream()
                        .anyMatch(
                            attribute ->
                                "ProxyProtocol".equals(attribute.attributeName())
                                    && "true".equalsIgnoreCase(attribute.attributeValue())))
            .map(PolicyDescription::policyName)
            .collect(Collectors.toSet());
    return policies.entrySet().stream()
        .filter(port -> port.getValue().stream().anyMatch(sending::contains))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private HealthCheck healthCheck() {
    var check = from.healthCheck();
    Matcher target = TARGET.matcher(check == null ? "" : orEmpty(check.target()));
    if (check == null || !target.matches()) {
      return new HealthCheck(check != null, Protocol.NONE, null, null, null, 0, 0, 0, 0);
    }
    boolean asksHttp = target.group(1).startsWith("HTTP");
    return new HealthCheck(
        true,
        Protocols.protocol(target.group(1)),
        Integer.valueOf(target.group(2)),
        target.group(3),
        asksHttp ? "200" : null,
        orZero(check.interval()),
        orZero(check.timeout()),
        orZero(check.healthyThreshold()),
        orZero(check.unhealthyThreshold()));
  }

  private List<Target> targets(int port, Known<List<InstanceState>> states) {
    Integer checked = healthCheck().port();
    return from.instances().stream()
        .map(
            instance ->
                new Target(
                    instance.instanceId(),
                    port,
                    null,
                    null,
                    states.flatMap(all -> ClassicHealth.of(instance.instanceId(), all, checked))))
        .toList();
  }
}
