package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;
import static lbresponder.aws.sdk.Absent.orZero;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Known;
import lbresponder.facts.Listener;
import lbresponder.facts.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/// Maps the SDK's Application and Network Load Balancers and their listeners to the vocabulary.
final class ElbV2Mapper {
  private ElbV2Mapper() {}

  /// Idle timeout and tags come from other calls, see {@link #complete}.
  static LoadBalancer loadBalancer(
      Kind kind, software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer from) {
    return new LoadBalancer(
        orEmpty(from.dnsName()),
        from.scheme() == LoadBalancerSchemeEnum.INTERNAL,
        from.state() == null ? "" : orEmpty(from.state().codeAsString()),
        orEmpty(from.vpcId()),
        from.availabilityZones().stream()
            .map(zone -> new LoadBalancer.Zone(orEmpty(zone.zoneName()), orEmpty(zone.subnetId())))
            .toList(),
        securityGroups(kind, from.securityGroups()),
        Known.unknown("not read yet"),
        Known.unknown("not read yet"));
  }

  /// Only a Network Load Balancer can be without security groups.
  static Known<List<String>> securityGroups(Kind kind, List<String> ids) {
    return ids.isEmpty() && kind != Kind.NETWORK
        ? Known.unknown("the load balancer's security groups were not read")
        : Known.of(List.copyOf(ids));
  }

  static LoadBalancer complete(
      LoadBalancer loadBalancer,
      Kind kind,
      Attributes attributes,
      Known<Map<String, String>> tags) {
    return loadBalancer
        .withIdleTimeoutSeconds(
            kind == Kind.NETWORK
                ? Known.none("Network Load Balancers keep no connections of their own to targets")
                : attributes.seconds("idle_timeout.timeout_seconds", 60))
        .withTags(tags);
  }

  static Listener listener(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener from) {
    return new Listener(
        from.listenerArn(),
        orZero(from.port()),
        Protocols.protocol(from.protocolAsString()),
        Actions.last(from.defaultActions()),
        Known.of(List.of()),
        Known.of(Actions.before(from.defaultActions())));
  }

  /// The default rule is the listener's default action, and not among these.
  static List<Listener.Rule> rules(
      List<software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule> from) {
    return from.stream()
        .filter(rule -> !Boolean.TRUE.equals(rule.isDefault()) && rule.priority().matches("\\d+"))
        .map(
            rule ->
                new Listener.Rule(
                    rule.ruleArn(),
                    Integer.parseInt(rule.priority()),
                    rule.conditions().stream().map(ElbV2Mapper::condition).toList(),
                    Actions.last(rule.actions()),
                    Known.of(Actions.before(rule.actions()))))
        .sorted(Comparator.comparingInt(Listener.Rule::priority))
        .toList();
  }

  private static Listener.Condition condition(RuleCondition from) {
    Stream<String> values =
        Stream.of(
                from.hasValues() ? from.values() : null,
                from.hostHeaderConfig() == null ? null : from.hostHeaderConfig().values(),
                from.pathPatternConfig() == null ? null : from.pathPatternConfig().values(),
                from.httpHeaderConfig() == null ? null : from.httpHeaderConfig().values(),
                from.httpRequestMethodConfig() == null
                    ? null
                    : from.httpRequestMethodConfig().values(),
                from.sourceIpConfig() == null ? null : from.sourceIpConfig().values(),
                from.queryStringConfig() == null
                    ? null
                    : from.queryStringConfig().values().stream()
                        .map(pair -> orEmpty(pair.key()) + "=" + orEmpty(pair.value()))
                        .toList())
            .filter(Objects::nonNull)
            .flatMap(List::stream)
            .distinct();
    String header =
        from.httpHeaderConfig() == null ? "" : " " + from.httpHeaderConfig().httpHeaderName();
    return new Listener.Condition(orEmpty(from.field()) + header, values.toList());
  }
}
