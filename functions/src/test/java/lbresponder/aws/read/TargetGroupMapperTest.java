package lbresponder.aws.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import lbresponder.aws.kind.Kind;
import lbresponder.facts.Known;
import lbresponder.facts.Protocol;
import lbresponder.facts.ProtocolVersion;
import lbresponder.facts.ProxyProtocol;
import lbresponder.facts.TargetGroup;
import lbresponder.facts.TargetGroup.TargetType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

class TargetGroupMapperTest {
  private static final Attributes NONE = read(Map.of());
  private static final Attributes UNREAD = new Attributes(Known.unknown("AccessDenied"));

  @ParameterizedTest
  @CsvSource({
    // kind, the group's own attribute, the load balancer's, whether nodes cross zones
    "APPLICATION, true, -, true",
    "APPLICATION, false, true, false",
    "APPLICATION, use_load_balancer_configuration, -, true",
    "APPLICATION, -, false, true",
    "NETWORK, true, false, true",
    "NETWORK, false, true, false",
    "NETWORK, use_load_balancer_configuration, true, true",
    "NETWORK, use_load_balancer_configuration, false, false",
    "NETWORK, -, -, false",
  })
  void crossZone(Kind kind, String own, String ofLoadBalancer, boolean on) {
    assertThat(complete(kind, crossZone(own), crossZone(ofLoadBalancer)).crossZone())
        .isEqualTo(Known.of(on));
  }

  @Test
  void crossZoneIsNotKnownWhereTheAttributeThatDecidesWasNotRead() {
    for (Kind kind : new Kind[] {Kind.APPLICATION, Kind.NETWORK}) {
      assertThat(complete(kind, UNREAD, crossZone("true")).crossZone())
          .isEqualTo(Known.unknown("AccessDenied"));
    }
    assertThat(complete(Kind.NETWORK, NONE, UNREAD).crossZone())
        .isEqualTo(Known.unknown("AccessDenied"));
    assertThat(complete(Kind.NETWORK, crossZone("true"), UNREAD).crossZone())
        .isEqualTo(Known.of(true));
    assertThat(complete(Kind.APPLICATION, NONE, UNREAD).crossZone()).isEqualTo(Known.of(true));
  }

  @ParameterizedTest
  @CsvSource({
    "instance, TCP, -, true",
    "instance, TLS, false, false",
    "ip, TCP, -, false",
    "ip, TLS, true, true",
    "ip, UDP, -, true",
    "ip, TCP_UDP, -, true",
    "ip, QUIC, -, true",
    "ip, TCP_QUIC, -, true",
    "alb, TCP, -, false",
  })
  void keepsClientAddress(String type, String protocol, String attribute, boolean keeps) {
    Attributes own =
        attribute.equals("-") ? NONE : read(Map.of("preserve_client_ip.enabled", attribute));
    TargetGroup group = group(type, protocol);
    assertThat(TargetGroupMapper.complete(group, Kind.NETWORK, own, NONE).keepsClientAddress())
        .isEqualTo(Known.of(keeps));
    assertThat(TargetGroupMapper.complete(group, Kind.APPLICATION, own, NONE).keepsClientAddress())
        .isInstanceOf(Known.None.class);
  }

  @Test
  void onlyANetworkLoadBalancerSendsTheProxyProtocol() {
    Attributes on = read(Map.of("proxy_protocol_v2.enabled", "true"));
    assertThat(complete(Kind.NETWORK, on, NONE).proxyProtocol())
        .isEqualTo(Known.of(new ProxyProtocol(true, "v2", true)));
    assertThat(complete(Kind.NETWORK, NONE, NONE).proxyProtocol())
        .isEqualTo(Known.of(new ProxyProtocol(false, "v2", true)));
    assertThat(complete(Kind.NETWORK, UNREAD, NONE).proxyProtocol())
        .isEqualTo(Known.unknown("AccessDenied"));
    assertThat(complete(Kind.APPLICATION, UNREAD, NONE).proxyProtocol())
        .isEqualTo(Known.none("Application Load Balancers do not send the header"));
  }

  @Test
  void stickinessAndDelay() {
    Attributes set =
        read(Map.of("stickiness.enabled", "true", "deregistration_delay.timeout_seconds", "30"));
    assertThat(complete(Kind.NETWORK, set, NONE).sticky()).isEqualTo(Known.of(true));
    assertThat(complete(Kind.NETWORK, set, NONE).deregistrationDelaySeconds())
        .isEqualTo(Known.of(30));
    assertThat(complete(Kind.NETWORK, NONE, NONE).sticky()).isEqualTo(Known.of(false));
    assertThat(complete(Kind.NETWORK, NONE, NONE).deregistrationDelaySeconds())
        .isEqualTo(Known.of(300));
    TargetGroup functions = group("lambda", "");
    assertThat(
            TargetGroupMapper.complete(functions, Kind.APPLICATION, NONE, NONE)
                .deregistrationDelaySeconds())
        .isInstanceOf(Known.None.class);
  }

  @Test
  void functionsHaveNoProtocolAndNoVersion() {
    TargetGroup group = group("lambda", "");
    assertThat(group.targetType()).isEqualTo(TargetType.FUNCTION);
    assertThat(group.protocol()).isEqualTo(Protocol.NONE);
    assertThat(group.protocolVersion()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "instance, ipv6, true",
    "instance, ipv4, false",
    "instance, , ",
    "ip, ipv6, ",
    "lambda, , ",
  })
  void whetherMachinesAreReachedOverIpv6(
      String type, @Nullable String family, @Nullable Boolean ipv6) {
    assertThat(
            TargetGroupMapper.targetGroup(
                    software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup
                        .builder()
                        .targetGroupArn("tg")
                        .targetType(type)
                        .ipAddressType(family)
                        .build())
                .ipv6())
        .isEqualTo(ipv6);
  }

  @Test
  void unknownWordsAreTakenForNothingElse() {
    assertThat(Protocols.protocol("GENEVE")).isEqualTo(Protocol.OTHER);
    assertThat(Protocols.version("GRPC")).isEqualTo(ProtocolVersion.GRPC);
    assertThat(Protocols.version("HTTP9")).isNull();
  }

  private static Attributes read(Map<String, String> all) {
    return new Attributes(Known.of(all));
  }

  /// @param value `-`: the answer leaves it out
  private static Attributes crossZone(String value) {
    return value.equals("-") ? NONE : read(Map.of("load_balancing.cross_zone.enabled", value));
  }

  private static TargetGroup complete(Kind kind, Attributes own, Attributes ofLoadBalancer) {
    return TargetGroupMapper.complete(group("instance", "TCP"), kind, own, ofLoadBalancer);
  }

  private static TargetGroup group(String type, String protocol) {
    return TargetGroupMapper.targetGroup(
        software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup.builder()
            .targetGroupArn("arn")
            .targetType(TargetTypeEnum.fromValue(type))
            .protocol(protocol.isEmpty() ? null : ProtocolEnum.fromValue(protocol))
            .build());
  }
}
