package lbresponder.aws;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import lbresponder.facts.LoadBalancerId;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetHealth;
import lbresponder.facts.TargetHealth.Reason;
import lbresponder.facts.TargetHealth.State;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancing.model.InstanceState;
import software.amazon.awssdk.services.elasticloadbalancing.model.ListenerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerAttributes;
import software.amazon.awssdk.services.elasticloadbalancing.model.LoadBalancerDescription;
import software.amazon.awssdk.services.elasticloadbalancing.model.PolicyDescription;

/// From the SDK's words for Classic Load Balancers to ours: the listeners' instance ports become
/// target groups.
final class Classic {
  /// `HTTP:8080/health`, `TCP:80`.
  private static final Pattern TARGET = Pattern.compile("([A-Z]+):(\\d{1,5})(/.*)?");

  private Classic() {}

  static LoadBalancer loadBalancer(
      LoadBalancerId id,
      LoadBalancerDescription from,
      Known<Map<String, String>> attributes,
      Known<Map<String, String>> tags) {
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
        id,
        V2.orEmpty(from.dnsName()),
        "internal".equals(from.scheme()),
        "",
        V2.orEmpty(from.vpcId()),
        zones,
        from.securityGroups(),
        attributes,
        tags);
  }

  /// Under the keys that the newer kinds use.
  static Map<String, String> attributes(LoadBalancerAttributes from) {
    Map<String, String> attributes = new TreeMap<>();
    if (from.crossZoneLoadBalancing() != null) {
      attributes.put(
          "load_balancing.cross_zone.enabled",
          String.valueOf(from.crossZoneLoadBalancing().enabled()));
    }
    if (from.connectionSettings() != null) {
      attributes.put(
          "idle_timeout.timeout_seconds", String.valueOf(from.connectionSettings().idleTimeout()));
    }
    if (from.connectionDraining() != null) {
      attributes.put(
          "connection_draining.enabled", String.valueOf(from.connectionDraining().enabled()));
    }
    return attributes;
  }

  static List<Listener> listeners(LoadBalancerId id, LoadBalancerDescription from) {
    return from.listenerDescriptions().stream()
        .map(ListenerDescription::listener)
        .map(
            one ->
                new Listener(
                    id.name() + ":" + one.loadBalancerPort(),
                    one.loadBalancerPort(),
                    one.protocol(),
                    new Listener.Forward(
                        List.of(new Listener.WeightedTargetGroup(groupId(id, one), 1))),
                    Known.of(List.of())))
        .toList();
  }

  private static String groupId(
      LoadBalancerId id, software.amazon.awssdk.services.elasticloadbalancing.model.Listener from) {
    return id.name() + "/" + protocol(from) + ":" + from.instancePort();
  }

  private static String protocol(
      software.amazon.awssdk.services.elasticloadbalancing.model.Listener from) {
    return from.instanceProtocol() == null ? from.protocol() : from.instanceProtocol();
  }

  /// @param proxied the instance ports that the proxy protocol's header is sent to
  static List<TargetGroup> targetGroups(
      LoadBalancerId id,
      LoadBalancerDescription from,
      Known<List<InstanceState>> states,
      Known<Set<Integer>> proxied) {
    List<TargetGroup> groups = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (ListenerDescription description : from.listenerDescriptions()) {
      var listener = description.listener();
      String group = groupId(id, listener);
      if (seen.add(group)) {
        groups.add(
            new TargetGroup(
                group,
                group,
                TargetGroup.TargetType.INSTANCE,
                protocol(listener),
                null,
                listener.instancePort(),
                V2.orEmpty(from.vpcId()),
                List.of(id.arn()),
                healthCheck(from),
                proxied.map(
                    ports ->
                        ports.contains(listener.instancePort())
                            ? Map.of("proxy_protocol_v1.enabled", "true")
                            : Map.of()),
                Known.of(targets(from, listener.instancePort(), states))));
      }
    }
    return groups;
  }

  /// The instance ports with a policy, by which the proxy protocol's header may be sent to them.
  static Map<Integer, List<String>> policies(LoadBalancerDescription from) {
    Map<Integer, List<String>> policies = new TreeMap<>();
    from.backendServerDescriptions().stream()
        .filter(one -> !one.policyNames().isEmpty())
        .forEach(one -> policies.put(one.instancePort(), one.policyNames()));
    return policies;
  }

  /// The ports of which a policy sends the header.
  static Set<Integer> proxied(
      Map<Integer, List<String>> policies, List<PolicyDescription> descriptions) {
    Set<String> sending =
        descriptions.stream()
            .filter(one -> "ProxyProtocolPolicyType".equals(one.policyTypeName()))
            .filter(
                one ->
                    one.policyAttributeDescriptions().stream()
                        .anyMatch(
                            attribute ->
                                "ProxyProtocol".equals(attribute.attributeName())
                                    && "true".equalsIgnoreCase(attribute.attributeValue())))
            .map(PolicyDescription::policyName)
            .collect(Collectors.toSet());
    return policies.entrySet().stream()
        .filter(one -> one.getValue().stream().anyMatch(sending::contains))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static HealthCheck healthCheck(LoadBalancerDescription from) {
    var check = from.healthCheck();
    Matcher target = TARGET.matcher(check == null ? "" : V2.orEmpty(check.target()));
    if (check == null || !target.matches()) {
      return new HealthCheck(check != null, "", null, null, null, 0, 0, 0, 0);
    }
    boolean asksHttp = target.group(1).startsWith("HTTP");
    return new HealthCheck(
        true,
        target.group(1),
        Integer.valueOf(target.group(2)),
        target.group(3),
        asksHttp ? "200" : null,
        check.interval(),
        check.timeout(),
        check.healthyThreshold(),
        check.unhealthyThreshold());
  }

  /// Terminated instances are registered, and their health is not returned: that is left unknown
  /// here, and the instance itself tells.
  private static List<Target> targets(
      LoadBalancerDescription from, int port, Known<List<InstanceState>> states) {
    return from.instances().stream()
        .map(
            instance ->
                new Target(
                    instance.instanceId(),
                    port,
                    null,
                    states.flatMap(all -> health(instance.instanceId(), all, from))))
        .toList();
  }

  private static Known<TargetHealth> health(
      String instance, List<InstanceState> states, LoadBalancerDescription from) {
    return states.stream()
        .filter(state -> instance.equals(state.instanceId()))
        .findFirst()
        .map(state -> Known.of(health(state, healthCheck(from).port())))
        .orElse(
            Known.unknown(
                "elasticloadbalancing:DescribeInstanceHealth: nothing on "
                    + instance
                    + ", as for terminated instances"));
  }

  private static TargetHealth health(InstanceState from, @Nullable Integer port) {
    if ("InService".equals(from.state())) {
      return TargetHealth.healthy(port);
    }
    String description = said(from.description());
    // The documentation and the API differ in their spacing.
    String words = description.toLowerCase(Locale.ROOT).replace(" ", "");
    Reason reason = reason(words);
    return new TargetHealth(
        state(V2.orEmpty(from.state()), reason),
        reason,
        said(from.reasonCode()),
        description,
        List.of(),
        port,
        null);
  }

  /// Classic writes `N/A` where it has nothing to say.
  private static String said(@Nullable String text) {
    return text == null || text.equals("N/A") ? "" : text;
  }

  private static State state(String state, Reason reason) {
    return switch (reason) {
      case NOT_RUNNING, ZONE_NOT_ENABLED, NOT_REGISTERED -> State.UNUSED;
      case REGISTERING, FIRST_CHECKS -> State.INITIAL;
      case DEREGISTERING -> State.DRAINING;
      case PROVIDER_ERROR -> State.UNAVAILABLE;
      case UNEXPECTED_STATUS,
          TIMED_OUT,
          CHECK_FAILED,
          NO_LISTENER,
          ADDRESS_UNUSABLE,
          CHECKS_OFF,
          OTHER ->
          state.equals("OutOfService") ? State.UNHEALTHY : State.UNAVAILABLE;
    };
  }

  private static Reason reason(String words) {
    if (words.contains("stoppedstate") || words.contains("terminatedstate")) {
      return Reason.NOT_RUNNING;
    }
    if (words.contains("notconfiguredtoroutetrafficto")
        || words.contains("disableavailabilityzone")) {
      return Reason.ZONE_NOT_ENABLED;
    }
    if (words.contains("healthythresholdnumber") && words.contains("notpassed")) {
      return Reason.FIRST_CHECKS;
    }
    if (words.contains("unhealthythreshold")) {
      return Reason.CHECK_FAILED;
    }
    if (words.contains("registrationisstillinprogress") || words.contains("pendingstate")) {
      return Reason.REGISTERING;
    }
    if (words.contains("deregistration")) {
      return Reason.DEREGISTERING;
    }
    if (words.contains("notcurrentlyregistered")) {
      return Reason.NOT_REGISTERED;
    }
    return words.contains("transienterror") ? Reason.PROVIDER_ERROR : Reason.OTHER;
  }
}
