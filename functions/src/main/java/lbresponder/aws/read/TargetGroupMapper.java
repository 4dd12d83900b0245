package lbresponder.aws.read;

import static lbresponder.aws.sdk.Absent.orEmpty;
import static lbresponder.aws.sdk.Absent.orZero;

import java.util.List;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.HealthCheck;
import lbresponder.facts.Known;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.Target;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Matcher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupIpAddressTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/// Maps the SDK's target groups of Application and Network Load Balancers to the vocabulary.
final class TargetGroupMapper {
  private static final String CROSS_ZONE = "load_balancing.cross_zone.enabled";

  private TargetGroupMapper() {}

  /// Targets and attributes come from other calls, see {@link #complete}.
  static TargetGroup targetGroup(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup from) {
    Known<List<Target>> targets = Known.unknown("not read yet");
    return new TargetGroup(
        from.targetGroupArn(),
        orEmpty(from.targetGroupName()),
        switch (from.targetType()) {
          case IP -> TargetType.ADDRESS;
          case LAMBDA -> TargetType.FUNCTION;
          case ALB -> TargetType.LOAD_BALANCER;
          case null, default -> TargetType.MACHINE;
        },
        Protocols.protocol(from.protocolAsString()),
        Protocols.version(from.protocolVersion()),
        from.port(),
        orEmpty(from.vpcId()),
        from.loadBalancerArns().stream().distinct().toList(),
        healthCheck(from),
        Known.unknown("not read yet"),
        Known.unknown("not read yet"),
        Known.unknown("not read yet"),
        Known.unknown("not read yet"),
        Known.unknown("not read yet"),
        targets,
        isIpv6(from));
  }

  /// Null for functions, and for addresses, which tell by themselves.
  private static @Nullable Boolean isIpv6(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup from) {
    if (from.targetType() != TargetTypeEnum.INSTANCE || from.ipAddressType() == null) {
      return null;
    }
    return from.ipAddressType() == TargetGroupIpAddressTypeEnum.IPV6;
  }

  private static HealthCheck healthCheck(
      software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup from) {
    return new HealthCheck(
        !Boolean.FALSE.equals(from.healthCheckEnabled()),
        Protocols.protocol(from.healthCheckProtocolAsString()),
        port(from.healthCheckPort()),
        from.healthCheckPath(),
        codes(from.matcher()),
        orZero(from.healthCheckIntervalSeconds()),
        orZero(from.healthCheckTimeoutSeconds()),
        orZero(from.healthyThresholdCount()),
        orZero(from.unhealthyThresholdCount()));
  }

  private static @Nullable String codes(@Nullable Matcher from) {
    return from == null ? null : from.httpCode() == null ? from.grpcCode() : from.httpCode();
  }

  /// Null for `traffic-port`.
  static @Nullable Integer port(@Nullable String text) {
    return text != null && text.matches("\\d{1,5}") ? Integer.valueOf(text) : null;
  }

  /// With what the group's attributes say, and the load balancer's where the group leaves it to
  /// that.
  static TargetGroup complete(
      TargetGroup group, Kind kind, Attributes attributes, Attributes ofLoadBalancer) {
    return group.with(
        builder ->
            builder
                .crossZone(crossZone(kind, attributes, ofLoadBalancer))
                .keepsClientAddress(keepsClientAddress(group, kind, attributes))
                .proxyProtocol(proxyProtocol(kind, attributes))
                .sticky(attributes.isOn("stickiness.enabled"))
                .deregistrationDelaySeconds(deregistrationDelay(group, attributes)));
  }

  /// An Application Load Balancer has it on unless the group turns it off; a Network Load Balancer
  /// off unless either turns it on.
  private static Known<Boolean> crossZone(
      Kind kind, Attributes attributes, Attributes ofLoadBalancer) {
    return attributes
        .text(CROSS_ZONE)
        .flatMap(
            text ->
                switch (text) {
                  case "true" -> Known.of(true);
                  case "false" -> Known.of(false);
                  default ->
                      kind == Kind.APPLICATION ? Known.of(true) : ofLoadBalancer.isOn(CROSS_ZONE);
                });
  }

  /// Where the attribute is left out: on for instances and for all that carries UDP or QUIC, off
  /// for addresses.
  private static Known<Boolean> keepsClientAddress(
      TargetGroup group, Kind kind, Attributes attributes) {
    if (kind != Kind.NETWORK) {
      return Known.none("only Network Load Balancers keep client addresses");
    }
    boolean usual = group.targetType() == TargetType.MACHINE || group.protocol().carriesUdp();
    return attributes
        .text("preserve_client_ip.enabled")
        .map(
            text ->
                switch (text) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> usual;
                });
  }

  private static Known<ProxyProtocol> proxyProtocol(Kind kind, Attributes attributes) {
    return kind == Kind.APPLICATION
        ? Known.none("Application Load Balancers do not send the header")
        : attributes
            .isOn("proxy_protocol_v2.enabled")
            .map(sent -> new ProxyProtocol(sent, "v2", true));
  }

  private static Known<Integer> deregistrationDelay(TargetGroup group, Attributes attributes) {
    return group.targetType() == TargetType.FUNCTION
        ? Known.none("functions are invoked, and keep no connections")
        : attributes.seconds("deregistration_delay.timeout_seconds", 300);
  }
}
