package lbresponder.aws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerSchemeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/// From the SDK's words for Application and Network Load Balancers to ours.
final class V2 {
  /// `Health checks failed with these codes: [404, 502]`.
  private static final Pattern CODES = Pattern.compile("\\[([\\d, ]+)\\]");

  /// Until the call that tells is answered.
  private static final Known<Map<String, String>> UNREAD = Known.unknown("not read yet");

  private V2() {}

  static LoadBalancer loadBalancer(
      LoadBalancerId id,
      software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer from) {
    return new LoadBalancer(
        id,
        orEmpty(from.dnsName()),
        from.scheme() == LoadBalancerSchemeEnum.INTERNAL,
        from.state() == null ? "" : orEmpty(from.state().codeAsString()),
        orEmpty(from.vpcId()),
        from.availabilityZones().stream()
            .map(zone -> new LoadBalancer.Zone(orEmpty(zone.zoneName()), orEmpty(zone.subnetId())))
            .toList(),
        from.securityGroups(),
        UNREAD,
        UNREAD);
  }

  static Listener listener(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener from) {
    return new Listener(
        from.listenerArn(),
        from.port() == null ? 0 : from.port(),
        orEmpty(from.protocolAsString()),
        action(from.defaultActions()),
        Known.of(List.of()));
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
                    rule.conditions().stream().map(V2::condition).toList(),
                    action(rule.actions())))
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

  /// Authentication comes before the action that answers the request, which is the last.
  private static Listener.Action action(List<Action> actions) {
    Action last =
        actions.stream()
            .max(Comparator.comparingInt(one -> one.order() == null ? 0 : one.order()))
            .orElse(Action.builder().type("none").build());
    return switch (last.type()) {
      case FORWARD -> new Listener.Forward(weights(last));
      case REDIRECT ->
          new Listener.Redirect(
              code(
                  last.redirectConfig() == null
                      ? null
                      : last.redirectConfig().statusCodeAsString()));
      case FIXED_RESPONSE ->
          new Listener.FixedResponse(
              code(
                  last.fixedResponseConfig() == null
                      ? null
                      : last.fixedResponseConfig().statusCode()));
      default -> new Listener.OtherAction(orEmpty(last.typeAsString()));
    };
  }

  private static int code(@Nullable String text) {
    String digits = text == null ? "" : text.replaceAll("\\D", "");
    return digits.isEmpty() || digits.length() > 3 ? 0 : Integer.parseInt(digits);
  }

  private static List<Listener.WeightedTargetGroup> weights(Action forward) {
    if (forward.forwardConfig() != null && !forward.forwardConfig().targetGroups().isEmpty()) {
      return forward.forwardConfig().targetGroups().stream()
          .map(
              group ->
                  new Listener.WeightedTargetGroup(
                      group.targetGroupArn(), group.weight() == null ? 1 : group.weight()))
          .toList();
    }
    return forward.targetGroupArn() == null
        ? List.of()
        : List.of(new Listener.WeightedTargetGroup(forward.targetGroupArn(), 1));
  }

  static TargetGroup targetGroup(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup from) {
    return new TargetGroup(
        from.targetGroupArn(),
        orEmpty(from.targetGroupName()),
        switch (from.targetType()) {
          case IP -> TargetGroup.TargetType.IP;
          case LAMBDA -> TargetGroup.TargetType.LAMBDA;
          case ALB -> TargetGroup.TargetType.ALB;
          case null, default -> TargetGroup.TargetType.INSTANCE;
        },
        orEmpty(from.protocolAsString()),
        from.protocolVersion(),
        from.port(),
        orEmpty(from.vpcId()),
        from.loadBalancerArns().stream().distinct().toList(),
        healthCheck(from),
        UNREAD,
        Known.unknown("not read yet"));
  }

  private static HealthCheck healthCheck(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup from) {
    return new HealthCheck(
        !Boolean.FALSE.equals(from.healthCheckEnabled()),
        orEmpty(from.healthCheckProtocolAsString()),
        port(from.healthCheckPort()),
        from.healthCheckPath(),
        from.matcher() == null
            ? null
            : from.matcher().httpCode() == null
                ? from.matcher().grpcCode()
                : from.matcher().httpCode(),
        orZero(from.healthCheckIntervalSeconds()),
        orZero(from.healthCheckTimeoutSeconds()),
        orZero(from.healthyThresholdCount()),
        orZero(from.unhealthyThresholdCount()));
  }

  /// Null for `traffic-port`.
  private static @Nullable Integer port(@Nullable String text) {
    return text != null && text.matches("\\d{1,5}") ? Integer.valueOf(text) : null;
  }

  static List<Target> targets(List<TargetHealthDescription> from) {
    List<Target> targets = new ArrayList<>();
    for (TargetHealthDescription one : from) {
      TargetDescription target = one.target();
      targets.add(
          new Target(
              target.id(),
              target.port(),
              target.availabilityZone(),
              one.targetHealth() == null
                  ? Known.unknown(
                      "elasticloadbalancing:DescribeTargetHealth: no health in the answer")
                  : Known.of(health(one, target))));
    }
    return List.copyOf(targets);
  }

  private static TargetHealth health(TargetHealthDescription from, TargetDescription target) {
    String description = orEmpty(from.targetHealth().description());
    String code = orEmpty(from.targetHealth().reasonAsString());
    Integer asked = port(from.healthCheckPort());
    return new TargetHealth(
        state(orEmpty(from.targetHealth().stateAsString())),
        reason(code, description),
        code,
        description,
        codes(description),
        asked == null ? target.port() : asked);
  }

  private static State state(String text) {
    return switch (text) {
      case "healthy" -> State.HEALTHY;
      case "unhealthy" -> State.UNHEALTHY;
      case "initial" -> State.INITIAL;
      case "unused" -> State.UNUSED;
      case "draining" -> State.DRAINING;
      case "unhealthy.draining" -> State.UNHEALTHY_DRAINING;
      default -> State.UNAVAILABLE;
    };
  }

  private static @Nullable Reason reason(String code, String description) {
    return switch (code) {
      case "" -> null;
      case "Elb.RegistrationInProgress" -> Reason.REGISTERING;
      case "Elb.InitialHealthChecking" -> Reason.FIRST_CHECKS;
      case "Target.ResponseCodeMismatch" -> Reason.UNEXPECTED_STATUS;
      case "Target.Timeout" -> Reason.TIMED_OUT;
      case "Target.FailedHealthChecks" -> Reason.CHECK_FAILED;
      case "Elb.InternalError" -> Reason.PROVIDER_ERROR;
      case "Target.NotRegistered" -> Reason.NOT_REGISTERED;
      case "Target.NotInUse" ->
          description.contains("Availability Zone") ? Reason.ZONE_NOT_ENABLED : Reason.NO_LISTENER;
      case "Target.InvalidState" -> Reason.NOT_RUNNING;
      case "Target.IpUnusable" -> Reason.ADDRESS_UNUSABLE;
      case "Target.DeregistrationInProgress" -> Reason.DEREGISTERING;
      case "Target.HealthCheckDisabled" -> Reason.CHECKS_OFF;
      default -> Reason.OTHER;
    };
  }

  private static List<Integer> codes(String description) {
    Matcher found = CODES.matcher(description);
    if (!found.find()) {
      return List.of();
    }
    return Stream.of(found.group(1).split(",", -1))
        .map(String::strip)
        .filter(code -> code.matches("\\d{1,3}"))
        .map(Integer::valueOf)
        .toList();
  }

  static <T> Map<String, String> map(
      List<T> pairs, Function<T, String> key, Function<T, @Nullable String> value) {
    return pairs.stream()
        .collect(
            Collectors.toMap(
                key, pair -> orEmpty(value.apply(pair)), (first, _) -> first, TreeMap::new));
  }

  static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
